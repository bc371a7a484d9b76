"""Hold what became of every record against the log: that it is there, its state, answer, supports and contents.

The words are another check (`record_check`). A record that the log tells of cannot vanish, be hidden, brought back or
answered by a changed row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.apps.registry import Apps
from django.db.models import Exists, OuterRef, QuerySet

from mitstadt.spine import office_verbs, own_verbs, verbs
from mitstadt.spine.deeds import Deed
from mitstadt.spine.links import ANSWERS
from mitstadt.spine.models import AnswerDecision, MovedOn, RecordState

Row = dict[str, Any]
# A record, by its ref, and what of it is not as the log says.
Found = tuple[str, str]

_GONE, _CONTENTS = "record", "contents"
# Where nothing was taken back, judged or erased yet.
_AT_FIRST = frozenset({RecordState.DRAFT, RecordState.HELD, RecordState.PUBLISHED, RecordState.INTERNAL})
_ANSWERING = (own_verbs.ANSWERED.key, own_verbs.CORRECTED_ANSWER.key)
_SUPPORTS = {own_verbs.SUPPORTED.key: 1, own_verbs.ENDED_SUPPORT.key: -1, own_verbs.UNDID_SUPPORT.key: -1}
_GOING_ON = tuple(
    verb.key
    for verb in (
        own_verbs.MERGED,
        own_verbs.MERGED_BY_AUTHORS,
        own_verbs.SEPARATED,
        own_verbs.SEPARATED_BY_AUTHORS,
        own_verbs.SPLIT,
        own_verbs.SPLIT_BY_AUTHORS,
        own_verbs.SPLIT_OFF,
    )
)
# After these the log itself has let contents go. The account of one author of several ends without an act of its own.
_FORGETTING = frozenset(
    verb.key
    for verb in (
        own_verbs.ERASED,
        office_verbs.ERASED_FOR_OTHERS,
        office_verbs.ERASED_AGAIN,
        office_verbs.BLACKED_OUT,
        office_verbs.PROMISED_ANEW,
        own_verbs.LEFT_AUTHORS,
        own_verbs.JOINED_AUTHORS,
    )
)
# Where the later act lets the contents of the earlier ones go: a place that is said anew, a file that is taken off.
_LETTING_GO = {own_verbs.PLACED.key: own_verbs.PLACED.key, own_verbs.ATTACHED.key: own_verbs.DETACHED.key}


def sentence_of(ref: str, name: str) -> str:
    """What is wrong with this record, in English as all findings about the log."""
    if name == _GONE:
        return f"Record {ref}: the log tells of it, and it is gone. It was removed past the log."
    if name == _CONTENTS:
        return f"Record {ref}: what the log promised of it is gone, and nobody erased it."
    return f"Record {ref}: its “{name}” is not what the log promised. It was changed past the log."


class Fates:
    """What the acts about records say became of them; some records at a time."""

    def __init__(self, tables: Apps) -> None:
        self._tables = tables

    def vanished(self) -> Iterator[Found]:
        """Whatever the log tells of and is not there."""
        acts = self._rows("Act").exclude(ref="")
        for name in ("Record", "Run"):
            acts = acts.exclude(Exists(self._rows(name).filter(ref=OuterRef("ref"))))
        refs = acts.order_by("ref").values_list("ref", flat=True).distinct()
        yield from ((ref, _GONE) for ref in refs.iterator())

    def compare(self, rows: Sequence[Row]) -> Iterator[Found]:
        """What of these records is not as the log says; each row has key, ref, state, answer and where it went on."""
        refs = [row["ref"] for row in rows]
        yield from self._states(rows, refs)
        yield from self._answers(rows)
        yield from self._supports(rows, refs)
        yield from self._contents(refs)

    def _rows(self, name: str) -> QuerySet[Any, Any]:
        return QuerySet(self._tables.get_model("spine", name))

    def _acts(self, refs: Collection[str], of: Iterable[str]) -> QuerySet[Any, Any]:
        return self._rows("Act").filter(ref__in=refs, verb__in=list(of)).order_by("index")

    def _states(self, rows: Sequence[Row], refs: Sequence[str]) -> Iterator[Found]:
        leaves = {verb.key: verb.leaves for verb in verbs.all_verbs() if verb.leaves}
        again, last = office_verbs.ERASED_AGAIN.key, dict[str, frozenset[RecordState]]()
        erased_again: set[str] = set()
        for ref, verb in self._acts(refs, [*leaves, again]).values_list("ref", "verb"):
            if verb == again:
                # It may have been single words or a name.
                erased_again.add(ref)
            else:
                last[ref] = leaves[verb]
        for row in rows:
            is_erased_again = row["state"] == RecordState.ERASED and row["ref"] in erased_again
            if row["state"] not in last.get(row["ref"], _AT_FIRST) and not is_erased_again:
                yield row["ref"], "state"

    def _answers(self, rows: Sequence[Row]) -> Iterator[Found]:
        """The state is that of the last answer; a record that was split is answered by its pieces."""
        holding = self._decisions(rows)
        for row in rows:
            decision = holding.get(row["pk"], "")
            in_part = decision and row["moved_on"] == MovedOn.SPLIT and row["answer_state"] == AnswerDecision.PARTLY
            if row["answer_state"] != decision and not in_part:
                yield row["ref"], "answer_state"
        yield from self._unlinked([row["ref"] for row in rows if row["kind"] == "answer"])

    def _decisions(self, rows: Sequence[Row]) -> dict[int, str]:
        """By the key of a record what the act of its last answer decided."""
        keys = [row["pk"] for row in rows]
        links = self._rows("Link").filter(type=ANSWERS, target__in=keys).order_by("created_at", "pk")
        last: dict[int, str] = dict(links.values_list("target_id", "source__ref"))
        said = {ref: told.get("decision", "") for ref, told in self._told(last.values())}
        return {target: said.get(ref, "") for target, ref in last.items()}

    def _unlinked(self, answers: Collection[str]) -> Iterator[Found]:
        """What an act answered, and no arrow says so any more."""
        links = self._rows("Link").filter(type=ANSWERS, source__ref__in=list(answers))
        linked = defaultdict[str, set[str]](set)
        for source, target in links.values_list("source__ref", "target__ref"):
            linked[source].add(target)
        for ref, told in self._told(answers):
            yield from ((one, "answer_state") for one in told.get("answers", ()) if one not in linked[ref])

    def _told(self, answers: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the acts of these answers say; in an internal room it stands under salt."""
        acts = self._acts(list(set(answers)), _ANSWERING)
        for ref, details, content in acts.values_list("ref", "details", "content__content"):
            yield ref, details or (content or {}).get("details") or {}

    def _supports(self, rows: Sequence[Row], refs: Sequence[str]) -> Iterator[Found]:
        """As many turns as acts; who came along when a record went on in another is told by no act of their own."""
        said = Counter[str]()
        for ref, verb in self._acts(refs, _SUPPORTS).values_list("ref", "verb"):
            said[ref] += _SUPPORTS[verb]
        turns = self._rows("Turn").filter(record__in=[row["pk"] for row in rows], deed=Deed.SUPPORT.value)
        stands = Counter(turns.values_list("record_id", flat=True))
        for row in rows:
            if row["ref"] not in self._went_on and stands[row["pk"]] != said[row["ref"]]:
                yield row["ref"], "supports"

    @cached_property
    def _went_on(self) -> frozenset[str]:
        """All that ever went on in another, or took another in; few among many."""
        found: set[str] = set()
        acts = self._rows("Act").filter(verb__in=_GOING_ON)
        for ref, details, content in acts.values_list("ref", "details", "content__content").iterator():
            told = details or (content or {}).get("details") or {}
            other = told.get("into") or told.get("from") or ()
            found.update([ref], [other] if isinstance(other, str) else other)
        return frozenset(found)

    def _contents(self, refs: Sequence[str]) -> Iterator[Found]:
        """Contents are gone where somebody erased them or put others in their place, and nowhere else."""
        later = self._acts(refs, set(_LETTING_GO.values())).values_list("ref", "verb", "index")
        let_go = {(ref, verb): index for ref, verb, index in later}
        torn = self._rows("Act").filter(ref__in=refs, content=None).exclude(content_hash="")
        lacking = {
            ref
            for ref, verb, index in torn.values_list("ref", "verb", "index")
            if let_go.get((ref, _LETTING_GO.get(verb, "")), index) <= index
        }
        forgotten = set(self._acts(lacking, _FORGETTING).values_list("ref", flat=True))
        yield from ((ref, _CONTENTS) for ref in sorted(lacking - forgotten))
