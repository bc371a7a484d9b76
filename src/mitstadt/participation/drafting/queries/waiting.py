"""What waits for an answer, by passage and by age: counts that lead to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from mitstadt.participation.drafting.models import Contribution, CoText
from mitstadt.spine.models import UP, Answer

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
RECENT_REASONS = 5


@dataclass(frozen=True)
class WaitingPassage:
    """A passage with contributions that nobody answered yet."""

    number: str
    count: int
    oldest_at: datetime


@dataclass(frozen=True)
class WaitingAges:
    """How long contributions have waited."""

    up_to_a_week: int
    up_to_a_month: int
    longer: int

    @property
    def total(self) -> int:
        """All that wait."""
        return self.up_to_a_week + self.up_to_a_month + self.longer


def waiting_by_passage(text: CoText, *, most: int = 10) -> list[WaitingPassage]:
    """The passages where most waits, the longest wait first among equals; one query."""
    rows = (
        _waiting(text)
        .values_list("passage__number")
        .annotate(count=Count("pk"), oldest=Min("created_at"))
        .order_by("-count", "oldest", "passage__number")[:most]
    )
    return [WaitingPassage(number, count, oldest) for number, count, oldest in rows]


def waiting_ages(text: CoText, *, now: datetime) -> WaitingAges:
    """How many wait how long; one query."""
    counts = _waiting(text).aggregate(
        week=Count("pk", filter=Q(created_at__gt=now - _WEEK)),
        month=Count("pk", filter=Q(created_at__lte=now - _WEEK, created_at__gt=now - _MONTH)),
        longer=Count("pk", filter=Q(created_at__lte=now - _MONTH)),
    )
    return WaitingAges(counts["week"], counts["month"], counts["longer"])


def recent_reasons(text_id: int) -> list[str]:
    """The last reasons given to this text, each once, newest first; one query."""
    said = Answer.objects.filter(part_id=text_id, state__in=UP).order_by("-created_at", "-pk")
    return list(dict.fromkeys(said.values_list("body", flat=True)[:50]))[:RECENT_REASONS]


def _waiting(text: CoText) -> QuerySet[Contribution]:
    return Contribution.objects.filter(passage__edition__text=text, state__in=UP, answer_state="")
