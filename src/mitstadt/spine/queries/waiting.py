"""What waits for the host's answer in a room, by part and by age: counts that lead to work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from mitstadt.spine.models import UP, Answer, Room
from mitstadt.spine.queries.promises import unanswered

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
    """How many of every answerable kind wait how long, by the key of their part; one query."""
    rows = (
        unanswered(room)
        .order_by()
        .values_list("part_id")
        .annotate(
            week=Count("pk", filter=Q(created_at__gt=now - _WEEK)),
            month=Count("pk", filter=Q(created_at__lte=now - _WEEK, created_at__gt=now - _MONTH)),
            longer=Count("pk", filter=Q(created_at__lte=now - _MONTH)),
        )
    )
    return {part: WaitingAges(week, month, longer) for part, week, month, longer in rows}


def total_of(ages: Iterable[WaitingAges]) -> int:
    """All that wait, of whatever age."""
    return sum(one.total for one in ages)


def recent_reasons(part_id: int) -> list[str]:
    """The last reasons given in this part, each once, newest first; one query."""
    said = Answer.objects.filter(part_id=part_id, state__in=UP).order_by("-created_at", "-pk")
    return list(dict.fromkeys(said.values_list("body", flat=True)[:50]))[:RECENT_REASONS]
