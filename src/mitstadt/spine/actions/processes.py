"""Prepare a process, open it with a complete commitment, say that this was kept, close it.

What changes of it in public is in `amendments`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mitstadt.ground.organisations.contact import contact_of
from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.words import clean_each
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import hold_log, record_act
from mitstadt.spine.actions.closing_organisations import require_at_work
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.outcomes import Outcome, decide
from mitstadt.spine.actions.parts import is_ready, publish_parts
from mitstadt.spine.actions.records import change_state, publish_record, published_in, submitted_once
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import PARTS, content_of, contents_of
from mitstadt.spine.models import Commitment, Process, RecordState, RoomStage
from mitstadt.spine.permits import Permit, can_prepare_for, permit
from mitstadt.spine.queries.dates import date_faults
from mitstadt.spine.queries.decisions import require_body
from mitstadt.spine.queries.parts import parts_of, taking_part_until
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
        require_at_work(host)
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
        for name in (*Commitment.FIELDS, *Commitment.BESIDE):
            if name in said:
                setattr(commitment, name, said[name])
        require_body(process, commitment.decided_by_id)
        commitment.save()
    return commitment


def _require_days_that_fit(process: Process, *, now: datetime) -> None:
    """Refuse days that contradict each other or are over, all faults at once."""
    faults = date_faults(process, now=now)
    if len(faults) == 1:
        raise Refused(faults[0].reason, **faults[0].parameters)
    if faults:
        raise Refused("dates_clash", what=" ".join(fault.sentence for fault in faults))


def readiness(process: Process) -> Permit:
    """Whether the process may open, apart from who asks: commitment, phases, parts, and how to reach its host."""
    if process.commitment.missing_fields:
        return Permit(False, "commitment_incomplete")
    parts = parts_of(process)
    if not parts:
        return Permit(False, "no_phase_planned")
    if not all(is_ready(part) for part in parts):
        return Permit(False, "part_not_ready")
    return Permit(False, "contact_incomplete") if contact_of(process.host).missing else Permit(True)


def open_process(process: Process, *, actor: Actor, now: datetime) -> Process:
    """Open the process to the city; from now on its commitment is locked."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.OPEN, process, now=now))
        ready = readiness(process)
        if not ready:
            raise _refusal(ready.reason, process)
        _require_days_that_fit(process, now=now)
        process.commitment.locked_at = now
        process.commitment.save(update_fields=["locked_at"])
        process.stage, process.opened_at = RoomStage.OPEN, now
        process.save(update_fields=["stage", "opened_at"])
        change_state(process, published_in(process), now=now)
        parts = parts_of(process)
        publish_parts(process, parts, actor=actor, now=now)
        record_act(
            actor=actor,
            verb=verbs.OPENED,
            record=process,
            now=now,
            content={**content_of(process), PARTS: contents_of(parts)},
            details=_said(process.commitment),
        )
        tell_followers([process], verbs.OPENED, now=now, except_person=actor.person.pk if actor.person else None)
    return process


def declare_promise_kept(process: Process, *, actor: Actor, now: datetime) -> Commitment:
    """Say that everyone got an answer; refused while one is missing, and while people can still take part."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.CHANGE_COMMITMENT, process, now=now))
        # Whoever says something holds the log until it counts: nothing new comes between the count and the word.
        hold_log()
        open_left = unanswered(process)
        if open_left:
            raise Refused("unanswered_left", count=open_left)
        if until := taking_part_until(process, now=now):
            require(Permit(False, "still_taking_part", until))
        commitment = Commitment.objects.get(process=process)
        if commitment.kept_at is None:
            commitment.kept_at, commitment.released_at = now, None
            commitment.save(update_fields=["kept_at", "released_at"])
            record_act(actor=actor, verb=verbs.KEPT_PROMISE, record=process, now=now)
            tell_followers([process], verbs.KEPT_PROMISE, now=now)
    return commitment


def close_process(process: Process, *, actor: Actor, outcome: Outcome, now: datetime) -> Process:
    """Close the process and say what came of it, once the time to take part is over; everything stays readable.

    Who wants it over sooner shortens that time first, with a second person (`amending.SHORTEN`).
    """
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.CLOSE, process, now=now))
        if process.stage != RoomStage.OPEN:
            raise Refused("not_open")
        if until := taking_part_until(process, now=now):
            require(Permit(False, "closing_too_early", until))
        process.stage, process.closed_at = RoomStage.CLOSED, now
        process.save(update_fields=["stage", "closed_at"])
        decided = decide(process, outcome, actor=actor, now=now)
        record_act(actor=actor, verb=verbs.CLOSED, record=process, now=now, details={"outcome": decided.ref})
        tell_followers([process], verbs.CLOSED, now=now, said=decided)
    return process


def _refusal(reason: str, process: Process) -> Refused:
    waiting = ", ".join(part.title for part in parts_of(process) if not is_ready(part))
    missing = ", ".join(contact_of(process.host).missing)
    return Refused(reason, fields=field_names(process.commitment.missing_fields), what=waiting, contact=missing)


def _said(commitment: Commitment) -> dict[str, object]:
    return {field: str(getattr(commitment, field) or "") for field in (*Commitment.FIELDS, *Commitment.BESIDE)}
