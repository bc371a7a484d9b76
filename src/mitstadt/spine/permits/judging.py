"""Who judges: a moderator of the room who took no part in what is judged."""

from __future__ import annotations

from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import is_named_at
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import ModerationCase, Record, RecordState, Report
from mitstadt.spine.permits.answer import GRANTED, Permit
from mitstadt.spine.permits.homes import room_of
from mitstadt.spine.permits.roles import grants_for


def permit_opening(actor: Actor, record: Record) -> Permit:
    """A moderator looks at anything that is up in their rooms, also when nobody reported it."""
    granted = _moderates(actor, record)
    if not granted:
        return granted
    if not (record.is_up or record.state == RecordState.HELD):
        return Permit(False, "record_not_public")
    return Permit(False, "own_case") if is_named_at(actor, record) else GRANTED


def permit_verdict(actor: Actor, case: ModerationCase) -> Permit:
    """A case is decided by a moderator of the room who neither wrote nor reported what it is about."""
    granted = _moderates(actor, case.record)
    if not granted:
        return granted
    if is_named_at(actor, case.record):
        return Permit(False, "own_case")
    if case.merged_people.filter(pk=actor.person.pk if actor.person else None).exists():
        return Permit(False, "own_case")
    return Permit(False, "reported_this_case") if _reported(actor, case) else GRANTED


def permit_hiding(actor: Actor, record: Record) -> Permit:
    """What holds the words of others is not hidden whole: single words of it are blacked out."""
    granted = _moderates(actor, record)
    if granted and kinds.kind_of(record).holds_others:
        return Permit(False, "not_hidden_whole")
    return granted


def permit_agreeing(actor: Actor, case: ModerationCase) -> Permit:
    """What one moderator proposes, another one agrees to: all that a verdict asks for, and a second person."""
    granted = permit_verdict(actor, case)
    if not granted:
        return granted
    if case.decided_at is not None or not case.proposed_verdict:
        return Permit(False, "case_decided")
    return Permit(False, "second_person_needed") if _is(actor, case.proposed_by_id) else GRANTED


def permit_appeal_decision(actor: Actor, case: ModerationCase) -> Permit:
    """An appeal is decided by a moderator who took no part: no author, no reporter, nobody who judged the case."""
    granted = permit_verdict(actor, case)
    if not granted:
        return granted
    took_part = any(_is(actor, key) for key in (case.decided_by_id, case.proposed_by_id, case.opened_by_id))
    return Permit(False, "decided_this_case") if took_part else GRANTED


def permit_judging_burst(actor: Actor, room: Record, records: list[Record]) -> Permit:
    """A burst is judged by a moderator of its room who wrote nothing of what it supports or says."""
    granted = _moderates(actor, room)
    if not granted:
        return granted
    return Permit(False, "own_case") if any(is_named_at(actor, one) for one in records) else GRANTED


def _moderates(actor: Actor, record: Record) -> Permit:
    room = room_of(record)
    if room is None:
        return Permit(False, "not_in_a_room")
    covered = any(grant.covers(room) for grant in grants_for(actor, Deed.MODERATE))
    return GRANTED if covered else Permit(False, "needs_role")


def _is(actor: Actor, key: int | None) -> bool:
    return actor.person is not None and actor.person.pk == key


def _reported(actor: Actor, case: ModerationCase) -> bool:
    return Report.objects.filter(case_id=case.pk, reporter=actor.person).exists()
