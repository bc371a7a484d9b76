"""Contributions at a passage and at the editors' desk: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import overload

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict

from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.models import Contribution, Passage
from mitstadt.participation.drafting.queries.stretches import MOST_SUPPORTED, keys_in, public_at, stretches
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import UP, Part
from mitstadt.spine.models.tallies import THEME, VARIANT
from mitstadt.spine.queries.answering import Answered, Narrowed, narrowed, with_answers
from mitstadt.spine.queries.ordering import ORDERINGS, Order
from mitstadt.spine.queries.shelves import Shelf, fetched
from mitstadt.spine.queries.tallies import said_at
from mitstadt.spine.queries.visibility import visible_to

PER_PAGE = 50
# More candidates than this take longer than they help.
SIMILAR_AMONG = 2_000
# Pages further back of what was said at several passages are sorted by the database.
MERGED_AT_MOST = 5_000
EVERYTHING = Narrowed()


def contributions_at(
    passages: Sequence[Passage], *, order: Order = Order.MOST_SUPPORTED, page: int = 1
) -> tuple[Page[Contribution], list[Answered[Contribution]]]:
    """One page of what is said at these passages: four queries, one more for each earlier passage with words."""
    shelf = _Talk(passages, ORDERINGS[order])
    shown = Paginator(shelf, PER_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


class _Talk(Sequence[Contribution]):
    """What is said at a passage and at those that it came from, in one order."""

    def __init__(self, passages: Sequence[Passage], ordering: Sequence[str]) -> None:
        counts = said_at([passage.pk for passage in passages])
        self._shelves = [
            Shelf(public_at().filter(about=key).order_by(*ordering), contributions_keyed, count=count)
            for key, count in counts.items()
        ]
        self._all = Shelf(public_at().filter(about__in=list(counts)).order_by(*ordering), contributions_keyed)
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
        return contributions_keyed([row[-1] for row in heads[start:stop]])


def desk_rows(part: Part, wanted: Narrowed = EVERYTHING, query: QueryDict | None = None) -> QuerySet[Contribution]:
    """What the editors' desk lists, as its address asks: by place in the text, most supported first at each."""
    number, form = _asked(query)
    exact = {"passage__number": number, "form": form}
    rows = narrowed(_public().filter(part=part.pk), wanted)
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.words:
        rows = rows.filter(Q(body__icontains=wanted.words) | Q(wording__icontains=wanted.words))
    rows = rows.select_related("passage__edition__text", "room__host")
    return rows.order_by("-passage__edition__number", "passage__position", *MOST_SUPPORTED)


def desk_list(part: Part, wanted: Narrowed = EVERYTHING, query: QueryDict | None = None) -> Sequence[Contribution]:
    """The same for a paginator: the counts tell where a page begins, and its rows alone are read."""
    number, form = _asked(query)
    if wanted.words or wanted.asks_for_work or (wanted.theme and form):
        # Nobody counts what has both; the rows themselves are asked.
        return Shelf(desk_rows(part, wanted, query), contributions_keyed)
    return _Desk(part, wanted, number, form)


def _asked(query: QueryDict | None) -> tuple[str, str]:
    """The number of the passage and the form that the address asks for."""
    asked = query or QueryDict()
    return clean_words(asked.get("absatz", "").strip()[:24]), clean_words(asked.get("art", "").strip()[:12])


class _Desk(Sequence[Contribution]):
    """What was said to a text, passage by passage: the counts say where a page begins, its rows alone are read."""

    def __init__(self, part: Part, wanted: Narrowed, number: str, form: str) -> None:
        passages = Passage.objects.filter(edition__text=part.pk).order_by("-edition__number", "position")
        if number:
            passages = passages.filter(number=number)
        facet = f"{VARIANT}{form}" if form else f"{THEME}{wanted.theme}" if wanted.theme else ""
        keys = list(passages.values_list("pk", flat=True))
        found = said_at(keys, facet=facet, answer_state="" if wanted.only_unanswered else wanted.answer_state or None)
        self._counts = [(key, found[key]) for key in keys if key in found]
        said = narrowed(public_at(), wanted)
        self._said = said.filter(variant=form) if form else said

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
        return contributions_keyed([key for one in wanted for key in keys.get(one.passage, ())])


def contributions_keyed(keys: Sequence[int]) -> list[Contribution]:
    """These contributions in their order, each with its passage; what is not up is left out. One query."""
    return fetched(_keyed().select_related("passage"))(keys)


def contributions_listed(keys: Sequence[int]) -> list[Contribution]:
    """The same beyond one text, where a join would walk the passages of all texts. Two queries."""
    return fetched(_keyed().prefetch_related("passage"))(keys)


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
    return contributions_keyed(keys)


def _public() -> QuerySet[Contribution]:
    return Contribution.objects.filter(state__in=UP).select_related("author", "organisation", "passage__edition")


def _keyed() -> QuerySet[Contribution]:
    return Contribution.objects.keyed().select_related("author", "organisation").filter(state__in=UP)


def contribution_in(ref: str, *, actor: Actor) -> Contribution:
    """One contribution that the actor may read; anything else does not exist."""
    rows = Contribution.objects.select_related(
        "author", "organisation", "passage__edition", "room__host", "part__room"
    ).prefetch_related("part__phases")
    found = visible_to(actor, rows).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
