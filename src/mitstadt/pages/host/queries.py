"""What a host sees: what is due first, what waits and how long, who works here, which codes are out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.queries.waiting import (
    WaitingAges,
    WaitingPassage,
    waiting_ages,
    waiting_by_passage,
)
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import (
    CodeOrigin,
    ParticipationCode,
    Process,
    RoomRole,
    RoomStage,
)
from mitstadt.spine.permits import can_prepare_for
from mitstadt.spine.queries.moderation import open_cases, open_cases_in
from mitstadt.spine.queries.processes import WITH_PARTS
from mitstadt.spine.queries.promises import Promise, promise_of
from mitstadt.spine.queries.shelves import KeyedShelf, Shelf, fetched
from mitstadt.spine.queries.tallies import waiting_in
from mitstadt.spine.queries.workplaces import processes_where


@dataclass(frozen=True)
class CodeCount:
    """How many codes are out, and how many were used."""

    issued: int
    used: int


@dataclass(frozen=True)
class Dashboard:
    """What is due in one process."""

    promise: Promise | None
    text: CoText | None
    ages: WaitingAges | None
    passages: Sequence[WaitingPassage]
    cases: int
    codes: CodeCount


def dashboard(process: Process, *, now: datetime) -> Dashboard:
    """Everything that is due in a process: a constant number of queries."""
    text = CoText.objects.filter(room=process.pk).order_by("pk").first()
    ages = waiting_ages(text, now=now) if text else None
    locked = process.commitment.locked_at is not None
    return Dashboard(
        promise=promise_of(process.commitment, now=now, unanswered_count=ages.total if ages else 0) if locked else None,
        text=text,
        ages=ages,
        passages=waiting_by_passage(text) if text else (),
        cases=open_cases_in(process),
        codes=code_count(process),
    )


def code_count(process: Process) -> CodeCount:
    """The printed codes of a process; what guests and slips without a code were given is not counted."""
    printed = ParticipationCode.objects.filter(room=process, origin__in=[CodeOrigin.PRINTED, CodeOrigin.LETTER])
    counts = printed.aggregate(issued=Count("pk"), used=Count("pk", filter=Q(first_used_at__isnull=False)))
    return CodeCount(counts["issued"], counts["used"])


def roles_in(process: Process) -> list[RoomRole]:
    """Who has a role in this process alone, by name; one query."""
    roles = RoomRole.objects.filter(room=process).select_related("person")
    return list(roles.order_by("person__display_name", "person__email", "role"))


def members_of(process: Process) -> list[Membership]:
    """Who works on it through the organisation; one query."""
    members = Membership.objects.filter(organisation=process.host_id).exclude(role=Role.CONTRIBUTOR)
    return list(members.select_related("person").order_by("person__display_name", "role"))


def organisations_to_prepare_for(actor: Actor) -> list[Organisation]:
    """The organisations in whose name the actor may begin a process."""
    if actor.is_guest or not actor.is_staff_somewhere:
        return []
    return [one for one in Organisation.objects.order_by("name") if can_prepare_for(actor, one.pk)]


@dataclass(frozen=True)
class WorkRow:
    """One process that a person works on, with what waits there."""

    process: Process
    promise: Promise | None
    waiting: int
    cases: int


def workplace_rows(actor: Actor, *, now: datetime) -> Shelf[WorkRow]:
    """Every process the actor works on, what is due first on top; six queries however many there are."""
    mine = processes_where(actor, Deed.SEE_DASHBOARD)
    today = timezone.localdate(now)
    narrow = mine.values_list("pk", "stage", "commitment__locked_at", "commitment__answer_by", "commitment__kept_at")
    urgency = sorted((_urgency(*row, today=today), row[0]) for row in narrow)
    processes = fetched(
        Process.objects.keyed().select_related("host", "area", "commitment").prefetch_related(WITH_PARTS)
    )

    def rows(keys: Sequence[int]) -> list[WorkRow]:
        waiting, cases = waiting_in(keys), open_cases(keys)
        return [_work_row(one, waiting.get(one.pk, 0), cases.get(one.pk, 0), now=now) for one in processes(keys)]

    return KeyedShelf([key for _place, key in urgency], rows)


def _work_row(process: Process, waiting: int, cases: int, *, now: datetime) -> WorkRow:
    locked = process.commitment.locked_at is not None
    promise = promise_of(process.commitment, now=now, unanswered_count=waiting) if locked else None
    return WorkRow(process, promise, waiting, cases)


def _urgency(
    key: int, stage: str, locked_at: datetime | None, answer_by: date | None, kept_at: datetime | None, *, today: date
) -> tuple[bool, int, int]:
    """Closed and kept ones last; among the others the nearest promise first, then what is in preparation."""
    closed = stage == RoomStage.CLOSED
    if locked_at is None or answer_by is None:
        return closed, 10_000, key
    return closed, (answer_by - today).days + (100_000 if kept_at else 0), key
