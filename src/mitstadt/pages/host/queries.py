"""What a host sees: what is due first, what waits and how long, who works here, which codes are out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.spine import formats, kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.formats import DueList
from mitstadt.spine.models import (
    UP,
    CodeOrigin,
    ModerationCase,
    Part,
    ParticipationCode,
    Process,
    Record,
    RoomRole,
    RoomStage,
)
from mitstadt.spine.permits import can_prepare_for
from mitstadt.spine.queries.moderation import open_cases_in
from mitstadt.spine.queries.processes import WITH_PARTS
from mitstadt.spine.queries.promises import Promise, promise_of
from mitstadt.spine.queries.waiting import WaitingAges, total_of, waiting_ages
from mitstadt.spine.queries.workplaces import processes_where


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


def workplace_rows(actor: Actor, *, now: datetime) -> list[WorkRow]:
    """Every process the actor works on, what is due first on top; two queries however many there are."""
    mine = processes_where(actor, Deed.SEE_DASHBOARD)
    processes = (
        mine.select_related("host", "area", "commitment")
        .prefetch_related(WITH_PARTS)
        .annotate(waiting=_count(_unanswered()), cases=_count(_open_cases()))
        .order_by("pk")
    )
    return sorted((_work_row(process, now=now) for process in processes), key=_urgency)


def _work_row(process: Process, *, now: datetime) -> WorkRow:
    waiting, cases = (int(getattr(process, name)) for name in ("waiting", "cases"))
    locked = process.commitment.locked_at is not None
    promise = promise_of(process.commitment, now=now, unanswered_count=waiting) if locked else None
    return WorkRow(process, promise, waiting, cases)


def _urgency(row: WorkRow) -> tuple[int, int, int]:
    """Closed and kept ones last; among the others the nearest promise first, then what is in preparation."""
    stage = list(RoomStage).index(RoomStage.CLOSED) if row.process.stage == RoomStage.CLOSED else 0
    if row.promise is None:
        return stage, 10_000, row.process.pk
    done = 100_000 if row.promise.kept_at else 0
    return stage, row.promise.days_left + done, row.process.pk


def _unanswered() -> QuerySet[Record, Any]:
    return Record.objects.filter(
        room=OuterRef("pk"), kind__in=kinds.answerable_kinds(), state__in=UP, answer_state=""
    ).values("room")


def _open_cases() -> QuerySet[ModerationCase, Any]:
    waits = Q(decided_at__isnull=True) | Q(appeal__isnull=False, appeal__decided_at__isnull=True)
    return ModerationCase.objects.filter(waits, record__room=OuterRef("pk")).values("record__room")


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = rows.order_by().annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
