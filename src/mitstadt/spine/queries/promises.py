"""What was promised, and whether it was kept: every commitment of the city with its dates, overdue ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, When
from django.utils import timezone

from mitstadt.spine.models import Commitment, CommitmentChange, Process, Room
from mitstadt.spine.queries.processes import public_keys
from mitstadt.spine.queries.shelves import Shelf, fetched
from mitstadt.spine.queries.tallies import waiting_in


class PromiseState(StrEnum):
    """Where a promise stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    # Cancelled before anybody had said anything that waits: no answer is owed.
    RELEASED = "released"


DUE_SOON_DAYS = 14


@dataclass(frozen=True)
class Promise:
    """One line of the promise board."""

    process: Process
    answer_by: date
    kept_at: datetime | None
    state: PromiseState
    days_left: int
    unanswered: int
    # The last public change of the day, where it was changed; only the board asks for it.
    moved: CommitmentChange | None = None

    @property
    def released(self) -> bool:
        """Whether no answer is owed any more."""
        return self.state is PromiseState.RELEASED


def promised_in(room: Room) -> Commitment | None:
    """What the host of this room promised; None where it promises nothing."""
    return Commitment.objects.filter(process=room.pk).first()


def unanswered(room: Room) -> int:
    """How many contributions of a room have no answer yet."""
    return waiting_in([room.pk]).get(room.pk, 0)


def promise_of(
    commitment: Commitment, *, now: datetime, unanswered_count: int, moved: CommitmentChange | None = None
) -> Promise:
    """How a locked commitment stands on that day."""
    today = timezone.localdate(now)
    if commitment.answer_by is None:
        raise ValueError("A commitment without a date promises nothing.")
    return Promise(
        process=commitment.process,
        answer_by=commitment.answer_by,
        kept_at=commitment.kept_at,
        state=promise_state(commitment, today=today),
        days_left=(commitment.answer_by - today).days,
        unanswered=unanswered_count,
        moved=moved,
    )


def promise_state(commitment: Commitment, *, today: date) -> PromiseState:
    """Kept, kept late, overdue, due soon or running; the last day still counts."""
    due = commitment.answer_by
    assert due is not None  # noqa: S101  # a locked commitment has a date, held by the database
    if commitment.released_at:
        return PromiseState.RELEASED
    if commitment.kept_at:
        kept_on = timezone.localdate(commitment.kept_at)
        return PromiseState.KEPT if kept_on <= due else PromiseState.KEPT_LATE
    if today > due:
        return PromiseState.OVERDUE
    return PromiseState.DUE_SOON if (due - today).days <= DUE_SOON_DAYS else PromiseState.RUNNING


def promise_board(*, now: datetime) -> Shelf[Promise]:
    """Every promise of the city, each with the count of what waits: overdue first, then running, then kept; by date."""
    released, kept = When(released_at__isnull=False, then=3), When(kept_at__isnull=False, then=2)
    group = Case(released, kept, When(answer_by__gte=timezone.localdate(now), then=1), default=0)
    promised = Commitment.objects.filter(locked_at__isnull=False, process__in=public_keys())
    promised = promised.order_by(group, "answer_by", "pk")
    commitments = fetched(Commitment.objects.select_related("process__host", "process__area"))

    def rows(keys: Sequence[int]) -> list[Promise]:
        found = commitments(keys)
        waiting, moved = waiting_in(row.process_id for row in found), _moved(row.pk for row in found)
        return [
            promise_of(row, now=now, unanswered_count=waiting.get(row.process_id, 0), moved=moved.get(row.pk))
            for row in found
        ]

    return Shelf(promised, rows)


def _moved(commitments: Iterable[int]) -> dict[int, CommitmentChange]:
    """The last change of the promised day, by the key of the commitment; one query."""
    changes = CommitmentChange.objects.filter(commitment__in=list(commitments), field="answer_by")
    return {change.commitment_id: change for change in changes.order_by("changed_at", "pk")}
