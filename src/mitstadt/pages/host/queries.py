"""What a host sees: what is due first, what waits and how long, who works here, which codes are out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.organisations.queries import at_work
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.formats import DueList
from mitstadt.spine.models import (
    CodeBatch,
    CodeOrigin,
    Part,
    ParticipationCode,
    Process,
    Room,
    RoomRole,
    RoomStage,
)
from mitstadt.spine.permits import can_prepare_for
from mitstadt.spine.queries.moderation import open_cases, open_cases_in
from mitstadt.spine.queries.processes import WITH_PARTS
from mitstadt.spine.queries.promises import Promise, promise_of
from mitstadt.spine.queries.shelves import KeyedShelf, Shelf, fetched
from mitstadt.spine.queries.tallies import waiting_in
from mitstadt.spine.queries.waiting import WaitingAges, total_of, waiting_ages
from mitstadt.spine.queries.workplaces import processes_where, rooms_where


@dataclass(frozen=True)
class CodeCount:
    """How many codes are out, and how many were used."""

    issued: int
    used: int


@dataclass(frozen=True)
class PartBoard:
    """What waits in one part: how long contributions have waited, where they are answered, and what its format adds."""

    title: str
    ages: WaitingAges
    href: str = ""
    lists: Sequence[DueList] = ()


@dataclass(frozen=True)
class Dashboard:
    """What is due in one process."""

    promise: Promise | None
    parts: Sequence[PartBoard]
    waiting: int
    cases: int
    codes: CodeCount


def dashboard(process: Process, parts: Sequence[Part], *, now: datetime) -> Dashboard:
    """Everything that is due in a process: a constant number of queries for each of its parts."""
    ages = waiting_ages(process, now=now)
    waiting = total_of(ages.values())
    locked = process.commitment.locked_at is not None
    return Dashboard(
        promise=promise_of(process.commitment, now=now, unanswered_count=waiting) if locked else None,
        parts=[board for board in _boards(process, parts, ages, now=now) if board.ages.total or board.lists],
        waiting=waiting,
        cases=open_cases_in(process),
        codes=code_count(process),
    )


def _boards(
    process: Process, parts: Sequence[Part], ages: Mapping[int | None, WaitingAges], *, now: datetime
) -> Iterator[PartBoard]:
    for part in parts:
        declared = formats.format_of(part)
        lists = declared.board(part, now) if declared and declared.board else ()
        href = declared.waiting(part) if declared else ""
        yield PartBoard(part.title, ages.get(part.pk, WaitingAges()), href, lists)
    # What belongs to no part waits too.
    yield PartBoard(process.title, ages.get(None, WaitingAges()))


def code_count(room: Room) -> CodeCount:
    """The printed codes of a room; what guests and slips without a code were given is not counted."""
    printed = ParticipationCode.objects.filter(room=room, origin__in=[CodeOrigin.PRINTED, CodeOrigin.LETTER])
    counts = printed.aggregate(issued=Count("pk"), used=Count("pk", filter=Q(first_used_at__isnull=False)))
    return CodeCount(counts["issued"], counts["used"])


def batches_of(room: Room) -> list[CodeBatch]:
    """The batches that were printed for a room, the latest first, each with what became of its codes; one query."""
    codes = Count("codes")
    used = Count("codes", filter=Q(codes__first_used_at__isnull=False))
    revoked = Count("codes", filter=Q(codes__revoked_at__isnull=False))
    rows = CodeBatch.objects.filter(room=room).select_related("issued_by")
    return list(rows.annotate(held=codes, used=used, revoked=revoked).order_by("-number"))


def roles_in(room: Room) -> list[RoomRole]:
    """Who has a role in this room alone, by name; one query."""
    roles = RoomRole.objects.filter(room=room).select_related("person")
    return list(roles.order_by("person__display_name", "person__email", "role"))


def members_of(room: Room) -> list[Membership]:
    """Who works on it through the organisation; one query."""
    members = Membership.objects.filter(organisation=room.host_id).exclude(role=Role.CONTRIBUTOR)
    return list(members.select_related("person").order_by("person__display_name", "role"))


def organisations_to_prepare_for(actor: Actor) -> list[Organisation]:
    """The organisations in whose name the actor may begin a process."""
    if actor.is_guest or not actor.is_staff_somewhere:
        return []
    return [one for one in at_work() if can_prepare_for(actor, one.pk)]


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


@dataclass(frozen=True)
class RoomRow:
    """One room without a promise that a person works in, with what waits there."""

    room: Room
    waiting: int
    cases: int


def room_rows(actor: Actor) -> list[RoomRow]:
    """Every room that is no process and in which the actor works, what waits most on top; three queries."""
    rooms = list(rooms_where(actor, Deed.SEE_DASHBOARD).exclude(kind=Process.KIND).select_related("host"))
    keys = [room.pk for room in rooms]
    waiting, cases = (waiting_in(keys), open_cases(keys)) if keys else ({}, {})
    rows = [RoomRow(room, waiting.get(room.pk, 0), cases.get(room.pk, 0)) for room in rooms]
    return sorted(rows, key=lambda row: (-row.waiting, row.room.pk))


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
