"""Counts read from the tallies: a handful of rows for each place, however much was said there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet, Sum

from mitstadt.spine import kinds
from mitstadt.spine.models import UP, RecordState, Tally
from mitstadt.spine.models.tallies import THEME


def tallied(places: Iterable[int], *, facet: str = "", states: Collection[RecordState] = UP) -> QuerySet[Tally]:
    """The rows of these places (rooms, parts, or records spoken about), of all kinds that a host answers."""
    return Tally.objects.filter(place__in=places, kind__in=kinds.answerable_kinds(), facet=facet, state__in=states)


def voices_in(rooms: Iterable[int]) -> dict[int, int]:
    """How many public contributions each of these rooms has; one query, rooms without any are left out."""
    return _summed(tallied(rooms, states=(RecordState.PUBLISHED,)))


def waiting_in(places: Iterable[int]) -> dict[int, int]:
    """How many contributions wait for an answer in each of these places; one query."""
    return _summed(tallied(places).filter(answer_state=""))


def said_at(places: Iterable[int], *, facet: str = "", answer_state: str | None = None) -> dict[int, int]:
    """How many contributions each of these places has, all or those with this answer ("" means none); one query."""
    rows = tallied(places, facet=facet)
    return _summed(rows if answer_state is None else rows.filter(answer_state=answer_state))


def _summed(rows: QuerySet[Tally]) -> dict[int, int]:
    sums = rows.order_by().values_list("place").annotate(sum=Sum("count"))
    return {place: count for place, count in sums if count}


def by_answer(place: int) -> dict[str, int]:
    """How many contributions of one place have which answer; "" counts those without one."""
    sums = tallied([place]).order_by("answer_state").values_list("answer_state").annotate(sum=Sum("count"))
    return {answer: count for answer, count in sums if count}


def by_channel(place: int) -> dict[str, int]:
    """How many contributions of one place came on which way."""
    sums = tallied([place]).order_by("channel").values_list("channel").annotate(sum=Sum("count"))
    return {channel: count for channel, count in sums if count}


def themes_in(place: int) -> list[str]:
    """The themes in use in one place, by name."""
    rows = Tally.objects.filter(place=place, kind__in=kinds.answerable_kinds(), facet__startswith=THEME, state__in=UP)
    sums = rows.order_by("facet").values_list("facet").annotate(sum=Sum("count"))
    return [facet.removeprefix(THEME) for facet, count in sums if count]
