"""What waits for the host's answer in a room, by part and by age: counts that lead to work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from mitstadt.spine import kinds
from mitstadt.spine.models import UP, Answer, MovedOn, Record, Room
from mitstadt.spine.queries.parts import part_keys
from mitstadt.spine.queries.tallies import waiting_in

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
RECENT_REASONS = 5


@dataclass(frozen=True)
class WaitingAges:
    """How long contributions have waited."""

    up_to_a_week: int = 0
    up_to_a_month: int = 0
    longer: int = 0

    @property
    def total(self) -> int:
        """All that wait."""
        return self.up_to_a_week + self.up_to_a_month + self.longer


def waiting_ages(room: Room, *, now: datetime) -> dict[int | None, WaitingAges]:
    """How many of every answerable kind wait how long, by the key of their part; three queries.

    All that wait are counted already; only those of the last month are looked at, a fourth query for those in no part.
    """
    parts = part_keys(room)
    waiting = waiting_in([room.pk, *parts])
    totals: dict[int | None, int] = {part: waiting[part] for part in parts if part in waiting}
    totals[None] = waiting.get(room.pk, 0) - sum(totals.values())
    recent = _recent(Q(part__in=[part for part in parts if part in totals]), now=now)
    if totals[None]:
        recent |= _recent(Q(room=room.pk, part=None), now=now)
    return {part: _ages(total, *recent.get(part, (0, 0))) for part, total in totals.items() if total}


def _recent(where: Q, *, now: datetime) -> dict[int | None, tuple[int, int]]:
    """How many have waited up to a month, and up to a week of them."""
    kept = {"kind__in": kinds.answerable_kinds(), "state__in": UP, "answer_state": "", "moved_on": MovedOn.NO}
    rows = Record.objects.filter(where, created_at__gt=now - _MONTH, **kept).order_by().values_list("part_id")
    counted = rows.annotate(month=Count("created_at"), week=Count("created_at", filter=Q(created_at__gt=now - _WEEK)))
    return {part: (month, week) for part, month, week in counted}


def _ages(total: int, month: int, week: int) -> WaitingAges:
    return WaitingAges(week, month - week, max(0, total - month))


def total_of(ages: Iterable[WaitingAges]) -> int:
    """All that wait, of whatever age."""
    return sum(one.total for one in ages)


def recent_reasons(part_id: int) -> list[str]:
    """The last reasons given in this part, each once, newest first; one query."""
    said = Answer.objects.filter(part_id=part_id, state__in=UP).order_by("-created_at", "-pk")
    return list(dict.fromkeys(said.values_list("body", flat=True)[:50]))[:RECENT_REASONS]
