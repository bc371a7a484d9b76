"""Prepare a process, open it with a complete commitment, change that in public, close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.words import clean_each, clean_words, has_words
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.parts import is_ready, publish_part
from mitstadt.spine.actions.records import change_state, publish_record, published_in, submitted_once
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import PARTS, content_of, contents_of
from mitstadt.spine.models import Commitment, CommitmentChange, Process, RecordState, RoomStage
from mitstadt.spine.permits import Permit, can_prepare_for, permit
from mitstadt.spine.queries.parts import contributing_until, parts_of
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
    submission_key: UUID | None = None,
) -> Process:
    """Begin a process: seen by its host alone until it opens. A repeated submission returns the first."""

    def made() -> Process:
        if not can_prepare_for(actor, host.pk):
            raise Refused("needs_role")
        process = publish_record(fresh, actor=actor, verb=verbs.PREPARED, now=now)
        Commitment.objects.create(process=process)
        return process

    fresh = Process(
        title=title,
        body=body,
        host=host,
        organisation=host,
        author=actor.person,
        area_id=area_id,
        submission_key=submission_key,
        state=RecordState.DRAFT,
    )
    return submitted_once(Process, submission_key, made)


def write_commitment(process: Process, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Commitment:
    """Fill in the commitment while the process is in preparation; silent changes end when it opens."""
    said = clean_each(fields)
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.PREPARE, process, now=now))
        commitment = Commitment.objects.get(process=process)
        if commitment.locked_at:
            raise Refused("already_open")
        for name in Commitment.FIELDS:
            if name in said:
                setattr(commitment, name, said[name])
        commitment.save()
    return commitment


def _require_time_ahead(process: Process, *, now: datetime) -> None:
    """Nothing opens that is over already: neither the time to take part nor the day of the promised answer."""
    phases = list(process.phases.all())
    if phases and all(phase.closes_at <= now for phase in phases):
        raise Refused("phases_over")
    if process.commitment.answer_by and process.commitment.answer_by < timezone.localdate(now):
        raise Refused("answer_day_over")


def readiness(process: Process) -> Permit:
    """Whether the process may open, apart from who asks: commitment complete, phases planned, parts ready."""
    if process.commitment.missing_fields:
        return Permit(False, "commitment_incomplete")
    parts = parts_of(process)
    if not parts:
        return Permit(False, "no_phase_planned")
    return Permit(True) if all(is_ready(part) for part in parts) else Permit(False, "part_not_ready")


def open_process(process: Process, *, actor: Actor, now: datetime) -> Process:
    """Open the process to the city; from now on its commitment is locked."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.OPEN, process, now=now))
        ready = readiness(process)
        if not ready:
            raise _refusal(ready.reason, process)
        _require_time_ahead(process, now=now)
        process.commitment.locked_at = now
        process.commitment.save(update_fields=["locked_at"])
        process.stage, process.opened_at = RoomStage.OPEN, now
        process.save(update_fields=["stage", "opened_at"])
        change_state(process, published_in(process), now=now)
        parts = parts_of(process)
        for part in parts:
            publish_part(part, actor=actor, now=now)
        record_act(
            actor=actor,
            verb=verbs.OPENED,
            record=process,
            now=now,
            content={**content_of(process), PARTS: contents_of(parts)},
            details=_said(process.commitment),
        )
    return process


def change_commitment(
    process: Process, *, actor: Actor, field: str, value: str | date, reason: str, now: datetime
) -> CommitmentChange:
    """Change a locked commitment in public: before, after and why; everyone who follows is told."""
    reason = clean_words(reason).strip()
    value = clean_words(value).strip() if isinstance(value, str) else value
    if not has_words(reason):
        raise Refused("reason_missing")
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.CHANGE_COMMITMENT, process, now=now))
        commitment = Commitment.objects.get(process=process)
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
    """Say that everyone got an answer; refused while one is missing, and while more contributions may come."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.CHANGE_COMMITMENT, process, now=now))
        open_left = unanswered(process)
        if open_left:
            raise Refused("unanswered_left", count=open_left)
        if until := contributing_until(process, now=now):
            require(Permit(False, "still_contributing", until))
        commitment = Commitment.objects.get(process=process)
        if commitment.kept_at is None:
            commitment.kept_at = now
            commitment.save(update_fields=["kept_at"])
            record_act(actor=actor, verb=verbs.KEPT_PROMISE, record=process, now=now)
            tell_followers([process], verbs.KEPT_PROMISE, now=now)
    return commitment


def close_process(process: Process, *, actor: Actor, now: datetime) -> Process:
    """Close the process; everything stays readable."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.CLOSE, process, now=now))
        if process.stage != RoomStage.OPEN:
            raise Refused("not_open")
        process.stage, process.closed_at = RoomStage.CLOSED, now
        process.save(update_fields=["stage", "closed_at"])
        record_act(actor=actor, verb=verbs.CLOSED, record=process, now=now)
        tell_followers([process], verbs.CLOSED, now=now)
    return process


def _refusal(reason: str, process: Process) -> Refused:
    waiting = ", ".join(part.title for part in parts_of(process) if not is_ready(part))
    return Refused(reason, fields=field_names(process.commitment.missing_fields), what=waiting)


def _said(commitment: Commitment) -> dict[str, object]:
    return {field: str(getattr(commitment, field)) for field in Commitment.FIELDS}
