"""Contributions at a passage and at the editors' desk: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.models import UP, Answer, Record
from mitstadt.spine.queries.answered import latest_answers
from mitstadt.spine.queries.ordering import Order, in_order
from mitstadt.spine.queries.successions import where_they_went
from mitstadt.spine.queries.visibility import visible_to

PER_PAGE = 50
PER_DESK_PAGE = 40
# More candidates than this take longer than they help.
SIMILAR_AMONG = 2_000


@dataclass(frozen=True)
class AnsweredContribution:
    """A contribution with the answer that holds now, and where it went on."""

    contribution: Contribution
    answer: Answer | None
    went_to: tuple[Record, ...] = ()


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
    """One page of what is said at these passages: four queries, however much it is."""
    rows = in_order(_public().filter(passage__in=[passage.pk for passage in passages]), order)
    shown = Paginator(rows, PER_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


def desk_rows(
    text: CoText, wanted: DeskFilter, *, page: int = 1
) -> tuple[Page[Contribution], list[AnsweredContribution]]:
    """One page of the editors' desk: by place in the text, most supported first at each."""
    rows = _filtered(_public().filter(passage__edition__text=text), wanted)
    rows = rows.order_by("-passage__edition__number", "passage__position", "-support_count", "pk")
    shown = Paginator(rows, PER_DESK_PAGE).get_page(page)
    return shown, with_answers(list(shown.object_list))


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


def desk_counts(text: CoText) -> dict[str, int]:
    """How many public contributions have which answer; "" counts those without one."""
    rows = Contribution.objects.filter(passage__edition__text=text, state__in=UP)
    return dict(rows.values_list("answer_state").annotate(count=Count("pk")).order_by("answer_state"))


def chosen_in(text: CoText, refs: Sequence[str]) -> list[Contribution]:
    """The public contributions to this text with these refs; refs of other texts lead nowhere."""
    rows = _public().filter(passage__edition__text=text, ref__in=refs[:PER_DESK_PAGE])
    return list(rows.select_related("passage__edition__text", "room__host").order_by("pk"))


def themes_of(text: CoText) -> list[str]:
    """The themes in use, by name."""
    rows = Contribution.objects.filter(passage__edition__text=text, state__in=UP).exclude(theme="")
    return list(rows.order_by("theme").values_list("theme", flat=True).distinct())


def with_answers(contributions: Sequence[Contribution]) -> list[AnsweredContribution]:
    """Each contribution with its latest answer and where it went on: two queries, one more for those that did."""
    answers, went_to = latest_answers([said.pk for said in contributions]), where_they_went(contributions)
    fetch_further_authors(contributions)
    return [AnsweredContribution(said, answers.get(said.pk), tuple(went_to.get(said.pk, ()))) for said in contributions]


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
