"""Hold every record against the act that last set its words, in bounded memory however many records there are.

The contents of acts are themselves held against their salted hashes by the check of the log; both together say that
nobody changed a word behind the city's back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import Model, QuerySet

from mitstadt.spine.kept_words import (
    BODY,
    TITLE,
    VOICES,
    WORDS,
    as_kept,
    lists_in_contents,
    lists_of_kinds,
    models_of_kinds,
)
from mitstadt.spine.kinds import all_kinds
from mitstadt.spine.models import Commitment
from mitstadt.spine.queries.belongings_check import Belongings
from mitstadt.spine.queries.fate_check import Fates
from mitstadt.spine.queries.phase_check import compare_phases
from mitstadt.spine.queries.record_findings import AT_ONCE, NOT_HELD, RecordCheck, batches, contents_with
from mitstadt.spine.queries.translation_check import compare_translations

_SAID = ("pk", "ref", "kind", "state", *WORDS, *VOICES.values())

# What became of a record, held against other acts than its words.
_FATE = ("answer_state", "moved_on")

Row = dict[str, Any]


def check_records(tables: Apps = installed) -> RecordCheck:
    """Compare all records with their acts; `tables` are the models of another version before an upgrade."""
    return _Check(tables).run()


class _Check:
    """One pass over all records by key, and one over the acts that tell of many records at once."""

    def __init__(self, tables: Apps) -> None:
        self._tables = tables
        self._found = RecordCheck()
        self._fates = Fates(tables)
        self._belongings = Belongings(tables)
        self._own = self._own_columns()
        self._lists = lists_of_kinds()
        # By the key of a record that an act about another one told of: the newest such act.
        self._told: dict[int, int] = {}

    def run(self) -> RecordCheck:
        self._compare_lists()
        for rows in self._chunks():
            self._compare_chunk(rows)
        compare_translations(self._tables, self._found)
        compare_phases(self._tables, self._found)
        self._compare_commitments()
        for ref, name in self._fates.vanished():
            self._found.differs(ref, name)
        return self._found

    def _rows(self, name: str) -> QuerySet[Any, Any]:
        return QuerySet(self._tables.get_model("spine", name))

    def _own_columns(self) -> dict[str, tuple[type[Model], list[str]]]:
        """The kept columns of each kind that its table has in this version."""
        keeps = {kind.key: kind.keeps for kind in all_kinds()}
        found = {}
        for key, model in models_of_kinds().items():
            names = self._present(model, keeps.get(key, ()))
            if names:
                found[key] = (self._tables.get_model(_label(model)), names)
        return found

    def _present(self, model: type[Model], names: Sequence[str]) -> list[str]:
        try:
            there = self._tables.get_model(_label(model))
        except LookupError:
            return []
        fields = there._meta.get_fields()  # noqa: SLF001  # documented by Django
        columns = {name for one in fields for name in (one.name, getattr(one, "attname", one.name))}
        return [name for name in names if name in columns]

    def _chunks(self) -> Iterator[list[Row]]:
        rows = self._rows("Record").order_by("pk").values(*_SAID, *_FATE)
        last = 0
        while chunk := list(rows.filter(pk__gt=last)[:AT_ONCE]):
            yield chunk
            last = chunk[-1]["pk"]

    def _compare_chunk(self, rows: list[Row]) -> None:
        self._found.records += len(rows)
        promised, joined = self._promises(rows[0]["pk"], rows[-1]["pk"])
        own = self._own_values(rows)
        for row in rows:
            key, said = row["pk"], promised.get(row["pk"])
            if row["state"] in NOT_HELD:
                continue
            if said is not None:
                self._compare(row, {**row, **own.get(key, {})}, said, may_change_voice=key in joined)
            elif key not in self._told:
                self._found.lacks(row["ref"])
        for ref, name in (*self._fates.compare(rows), *self._belongings.compare(rows)):
            self._found.differs(ref, name)

    def _promises(self, first: int, last: int) -> tuple[dict[int, dict[str, Any]], set[int]]:
        """What the acts about these records said of their words, the last word last; and which got another author.

        What is told of in lists is held against its list, and against acts of its own that came later.
        """
        contents = self._rows("ActContent").filter(record_id__gte=first, record_id__lte=last)
        wording = contents.filter(content__has_keys=[TITLE, BODY]).order_by("act_id")
        promised: dict[int, dict[str, Any]] = defaultdict(dict)
        rows = wording.values_list("record_id", "record__kind", "act_id", "content")
        for record, kind, act, content in rows.iterator(chunk_size=AT_ONCE):
            if kind not in self._lists or self._told.get(record, act) < act:
                promised[record].update(content)
        named = contents.filter(act__verb="joined_authors").values_list("record_id", flat=True)
        return promised, set(named)

    def _own_values(self, rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
        by_kind: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            by_kind[row["kind"]].append(row["pk"])
        found: dict[int, dict[str, Any]] = {}
        for kind, keys in by_kind.items():
            if kind in self._own:
                model, names = self._own[kind]
                values: Iterable[Row] = QuerySet(model).filter(pk__gte=keys[0], pk__lte=keys[-1]).values("pk", *names)
                found.update({one["pk"]: one for one in values})
        return found

    def _compare(self, row: Row, stands: Row, said: Row, *, may_change_voice: bool) -> None:
        own = self._own.get(row["kind"], (None, []))[1]
        for name in (*WORDS, *own):
            if name in said and name in stands and as_kept(stands[name]) != said[name]:
                self._found.differs(row["ref"], name)
        for name, column in () if may_change_voice else VOICES.items():
            # Whose account ended has no name there any more.
            gone = name == "author" and row[column] is None
            if name in said and row[column] != said[name] and not gone:
                self._found.differs(row["ref"], name)

    def _compare_lists(self) -> None:
        """Records that are told by the hundred in an act about another one, as the passages of an edition are."""
        names = lists_in_contents()
        for act, content in contents_with(self._tables, names):
            told = {one["ref"]: one for name in names for one in content.get(name, ())}
            for refs in batches(list(told)):
                rows = self._rows("Record").filter(ref__in=refs).order_by("pk")
                self._compare_told(act, list(rows.values(*_SAID)), told)

    def _compare_told(self, act: int, rows: list[Row], told: Mapping[str, Row]) -> None:
        """The newest act comes first: what an older one says of the same record no longer counts."""
        fresh = [row for row in rows if row["pk"] not in self._told]
        self._told.update((row["pk"], act) for row in fresh)
        if not fresh:
            return
        own, later = self._own_values(fresh), self._told_later(fresh, act)
        for row in fresh:
            if row["state"] not in NOT_HELD and row["pk"] not in later:
                stands = {**row, **own.get(row["pk"], {})}
                self._compare(row, stands, told[row["ref"]], may_change_voice=False)

    def _told_later(self, rows: Sequence[Row], act: int) -> set[int]:
        contents = self._rows("ActContent").filter(record_id__in=[row["pk"] for row in rows], act_id__gt=act)
        return set(contents.filter(content__has_keys=[TITLE, BODY]).values_list("record_id", flat=True))

    def _compare_commitments(self) -> None:
        """What a host promised stands in the open in the acts that locked and changed it."""
        names = self._present(Commitment, (*Commitment.FIELDS, *Commitment.BESIDE))
        rows = self._rows("Commitment").filter(locked_at__isnull=False).order_by("pk")
        for row in rows.values("process__ref", *names).iterator(chunk_size=AT_ONCE):
            said = self._said_of_commitment(row["process__ref"], names)
            for name in names:
                if name in said and str(row[name] or "") != said[name]:
                    self._found.differs(row["process__ref"], name)

    def _said_of_commitment(self, ref: str, names: Sequence[str]) -> dict[str, str]:
        acts = self._rows("Act").filter(ref=ref).order_by("index")
        said: dict[str, str] = {}
        for details, content in acts.values_list("details", "content__content"):
            told = details or (content or {}).get("details") or {}
            if {"field", "after"} <= told.keys():
                said[told["field"]] = told["after"]
            else:
                said.update({name: told[name] for name in names if name in told})
        return said


def _label(model: type[Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001  # documented by Django
