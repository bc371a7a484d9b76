"""Contributions at a passage and at the editors' desk: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import overload

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet, Sum
from django.http import Http404

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.participation.drafting.queries.stretches import MOST_SUPPORTED, keys_in, public_at, stretches
from mitstadt.participation.drafting.queries.tallies import FORM, THEME
from mitstadt.spine.actors import Actor
from mitstadt.spine.links import ANSWERS
from mitstadt.spine.models import UP, Answer, Link, Record, Tally
from mitstadt.spine.queries.shelves import Shelf, fetched
from mitstadt.spine.queries.tallies import by_answer, said_at
from mitstadt.spine.queries.visibility import visible_to

PER_PAGE = 50
PER_DESK_PAGE = 40
# More candidates than this take longer than they help.
SIMILAR_AMONG = 2_000
# Pages further back of what was said at several passages are sorted by the database.
MERGED_AT_MOST = 5_000


class Order(StrEnum):
    """How contributions are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_SUPPORTED = "supported"


_ORDERINGS = {
    Order.NEWEST: ("-created_at", "-pk"),
    Order.OLDEST: ("created_at", "pk"),
    Order.MOST_SUPPORTED: ("-support_count", "created_at", "pk"),
}


@dataclass(frozen=True)
class AnsweredContribution:
    """A contribution with the answer that holds now."""

    contribution: Contribution
    answer: Answer | None


@dataclass(frozen=True)
class DeskFilter:
    """What an editor wants to see at the desk."""

    passage_number: str = ""
    theme: str = ""
    form: str = ""
    answer_state: str = ""
    only_unanswered: bool = False
    words: str = ""


def contributions_at(
    passages: Sequence[Passage], *, order: Order = Order.MOST_SUPPORTED, page: int = 1
) -> tuple[Page[Contribution], list[AnsweredContribution]]:
    """One page of what is said at these passages: four queries, one more for each earlier passage with words."""
    shelf = _Talk(passages, _ORDERINGS[order])
    shown = Paginator(shelf, PER_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


class _Talk(Sequence[Contribution]):
    """What is said at a passage and at those that it came from, in one order."""

    def __init__(self, passages: Sequence[Passage], ordering: Sequence[str]) -> None:
        counts = said_at([passage.pk for passage in passages])
        self._shelves = [
            Shelf(public_at().filter(about=key).order_by(*ordering), fetched(_keyed()), count=count)
            for key, count in counts.items()
        ]
        self._all = Shelf(public_at().filter(about__in=list(counts)).order_by(*ordering), fetched(_keyed()))
        self._ordering, self._count = ordering, sum(counts.values())

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Contribution: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Contribution]: ...
    def __getitem__(self, place: int | slice) -> Contribution | Sequence[Contribution]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self._count)
        if len(self._shelves) == 1:
            return self._shelves[0][start:stop]
        return self._merged(start, stop) if stop <= MERGED_AT_MOST else self._all[start:stop]

    def _merged(self, start: int, stop: int) -> Sequence[Contribution]:
        """The beginnings of all lists, merged: each is read in the order of its index, and no further than needed."""
        fields = [field.removeprefix("-") for field in self._ordering]
        heads = [row for shelf in self._shelves for row in shelf.in_order.values_list(*fields)[:stop]]
        for place, field in reversed(list(enumerate(self._ordering))):
            heads.sort(key=itemgetter(place), reverse=field.startswith("-"))
        return fetched(_keyed())([row[-1] for row in heads[start:stop]])


def desk_rows(
    text: CoText, wanted: DeskFilter, *, page: int = 1
) -> tuple[Page[Contribution], list[AnsweredContribution]]:
    """One page of the editors' desk: by place in the text, most supported first at each."""
    if wanted.words or (wanted.theme and wanted.form):
        # Nobody counts what has both; the rows themselves are asked.
        rows: Sequence[Contribution] = Shelf(_filtered(_of(text), wanted).order_by(*_BY_PLACE), fetched(_keyed()))
    else:
        rows = _Desk(text, wanted)
    shown = Paginator(rows, PER_DESK_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


_BY_PLACE = ("-passage__edition__number", "passage__position", *MOST_SUPPORTED)


class _Desk(Sequence[Contribution]):
    """What was said to a text, passage by passage: the counts say where a page begins, its rows alone are read."""

    def __init__(self, text: CoText, wanted: DeskFilter) -> None:
        passages = Passage.objects.filter(edition__text=text).order_by("-edition__number", "position")
        if wanted.passage_number:
            passages = passages.filter(number=wanted.passage_number)
        facet = f"{FORM}{wanted.form}" if wanted.form else f"{THEME}{wanted.theme}" if wanted.theme else ""
        keys = list(passages.values_list("pk", flat=True))
        found = said_at(keys, facet=facet, answer_state="" if wanted.only_unanswered else wanted.answer_state or None)
        self._counts = [(key, found[key]) for key in keys if key in found]
        self._said = _narrowed(public_at(), wanted)

    def __len__(self) -> int:
        return sum(count for _passage, count in self._counts)

    @overload
    def __getitem__(self, place: int) -> Contribution: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Contribution]: ...
    def __getitem__(self, place: int | slice) -> Contribution | Sequence[Contribution]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        wanted = list(stretches(self._counts, start, stop))
        keys = keys_in(self._said, wanted)
        return fetched(_keyed())([key for one in wanted for key in keys.get(one.passage, ())])


def _narrowed(said: QuerySet[Record], wanted: DeskFilter) -> QuerySet[Record]:
    exact = {
        "as_contribution__theme": wanted.theme,
        "as_contribution__form": wanted.form,
        "answer_state": wanted.answer_state,
    }
    said = said.filter(**{field: value for field, value in exact.items() if value})
    return said.filter(answer_state="") if wanted.only_unanswered else said


def _filtered(rows: QuerySet[Contribution], wanted: DeskFilter) -> QuerySet[Contribution]:
    exact = {
        "passage__number": wanted.passage_number,
        "theme": wanted.theme,
        "form": wanted.form,
        "answer_state": wanted.answer_state,
    }
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.only_unanswered:
        rows = rows.filter(answer_state="")
    if wanted.words:
        rows = rows.filter(Q(body__icontains=wanted.words) | Q(wording__icontains=wanted.words))
    return rows


def _of(text: CoText) -> QuerySet[Contribution]:
    return Contribution.objects.filter(part=text.pk, state__in=UP)


def desk_counts(text: CoText) -> dict[str, int]:
    """How many public contributions have which answer; "" counts those without one."""
    return by_answer(text.pk)


def chosen_in(text: CoText, refs: Sequence[str]) -> list[Contribution]:
    """The public contributions to this text with these refs; refs of other texts lead nowhere."""
    rows = _public().filter(part=text.pk, ref__in=refs[:PER_DESK_PAGE])
    return list(rows.select_related("passage__edition__text", "room__host").order_by("pk"))


def themes_of(text: CoText) -> list[str]:
    """The themes in use, by name."""
    rows = Tally.objects.filter(place=text.pk, kind=Contribution.KIND, facet__startswith=THEME, state__in=UP)
    sums = rows.order_by("facet").values_list("facet").annotate(sum=Sum("count"))
    return [facet.removeprefix(THEME) for facet, count in sums if count]


def with_answers(contributions: Sequence[Contribution]) -> list[AnsweredContribution]:
    """Each contribution with its latest answer: two queries."""
    links = Link.objects.filter(
        target_id__in=[contribution.pk for contribution in contributions], type=ANSWERS
    ).order_by("created_at", "pk")
    latest = {link.target_id: link.source_id for link in links}
    told = Answer.objects.keyed(latest.values()).select_related("author", "organisation") if latest else ()
    answers = {answer.pk: answer for answer in told}
    return [
        AnsweredContribution(contribution, answers.get(latest.get(contribution.pk, 0)))
        for contribution in contributions
    ]


def all_answered(text: CoText, *, batch: int = 500) -> Iterator[AnsweredContribution]:
    """Every public contribution in the order of the text, in batches, for exports of any size."""
    rows = _public().filter(passage__edition__text=text)
    keys = list(rows.order_by("passage__edition__number", "passage__position", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), batch):
        yield from with_answers(fetched(_keyed())(keys[start : start + batch]))


def similar_at(passages: Sequence[Passage], words: str, *, limit: int = 3) -> list[Contribution]:
    """What others already said at these passages that resembles the words; two queries."""
    if not words.strip():
        return []
    rows = public_at().filter(about__in=[passage.pk for passage in passages]).order_by(*MOST_SUPPORTED)
    candidates = [
        (str(pk), f"{body} {wording}")
        for pk, body, wording in rows.values_list("pk", "body", "as_contribution__wording")[:SIMILAR_AMONG]
    ]
    keys = [int(key) for key in computations.most_similar(words, candidates, limit=limit)]
    return fetched(_keyed())(keys)


def _public() -> QuerySet[Contribution]:
    return Contribution.objects.filter(state__in=UP).select_related("author", "organisation", "passage__edition")


def _keyed() -> QuerySet[Contribution]:
    return (
        Contribution.objects.keyed().select_related("author", "organisation", "passage__edition").filter(state__in=UP)
    )


def contribution_in(ref: str, *, actor: Actor) -> Contribution:
    """One contribution that the actor may read; anything else does not exist."""
    rows = Contribution.objects.select_related(
        "author", "organisation", "passage__edition", "room__host", "part__room"
    ).prefetch_related("part__phases")
    found = visible_to(actor, rows).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
