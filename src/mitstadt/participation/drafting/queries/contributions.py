"""Contributions at a passage and at the editors' desk: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict

from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.models import Contribution, Passage
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import UP, Part
from mitstadt.spine.queries.answering import Answered, Narrowed, narrowed, with_answers
from mitstadt.spine.queries.ordering import Order, in_order
from mitstadt.spine.queries.visibility import visible_to

PER_PAGE = 50
# More candidates than this take longer than they help.
SIMILAR_AMONG = 2_000
EVERYTHING = Narrowed()


def contributions_at(
    passages: Sequence[Passage], *, order: Order = Order.MOST_SUPPORTED, page: int = 1
) -> tuple[Page[Contribution], list[Answered[Contribution]]]:
    """One page of what is said at these passages: four queries, however much it is."""
    rows = in_order(_public().filter(passage__in=[passage.pk for passage in passages]), order)
    shown = Paginator(rows, PER_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


def desk_rows(part: Part, wanted: Narrowed = EVERYTHING, query: QueryDict | None = None) -> QuerySet[Contribution]:
    """What the editors' desk lists, as its address asks: by place in the text, most supported first at each."""
    asked = query or QueryDict()
    exact = {"passage__number": asked.get("absatz", "").strip()[:24], "form": asked.get("art", "").strip()[:12]}
    rows = narrowed(_public().filter(part=part.pk), wanted)
    rows = rows.filter(**{field: clean_words(value) for field, value in exact.items() if value})
    if wanted.words:
        rows = rows.filter(Q(body__icontains=wanted.words) | Q(wording__icontains=wanted.words))
    rows = rows.select_related("passage__edition__text", "room__host")
    return rows.order_by("-passage__edition__number", "passage__position", "-support_count", "pk")


def similar_at(passages: Sequence[Passage], words: str, *, limit: int = 3) -> list[Contribution]:
    """What others already said at these passages that resembles the words; two queries."""
    if not words.strip():
        return []
    rows = _public().filter(passage__in=[passage.pk for passage in passages]).order_by("-support_count", "pk")
    candidates = [
        (str(pk), f"{body} {wording}")
        for pk, body, wording in rows.values_list("pk", "body", "wording")[:SIMILAR_AMONG]
    ]
    keys = [int(key) for key in computations.most_similar(words, candidates, limit=limit)]
    found = _public().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _public() -> QuerySet[Contribution]:
    return Contribution.objects.filter(state__in=UP).select_related("author", "organisation", "passage__edition")


def contribution_in(ref: str, *, actor: Actor) -> Contribution:
    """One contribution that the actor may read; anything else does not exist."""
    rows = Contribution.objects.select_related(
        "author", "organisation", "passage__edition", "room__host", "part__room"
    ).prefetch_related("part__phases")
    found = visible_to(actor, rows).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
