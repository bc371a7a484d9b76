"""Counts read from the tallies: a handful of rows for each place, however much was said there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet, Sum

from mitstadt.spine import kinds
from mitstadt.spine.models import UP, MovedOn, RecordState, Tally
from mitstadt.spine.models.tallies import THEME

# Those that wait nowhere but where they went on, in counts by answer.
WENT_ON = "went_on"


def tallied(
    places: Iterable[int], *, kind: str = "", facet: str = "", states: Collection[RecordState] = UP
) -> QuerySet[Tally]:
    """The rows of these places (rooms, parts, or records spoken about), of one kind or all that a host answers."""
    rows = Tally.objects.filter(place__in=places, kind__in=kinds.answerable_kinds(), facet=facet, state__in=states)
    return rows.filter(kind=kind) if kind else rows


def voices_in(rooms: Iterable[int]) -> dict[int, int]:
    """How many public contributions each of these rooms has; one query, rooms without any are left out.

    What was split counts once, and not its pieces, too: an office makes no voices.
    """
    return _summed(tallied(rooms, states=(RecordState.PUBLISHED,)).filter(is_piece=False))


def waiting_in(places: Iterable[int]) -> dict[int, int]:
    """How many contributions wait for an answer in each of these places; one query.

    What was merged into another waits there, what was split waits in its pieces: nothing waits twice.
    """
    return _summed(_waiting(tallied(places)))


def _waiting(rows: QuerySet[Tally]) -> QuerySet[Tally]:
    return rows.filter(answer_state="", moved_on=MovedOn.NO)


def said_at(
    places: Iterable[int], *, kind: str = "", facet: str = "", answer_state: str | None = None
) -> dict[int, int]:
    """How many contributions each of these places has: all, those with this answer, or ("") those that wait for one."""
    rows = tallied(places, kind=kind, facet=facet)
    if answer_state is None:
        return _summed(rows)
    return _summed(rows.filter(answer_state=answer_state) if answer_state else _waiting(rows))


def _summed(rows: QuerySet[Tally]) -> dict[int, int]:
    sums = rows.order_by().values_list("place").annotate(sum=Sum("count"))
    return {place: count for place, count in sums if count}


def by_answer(*places: int, kind: str = "", facet: str = "") -> dict[str, int]:
    """How many contributions of these places have which answer; "" counts those that wait, WENT_ON what went on."""
    rows = (
        tallied(places, kind=kind, facet=facet)
        .order_by("answer_state")
        .values_list("answer_state", "moved_on")
        .annotate(sum=Sum("count"))
    )
    found: dict[str, int] = {}
    for answer, moved_on, count in rows:
        key = answer or (WENT_ON if moved_on else "")
        found[key] = found.get(key, 0) + count
    return {key: count for key, count in found.items() if count}


def by_answer_in(places: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same for each of these places; one query, and a place without any is left out."""
    rows = tallied(places).order_by("place").values_list("place", "answer_state", "moved_on").annotate(sum=Sum("count"))
    found: dict[int, dict[str, int]] = {}
    for place, answer, moved_on, count in rows:
        counts = found.setdefault(place, {})
        key = answer or (WENT_ON if moved_on else "")
        counts[key] = counts.get(key, 0) + count
    return found


def by_channel(place: int) -> dict[str, int]:
    """How many contributions of one place came on which way; pieces of what was split came on none."""
    sums = tallied([place]).filter(is_piece=False).order_by("channel").values_list("channel").annotate(sum=Sum("count"))
    return {channel: count for channel, count in sums if count}


def themes_in(place: int) -> list[str]:
    """The themes in use in one place, by name."""
    rows = Tally.objects.filter(place=place, kind__in=kinds.answerable_kinds(), facet__startswith=THEME, state__in=UP)
    sums = rows.order_by("facet").values_list("facet").annotate(sum=Sum("count"))
    return [facet.removeprefix(THEME) for facet, count in sums if count]
