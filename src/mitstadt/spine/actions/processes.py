"""Prepare a process, plan its phases, open it with a complete commitment, change that in public, close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import formats, verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import change_state, content_of, earlier_submission, publish_record
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import (
    Access,
    Commitment,
    CommitmentChange,
    Phase,
    Process,
    ProcessStage,
    RecordState,
)
from mitstadt.spine.permits import Permit, can_prepare_for, permit
from mitstadt.spine.queries.promises import unanswered
from mitstadt.spine.texts import field_names


def prepare_process(
    *,
    host: Organisation,
    actor: Actor,
    title: str,
    body: str,
    now: datetime,
    area_id: int | None = None,
    access: Access = Access.ANYONE,
    submission_key: UUID | None = None,
) -> Process:
    """Begin a process: seen by its host alone until it opens. A repeated submission returns the first."""
    if earlier := earlier_submission(Process, submission_key):
        return earlier
    if not can_prepare_for(actor, host.pk):
        raise Refused("needs_role")
    process = Process(
        title=title,
        body=body,
        host=host,
        organisation=host,
        author=actor.person,
        area_id=area_id,
        access=access,
        submission_key=submission_key,
        state=RecordState.DRAFT,
    )
    with transaction.atomic():
        publish_record(process, actor=actor, verb=verbs.PREPARED, now=now)
        Commitment.objects.create(process=process)
    return process


def write_commitment(process: Process, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Commitment:
    """Fill in the commitment while the process is in preparation; silent changes end when it opens."""
    require(permit(actor, Deed.PREPARE, process, now=now))
    commitment = Commitment.objects.get(process=process)
    if commitment.locked_at:
        raise Refused("already_open")
    for name in Commitment.FIELDS:
        if name in fields:
            setattr(commitment, name, fields[name])
    commitment.save()
    return commitment


def plan_phase(
    process: Process,
    *,
    actor: Actor,
    format_key: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
) -> Phase:
    """Add a stretch of time in which one format is open; said in the log once the process is open."""
    require(permit(actor, Deed.PREPARE, process, now=now))
    _require_order(opens_at, closes_at)
    _require_room(process, format_key)
    with transaction.atomic():
        phase = Phase.objects.create(
            process=process, format=format_key, title=title, opens_at=opens_at, closes_at=closes_at
        )
        details = {"format": format_key, "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
        record_act(actor=actor, verb=verbs.PLANNED_PHASE, record=process, now=now, details=details)
    return phase


def move_phase(
    phase: Phase, *, actor: Actor, opens_at: datetime, closes_at: datetime, now: datetime, title: str = ""
) -> None:
    """Change the dates of a phase, and its name where one is given; an open process says so in the log."""
    require(permit(actor, Deed.PREPARE, phase.process, now=now))
    _require_order(opens_at, closes_at)
    with transaction.atomic():
        phase.opens_at, phase.closes_at, phase.title = opens_at, closes_at, title or phase.title
        phase.save(update_fields=["opens_at", "closes_at", "title"])
        details = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
        record_act(actor=actor, verb=verbs.MOVED_PHASE, record=phase.process, now=now, details=details)


def _require_room(process: Process, format_key: str) -> None:
    used = set(process.phases.values_list("format", flat=True))
    if format_key in used and format_key not in {declared.key for declared in formats.still_to_plan(used)}:
        raise Refused("format_once")


def _require_order(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Refused("phase_ends_before_it_begins")


def _require_time_ahead(process: Process, *, now: datetime) -> None:
    """Nothing opens that is over already: neither the time to take part nor the day of the promised answer."""
    phases = list(process.phases.all())
    if phases and all(phase.closes_at <= now for phase in phases):
        raise Refused("phases_over")
    if process.commitment.answer_by and process.commitment.answer_by < timezone.localdate(now):
        raise Refused("answer_day_over")


def readiness(process: Process) -> Permit:
    """Whether the process may open, apart from who asks: commitment complete, phases planned, formats ready."""
    if process.commitment.missing_fields:
        return Permit(False, "commitment_incomplete")
    phases = list(process.phases.all())
    if not phases:
        return Permit(False, "no_phase_planned")
    for phase in phases:
        declared = formats.format_of(phase)
        if declared is None or not declared.is_ready(phase):
            return Permit(False, "phase_not_ready")
    return Permit(True)


def open_process(process: Process, *, actor: Actor, now: datetime) -> Process:
    """Open the process to the city; from now on its commitment is locked."""
    with transaction.atomic():
        process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
        require(permit(actor, Deed.OPEN, process, now=now))
        ready = readiness(process)
        if not ready:
            raise _refusal(ready.reason, process)
        _require_time_ahead(process, now=now)
        process.commitment.locked_at = now
        process.commitment.save(update_fields=["locked_at"])
        process.stage, process.opened_at = ProcessStage.OPEN, now
        process.save(update_fields=["stage", "opened_at"])
        for phase in process.phases.all():
            if declared := formats.format_of(phase):
                declared.on_opening(phase, actor, now)
        change_state(process, RecordState.PUBLISHED, now=now)
        record_act(
            actor=actor,
            verb=verbs.OPENED,
            record=process,
            now=now,
            content=content_of(process),
            details=_said(process.commitment),
        )
    return process


def change_commitment(
    process: Process, *, actor: Actor, field: str, value: str | date, reason: str, now: datetime
) -> CommitmentChange:
    """Change a locked commitment in public: before, after and why; everyone who follows is told."""
    require(permit(actor, Deed.CHANGE_COMMITMENT, process, now=now))
    if not reason.strip():
        raise Refused("reason_missing")
    with transaction.atomic():
        commitment = Commitment.objects.select_for_update().get(process=process)
        before = getattr(commitment, field)
        if before == value:
            raise Refused("unchanged")
        setattr(commitment, field, value)
        if commitment.missing_fields:
            raise Refused("commitment_incomplete", fields=field_names(commitment.missing_fields))
        commitment.save(update_fields=[field])
        change = CommitmentChange.objects.create(
            commitment=commitment, field=field, before=str(before), after=str(value), reason=reason, changed_at=now
        )
        details = {"field": field, "before": str(before), "after": str(value), "reason": reason}
        record_act(actor=actor, verb=verbs.CHANGED_COMMITMENT, record=process, now=now, details=details)
        tell_followers([process], verbs.CHANGED_COMMITMENT, now=now)
    return change


def declare_promise_kept(process: Process, *, actor: Actor, now: datetime) -> Commitment:
    """Say that everyone got an answer; refused while a single public contribution is without one."""
    require(permit(actor, Deed.CHANGE_COMMITMENT, process, now=now))
    open_left = unanswered(process).count()
    if open_left:
        raise Refused("unanswered_left", count=open_left)
    with transaction.atomic():
        commitment = Commitment.objects.select_for_update().get(process=process)
        if commitment.kept_at is None:
            commitment.kept_at = now
            commitment.save(update_fields=["kept_at"])
            record_act(actor=actor, verb=verbs.KEPT_PROMISE, record=process, now=now)
            tell_followers([process], verbs.KEPT_PROMISE, now=now)
    return commitment


def close_process(process: Process, *, actor: Actor, now: datetime) -> Process:
    """Close the process; everything stays readable."""
    require(permit(actor, Deed.CLOSE, process, now=now))
    if process.stage != ProcessStage.OPEN:
        raise Refused("not_open")
    with transaction.atomic():
        process.stage, process.closed_at = ProcessStage.CLOSED, now
        process.save(update_fields=["stage", "closed_at"])
        record_act(actor=actor, verb=verbs.CLOSED, record=process, now=now)
        tell_followers([process], verbs.CLOSED, now=now)
    return process


def _refusal(reason: str, process: Process) -> Refused:
    phases = ", ".join(phase.title for phase in process.phases.all())
    return Refused(reason, fields=field_names(process.commitment.missing_fields), what=phases)


def _said(commitment: Commitment) -> dict[str, object]:
    return {field: str(getattr(commitment, field)) for field in Commitment.FIELDS}
