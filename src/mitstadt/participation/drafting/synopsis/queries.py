"""Reads of the synopsis: the plan in a constant number of queries, the contributions in batches of constant size.

Only published records are read. What was hidden, withdrawn, erased or is still checked is counted, never quoted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from django.http import Http404

from mitstadt.participation.drafting.computations import Adoption, adopted
from mitstadt.participation.drafting.links import PARTLY_IN, TAKEN_UP_IN
from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.participation.drafting.queries.reading import DESCENT, text_by_ref
from mitstadt.participation.drafting.queries.stretches import MOST_SUPPORTED, keys_in, public_at
from mitstadt.participation.drafting.synopsis.plan import Descents, planned
from mitstadt.participation.drafting.synopsis.rows import (
    Counts,
    EarlierReply,
    PassageRow,
    Place,
    Reply,
    Synopsis,
    TakenUp,
    Voice,
)
from mitstadt.participation.drafting.synopsis.sections import Cut
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import UP, Link, RecordState, Tally
from mitstadt.spine.models.tallies import VARIANT
from mitstadt.spine.queries.answering import Answered, with_answers
from mitstadt.spine.queries.shelves import fetched
from mitstadt.spine.queries.tallies import WENT_ON
from mitstadt.ui.comments import shown_author

BATCH = 200
_KEYS_AT_ONCE = 20_000
_TAKEN = (TAKEN_UP_IN, PARTLY_IN)
_NOT_SHOWN = (RecordState.WITHDRAWN, RecordState.ERASED, RecordState.HIDDEN)


def synopsis_in(ref: str, *, actor: Actor) -> Synopsis:
    """The synopsis of a text that the actor may see; without a published edition there is none."""
    found = synopsis_of(text_by_ref(ref, actor=actor))
    if not found.editions:
        raise Http404
    return found


def synopsis_of(text: CoText) -> Synopsis:
    """The plan of the whole synopsis: seven queries, whatever the length of the text."""
    editions = tuple(text.editions.order_by("number"))
    passages = list(
        Passage.objects.filter(edition__text=text)
        .select_related("edition")
        .only("pk", "ref", "body", "number", "level", "shape", "position", "contribution_count", "edition__number")
        .order_by("edition__number", "position")
    )
    places = {p.pk: Place(p.ref, p.number, p.edition.number, p.body) for p in passages}
    descents = Descents(later=_arrows(text), taken_up=_taken_up(text))
    voices = {passage.pk: passage.contribution_count for passage in passages}
    return Synopsis(
        text=text,
        editions=editions,
        rows=tuple(planned(passages, descents, places=places, voices=voices)),
        places=places,
        counts=_counts(text),
    )


def voices_of(synopsis: Synopsis, keys: Sequence[int]) -> list[Voice]:
    """These contributions in this order: four queries."""
    rows = Contribution.objects.keyed().filter(state__in=UP).select_related("author", "organisation", "passage")
    answered = with_answers(fetched(rows)(keys))
    results = _results(keys, synopsis.places)
    return [_voice(row, results.get(row.record.pk, [])) for row in answered]


def voices_in(synopsis: Synopsis, cuts: Sequence[Cut]) -> dict[int, list[Voice]]:
    """The contributions of these cuts by passage: the first and the last may begin or end within one."""
    keys = keys_in(public_at(), [cut.voices for cut in cuts if cut.voices.first < cut.voices.stop])
    found: dict[int, Voice] = {}
    wanted = list(chain.from_iterable(keys.values()))
    for start in range(0, len(wanted), BATCH):
        found.update((voice.key, voice) for voice in voices_of(synopsis, wanted[start : start + BATCH]))
    return {passage: [found[key] for key in own if key in found] for passage, own in keys.items()}


def all_voices(synopsis: Synopsis, rows: Sequence[PassageRow]) -> Iterator[tuple[PassageRow, Iterator[Voice]]]:
    """Every row with its contributions, read in batches that run on from passage to passage.

    Take all contributions of a row before the next row.
    """
    for some in _batches(rows):
        said = public_at().filter(about__in=[row.key for row in some if row.voice_count])
        keys: dict[int, list[int]] = defaultdict(list)
        for passage, key in said.order_by("about", *MOST_SUPPORTED).values_list("about_id", "pk"):
            keys[passage].append(key)
        own = [keys.get(row.key, []) for row in some]
        stream = _streamed(synopsis, list(chain.from_iterable(own)))
        for row, wanted in zip(some, own, strict=True):
            yield row, _taken(stream, len(wanted))


def _batches(rows: Sequence[PassageRow]) -> Iterator[list[PassageRow]]:
    """Rows together as long as what was said at them fits the memory."""
    some: list[PassageRow] = []
    for row in rows:
        if some and sum(one.voice_count for one in some) + row.voice_count > _KEYS_AT_ONCE:
            yield some
            some = []
        some.append(row)
    if some:
        yield some


def _streamed(synopsis: Synopsis, keys: Sequence[int]) -> Iterator[Voice | None]:
    """One item for every key; None where a contribution stopped being public while the export ran."""
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found = {voice.key: voice for voice in voices_of(synopsis, batch)}
        yield from (found.get(key) for key in batch)


def _taken(stream: Iterator[Voice | None], count: int) -> Iterator[Voice]:
    for _turn in range(count):
        voice = next(stream)
        if voice is not None:
            yield voice


def _arrows(text: CoText) -> dict[int, list[tuple[int, str]]]:
    links = Link.objects.filter(source__as_passage__edition__text=text, type__in=DESCENT).order_by(
        "source_id", "target__as_passage__position"
    )
    arrows: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for source, target, kind in links.values_list("source_id", "target_id", "type"):
        arrows[source].append((target, kind))
    return dict(arrows)


def _taken_up(text: CoText) -> dict[int, list[TakenUp]]:
    links = (
        Link.objects.filter(
            target__as_passage__edition__text=text,
            type__in=_TAKEN,
            source__state__in=UP,
        )
        .select_related("source__author", "source__organisation")
        .order_by("source__created_at", "pk")
    )
    taken: dict[int, list[TakenUp]] = defaultdict(list)
    for link in links:
        taken[link.target_id].append(TakenUp(link.source.ref, shown_author(link.source), link.type == TAKEN_UP_IN))
    return dict(taken)


def _counts(text: CoText) -> Counts:
    states = (*UP, *_NOT_SHOWN)
    rows = Tally.objects.filter(place=text.pk, kind=Contribution.KIND, facet__startswith=VARIANT, state__in=states)
    by_form: Counter[str] = Counter()
    by_decision: Counter[str] = Counter()
    not_shown: Counter[str] = Counter()
    columns = ("state", "facet", "answer_state", "moved_on", "count")
    for state, facet, decision, moved_on, count in rows.values_list(*columns):
        if state in UP:
            by_form[facet.removeprefix(VARIANT)] += count
            by_decision[decision or (WENT_ON if moved_on else "")] += count
        else:
            not_shown[state] += count
    by_form, by_decision, not_shown = +by_form, +by_decision, +not_shown
    unanswered, went_on = by_decision.pop("", 0), by_decision.pop(WENT_ON, 0)
    return Counts(
        voices=by_form.total(),
        by_form=by_form,
        by_decision=by_decision,
        unanswered=unanswered,
        went_on=went_on,
        not_shown=not_shown,
    )


def _results(keys: Sequence[int], places: Mapping[int, Place]) -> dict[int, list[tuple[Place, str]]]:
    """Where wordings stand, each place with its arrow, in the order of the text."""
    links = Link.objects.filter(source_id__in=keys, type__in=_TAKEN).order_by("created_at", "pk")
    found: dict[int, list[tuple[Place, str]]] = defaultdict(list)
    for source, target, arrow in links.values_list("source_id", "target_id", "type"):
        if target in places:
            found[source].append((places[target], arrow))
    return found


def _voice(row: Answered[Contribution], arrows: Sequence[tuple[Place, str]]) -> Voice:
    said, results = row.record, tuple(place for place, _arrow in arrows)
    return Voice(
        key=said.pk,
        ref=said.ref,
        form=said.form,
        author=shown_author(said),
        channel=said.channel,
        at=said.created_at,
        reworded_at=said.reworded_at,
        language=said.language,
        body=said.body,
        wording=said.wording,
        passage_words=said.passage.body,
        quoted=str(said.anchor.get("exact", "")),
        theme=said.theme,
        supports=said.support_count,
        guest_supports=said.guest_support_count,
        comments=said.comment_count,
        reply=_reply(row),
        results=results,
        stands_whole=any(arrow == TAKEN_UP_IN for _place, arrow in arrows),
        adoption=_adoption(said, results),
        moved_on=said.moved_on,
        went_to=tuple(target.ref for target in row.went_to),
    )


def _adoption(said: Contribution, results: tuple[Place, ...]) -> Adoption | None:
    """The numbers, counted anew for whoever reads them. Editions never change, and neither do these."""
    if not (results and said.wording):
        return None
    return adopted(said.passage.body, said.wording, " ".join(place.words for place in results))


def _reply(row: Answered[Contribution]) -> Reply | None:
    answer = row.answer
    if answer is None or answer.state not in UP:
        return None
    given = [*row.earlier, answer]
    return Reply(
        ref=answer.ref,
        decision=answer.decision,
        reason=answer.body,
        by=shown_author(answer),
        at=answer.created_at,
        earlier=tuple(
            EarlierReply(before.ref, before.decision, before.body, before.created_at, after.created_at)
            for before, after in pairwise(given)
            if before.state in UP
        ),
    )
