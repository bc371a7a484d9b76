"""Report, decide with a public reason, appeal; where the process asks for it, two people decide.

What one of two hides is away at once, and says that it is so for now; the second agrees, or brings it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_kin, lock_row
from mitstadt.spine.actions.notices import tell_followers, tell_of_new
from mitstadt.spine.actions.records import change_state, change_states, checked_text, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import (
    Appeal,
    Authorship,
    ModerationCase,
    ModerationVerdict,
    Record,
    RecordState,
    Report,
    ReportReason,
    Room,
)
from mitstadt.spine.permits import (
    permit_agreeing,
    permit_appeal_decision,
    permit_hiding,
    permit_on,
    permit_opening,
    permit_verdict,
    room_of,
)
from mitstadt.spine.queries.successions import same_words_as
from mitstadt.spine.verbs import Verb

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


def look_at(record: Record, *, actor: Actor, now: datetime) -> ModerationCase:
    """A moderator opens a case without a report, or finds the one that is open."""
    with transaction.atomic():
        lock_kin(record)
        require(permit_opening(actor, record))
        case, new = ModerationCase.objects.get_or_create(
            record_id=record.pk, decided_at=None, defaults={"opened_at": now, "opened_by": actor.person}
        )
        if new:
            record_act(actor=actor, verb=verbs.LOOKED_AT, record=record, now=now)
    return case


def judge(
    record: Record, *, actor: Actor, verdict: ModerationVerdict, rule: str, reason: str, now: datetime
) -> ModerationCase:
    """Look at a record without a report and decide, both or neither."""
    with transaction.atomic():
        case = look_at(record, actor=actor, now=now)
        return decide(case, actor=actor, verdict=verdict, rule=rule, reason=reason, now=now)


def open_case(record: Record, *, now: datetime) -> ModerationCase:
    """The open case about a record; begins one where there is none."""
    case, _new = ModerationCase.objects.get_or_create(record_id=record.pk, decided_at=None, defaults={"opened_at": now})
    return case


def decide(
    case: ModerationCase, *, actor: Actor, verdict: ModerationVerdict, rule: str, reason: str, now: datetime
) -> ModerationCase:
    """Decide a case; where two must agree, hide for now and propose it. Everyone reads rule and reason.

    What was split says its words twice: with a piece the whole is hidden, with the whole its pieces, in cases of their
    own, so that each can be objected to.
    """
    if not reason.strip():
        raise Refused("reason_missing")
    with transaction.atomic():
        decided = _decided(case, actor=actor, verdict=verdict, rule=rule, reason=reason, now=now)
        for other in same_words_as(decided.record) if verdict is ModerationVerdict.HIDE else ():
            if permit_opening(actor, other):
                beside = open_case(other, now=now)
                if permit_verdict(actor, beside):
                    _decided(beside, actor=actor, verdict=verdict, rule=rule, reason=reason, now=now)
    return decided


def _decided(
    case: ModerationCase, *, actor: Actor, verdict: ModerationVerdict, rule: str, reason: str, now: datetime
) -> ModerationCase:
    case = _locked_case(case)
    require(permit_verdict(actor, case))
    if case.decided_at:
        raise Refused("case_decided")
    if verdict is ModerationVerdict.HIDE:
        require(permit_hiding(actor, case.record))
    needs_second = _needs_second(case, verdict, actor)
    case.rule, case.reason = rule, checked_text(reason, limit=MOST_CHARACTERS)
    case.reason_is_public = True
    if needs_second:
        _propose(case, verdict, actor=actor, now=now)
        _hide_for_now(case, actor=actor, now=now)
    else:
        _settle(case, verdict, actor=actor, now=now)
    return case


def _locked_case(case: ModerationCase) -> ModerationCase:
    """The case as it stands, behind its record and all that changes with it."""
    record = case.record
    lock_kin(record)
    case = lock_row(case, reason="case_decided")
    case.record = record
    return case


def agree(case: ModerationCase, *, actor: Actor, now: datetime) -> ModerationCase:
    """The second person agrees to what the first one proposed, with its rule and its reason."""
    with transaction.atomic():
        case = _locked_case(case)
        require(permit_agreeing(actor, case))
        _settle(case, ModerationVerdict(case.proposed_verdict), actor=actor, now=now)
    return case


def decide_together(
    cases: Sequence[ModerationCase],
    *,
    actor: Actor,
    verdict: ModerationVerdict,
    rule: str,
    reason: str,
    now: datetime,
) -> None:
    """Decide about all that was held in one burst; whoever calls locked the cases and asked for the permit.

    All states change before the first act: whoever appended one holds the log.
    """
    held = [case for case in cases if case.record.state == RecordState.HELD]
    proposes = [case for case in held if verdict is ModerationVerdict.HIDE and _room(case.record).four_eyes]
    for case in cases:
        case.rule, case.reason, case.reason_is_public = rule, reason, True
        if case in proposes:
            _propose(case, verdict, actor=actor, now=now)
        else:
            case.verdict, case.decided_by, case.decided_at = verdict, actor.person, now
            case.hidden_at = now if verdict is ModerationVerdict.HIDE else None
        case.save()
    settled = [case.record for case in held if case not in proposes]
    is_kept = verdict is ModerationVerdict.KEEP
    for record in settled if is_kept else ():
        tell_of_new(record, now=now)
    if settled:
        change_states(settled, published_again(settled[0]) if is_kept else RecordState.HIDDEN, now=now)
    for case in cases:
        verb = verbs.SETTLED if case not in held else verbs.PROPOSED_VERDICT if case in proposes else _event(verdict)
        record_act(actor=actor, verb=verb, record=case.record, now=now, details={"rule": rule})


def _propose(case: ModerationCase, verdict: ModerationVerdict, *, actor: Actor, now: datetime) -> None:
    case.proposed_verdict, case.proposed_by, case.proposed_at = verdict, actor.person, now
    case.proposed_rule, case.proposed_reason = case.rule, case.reason


def _needs_second(case: ModerationCase, verdict: ModerationVerdict, actor: Actor) -> bool:
    """Whether this is the first of two; what two began, two end, whatever the room asks for meanwhile."""
    room = room_of(case.record)
    if verdict is not ModerationVerdict.HIDE or room is None:
        return False
    if actor.person is not None and case.proposed_by_id == actor.person.pk:
        raise Refused("second_person_needed")
    return room.four_eyes and case.proposed_verdict != verdict


def _hide_for_now(case: ModerationCase, *, actor: Actor, now: datetime) -> None:
    """Take the words away until a second person has looked; what waits to appear goes on waiting."""
    record, is_up = case.record, case.record.is_up
    if is_up:
        case.hidden_at = now
    case.save()
    if is_up:
        _note_merged(case)
        change_state(record, RecordState.HIDDEN, now=now)
        tell_followers([record], verbs.HIDDEN_FOR_NOW, now=now)
    verb = verbs.HIDDEN_FOR_NOW if is_up else verbs.PROPOSED_VERDICT
    record_act(actor=actor, verb=verb, record=record, now=now, details={"rule": case.rule})


def _note_merged(case: ModerationCase) -> None:
    """Remember whose words had come in, before hiding parts them again."""
    came_in = Authorship.objects.filter(record_id=case.record_id, person__isnull=False)
    case.merged_people.set(came_in.values_list("person", flat=True))


def _settle(case: ModerationCase, verdict: ModerationVerdict, *, actor: Actor, now: datetime) -> None:
    case.verdict, case.decided_by, case.decided_at = verdict, actor.person, now
    is_away = case.record.state == RecordState.HIDDEN and case.hidden_at is not None
    if verdict is ModerationVerdict.HIDE and not is_away:
        case.hidden_at = now
        _note_merged(case)
    case.save()
    _carry_out(case.record, verdict, is_away=is_away, actor=actor, rule=case.rule, now=now)


def _carry_out(
    record: Record, verdict: ModerationVerdict, *, is_away: bool, actor: Actor, rule: str, now: datetime
) -> None:
    """Let the record follow the verdict; `is_away` says that this very case hid it for now."""
    held = record.state == RecordState.HELD
    if not (held or record.is_up or is_away):
        # Taken back or hidden meanwhile: nothing is left to hide or to keep, and nobody is told that it was.
        record_act(actor=actor, verb=verbs.SETTLED, record=record, now=now, details={"rule": rule})
        return
    if verdict is ModerationVerdict.HIDE and not is_away:
        change_state(record, RecordState.HIDDEN, now=now)
    elif verdict is ModerationVerdict.KEEP and (held or is_away):
        change_state(record, published_again(record), now=now)
    if held and verdict is ModerationVerdict.KEEP:
        tell_of_new(record, now=now)
    event = _event(verdict, is_away=is_away)
    tell_followers([record], event, now=now)
    record_act(actor=actor, verb=event, record=record, now=now, details={"rule": rule})


def _event(verdict: ModerationVerdict, *, is_away: bool = False) -> Verb:
    if verdict is ModerationVerdict.HIDE:
        return verbs.HIDDEN
    return verbs.BROUGHT_BACK if is_away else verbs.KEPT


def appeal(case: ModerationCase, *, actor: Actor, text: str, now: datetime) -> Appeal:
    """The author asks for a second look at what was decided; once."""
    with transaction.atomic():
        case = _locked_case(case)
        require(permit_on(actor, Deed.APPEAL, case.record, now=now))
        if case.decided_at is None:
            raise Refused("not_decided_yet")
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
        require(permit_appeal_decision(actor, case))
        if made.decided_at:
            raise Refused("case_decided")
        made.upheld, made.reason = upheld, checked_text(reason, limit=MOST_CHARACTERS)
        made.decided_by, made.decided_at, made.reason_is_public = actor.person, now, True
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
