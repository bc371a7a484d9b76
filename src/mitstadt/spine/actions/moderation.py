"""Report, decide with a reason, appeal, decide on the appeal; two people decide where the process asks for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_kin, lock_row
from mitstadt.spine.actions.notices import tell_followers, tell_of_new
from mitstadt.spine.actions.records import change_state, checked_text, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import (
    Appeal,
    ModerationCase,
    ModerationVerdict,
    Record,
    RecordState,
    Report,
    ReportReason,
    Room,
)
from mitstadt.spine.permits import permit_appeal_decision, permit_on, permit_verdict, room_of

MOST_CHARACTERS = 2_000


def report(record: Record, *, actor: Actor, reason: ReportReason, text: str, now: datetime) -> Report:
    """Put a record into the moderators' queue; several reports of one record share a case."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.REPORT, record, now=now))
        case = open_case(record, now=now)
        fields = {"reason": reason, "text": clean_words(text).strip()[:MOST_CHARACTERS], "created_at": now}
        if actor.person:
            made, new = Report.objects.get_or_create(case=case, reporter=actor.person, defaults=fields)
            if not new:
                return made
        else:
            made = Report.objects.create(case=case, **fields)
        record_act(actor=actor, verb=verbs.REPORTED, record=record, now=now, details={"reason": reason.value})
    return made


def open_case(record: Record, *, now: datetime) -> ModerationCase:
    """The open case about a record; begins one where there is none."""
    case, _new = ModerationCase.objects.get_or_create(record_id=record.pk, decided_at=None, defaults={"opened_at": now})
    return case


def decide(
    case: ModerationCase, *, actor: Actor, verdict: ModerationVerdict, rule: str, reason: str, now: datetime
) -> ModerationCase:
    """Decide a case, or propose the verdict where two people must agree. The author reads the reason."""
    if not reason.strip():
        raise Refused("reason_missing")
    with transaction.atomic():
        case = _locked_case(case)
        require(permit_verdict(actor, case.record, now=now))
        if case.decided_at:
            raise Refused("case_decided")
        case.rule, case.reason = rule, checked_text(reason, limit=MOST_CHARACTERS)
        if _needs_second(case, verdict, actor):
            case.proposed_verdict, case.proposed_by = verdict, actor.person
            case.save()
            record_act(actor=actor, verb=verbs.PROPOSED_VERDICT, record=case.record, now=now)
            return case
        case.verdict, case.decided_by, case.decided_at = verdict, actor.person, now
        case.save()
        _carry_out(case.record, verdict, actor=actor, rule=rule, now=now)
    return case


def _locked_case(case: ModerationCase) -> ModerationCase:
    """The case as it stands, behind its record and all that changes with it."""
    record = case.record
    lock_kin(record)
    case = lock_row(case, reason="case_decided")
    case.record = record
    return case


def _needs_second(case: ModerationCase, verdict: ModerationVerdict, actor: Actor) -> bool:
    room = room_of(case.record)
    if verdict is not ModerationVerdict.HIDE or room is None or not room.four_eyes:
        return False
    same_person = actor.person is not None and case.proposed_by_id == actor.person.pk
    if same_person:
        raise Refused("second_person_needed")
    return case.proposed_verdict != verdict


def _carry_out(record: Record, verdict: ModerationVerdict, *, actor: Actor, rule: str, now: datetime) -> None:
    held = record.state == RecordState.HELD
    if not (held or record.is_up):
        # Taken back or hidden meanwhile: nothing is left to hide or to keep, and nobody is told that it was.
        record_act(actor=actor, verb=verbs.SETTLED, record=record, now=now, details={"rule": rule})
        return
    if verdict is ModerationVerdict.HIDE:
        change_state(record, RecordState.HIDDEN, now=now)
    elif held:
        change_state(record, published_again(record), now=now)
        tell_of_new(record, now=now)
    event = verbs.HIDDEN if verdict is ModerationVerdict.HIDE else verbs.KEPT
    tell_followers([record], event, now=now)
    record_act(actor=actor, verb=event, record=record, now=now, details={"rule": rule})


def appeal(case: ModerationCase, *, actor: Actor, text: str, now: datetime) -> Appeal:
    """The author asks for a second look; once."""
    with transaction.atomic():
        case = _locked_case(case)
        require(permit_on(actor, Deed.APPEAL, case.record, now=now))
        made, new = Appeal.objects.get_or_create(
            case=case, defaults={"text": checked_text(text, limit=MOST_CHARACTERS), "created_at": now}
        )
        if not new:
            raise Refused("already_appealed")
        record_act(actor=actor, verb=verbs.APPEALED, record=case.record, now=now)
    return made


def published_again(record: Record) -> RecordState:
    """The state in which a record that was held or hidden is read again."""
    return published_in(_room(record))


def _room(record: Record) -> Room:
    room = room_of(record)
    if room is None:
        raise Refused("not_in_a_room")
    return room


def decide_appeal(made: Appeal, *, actor: Actor, upheld: bool, reason: str, now: datetime) -> Appeal:
    """Decide an appeal; an upheld one brings the record back."""
    if not reason.strip():
        raise Refused("reason_missing")
    with transaction.atomic():
        case = _locked_case(made.case)
        made = lock_row(made)
        made.case = case
        require(permit_verdict(actor, made.case.record, now=now))
        require(permit_appeal_decision(actor, made.case, _room(made.case.record), now=now))
        if made.decided_at:
            raise Refused("case_decided")
        made.upheld, made.reason = upheld, checked_text(reason, limit=MOST_CHARACTERS)
        made.decided_by, made.decided_at = actor.person, now
        made.save()
        record = made.case.record
        if record.state != RecordState.HIDDEN:
            record_act(actor=actor, verb=verbs.SETTLED, record=record, now=now)
            return made
        if upheld:
            change_state(record, published_again(record), now=now)
        event = verbs.APPEAL_UPHELD if upheld else verbs.APPEAL_REFUSED
        tell_followers([record], event, now=now)
        record_act(actor=actor, verb=event, record=record, now=now)
    return made
