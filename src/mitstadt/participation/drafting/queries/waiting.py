"""What waits for an answer, by passage and by age: counts that lead to work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.participation.drafting.queries.stretches import public_at
from mitstadt.spine.models import UP, Answer, Record
from mitstadt.spine.queries.tallies import waiting_in

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
    """The passages where most waits, the longest wait first among equals; three queries."""
    numbers = dict(Passage.objects.filter(edition__text=text).values_list("pk", "number"))
    counts = waiting_in(numbers)
    # Some more, since those that are alike are told apart by the longest wait, and editions share their numbers.
    likely = sorted(counts, key=lambda key: -counts[key])[: 2 * most]
    oldest = _oldest_at(likely)
    found: dict[str, WaitingPassage] = {}
    for key in (key for key in likely if key in oldest):
        row = WaitingPassage(numbers[key], counts[key], oldest[key])
        known = found.get(row.number, row)
        together = counts[key] + (known.count if known is not row else 0)
        found[row.number] = WaitingPassage(row.number, together, min(known.oldest_at, row.oldest_at))
    return sorted(found.values(), key=lambda row: (-row.count, row.oldest_at, row.number))[:most]


def _oldest_at(passages: Sequence[int]) -> dict[int, datetime]:
    """Since when the oldest waits at each passage."""
    first = (
        public_at().filter(about=OuterRef("pk"), answer_state="").order_by("created_at", "pk").values("created_at")[:1]
    )
    rows = Record.objects.filter(pk__in=passages).annotate(oldest=Subquery(first)).exclude(oldest=None)
    return dict(rows.values_list("pk", "oldest"))


def waiting_ages(text: CoText, *, now: datetime) -> WaitingAges:
    """How many wait how long; two queries."""
    recent = _waiting(text).filter(created_at__gt=now - _MONTH)
    counts = recent.aggregate(month=Count("created_at"), week=Count("created_at", filter=Q(created_at__gt=now - _WEEK)))
    total = waiting_in([text.pk]).get(text.pk, 0)
    return WaitingAges(counts["week"], counts["month"] - counts["week"], max(0, total - counts["month"]))


def recent_reasons(text_id: int) -> list[str]:
    """The last reasons given to this text, each once, newest first; one query."""
    said = Answer.objects.filter(part_id=text_id, state__in=UP).order_by("-created_at", "-pk")
    return list(dict.fromkeys(said.values_list("body", flat=True)[:50]))[:RECENT_REASONS]


def _waiting(text: CoText) -> QuerySet[Record]:
    return Record.objects.filter(part=text.pk, kind=Contribution.KIND, state__in=UP, answer_state="")
