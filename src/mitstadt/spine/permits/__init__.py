"""The one place that decides who may do what now, to what kind of thing, in which part of which room.

Every page, route, feed and export asks here. A permit is truthy when granted; otherwise it carries a reason code and,
where it helps, a time, so that a page can say why not and when it will be possible.

What everyone may do to a thing follows from its part: the part's phases in time and its access. A thing that belongs to
no part follows from what the kind of its room declares. What people with a task may do follows from role × room.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mitstadt.spine import kinds, rooms
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Part, Record, RecordState, Room, RoomStage, Standing
from mitstadt.spine.permits.answer import GRANTED, Permit
from mitstadt.spine.permits.authors import (
    BY_AUTHOR,
    BY_AUTHOR_TOO,
    are_own_words,
    by_author,
    of_their_own,
    why_not_here,
)
from mitstadt.spine.permits.homes import is_readable, part_of, room_of
from mitstadt.spine.permits.judging import (
    permit_agreeing,
    permit_appeal_decision,
    permit_hiding,
    permit_judging_burst,
    permit_opening,
    permit_verdict,
)
from mitstadt.spine.permits.roles import (
    BY_ROLE,
    by_answering_host_only,
    can_prepare_for,
    grants_for,
    permit_entry,
    permit_leading,
    permit_pause_ending,
    permit_text_blocks,
    roles_for,
)
from mitstadt.spine.permits.signing import Drafted, permit_signing
from mitstadt.spine.permits.stages import why_not_at_this_stage
from mitstadt.spine.permits.times import COUNTS, PAPER_GRACE, access_permit, has_opened, phase_permit

__all__ = [
    "GRANTED",
    "PAPER_GRACE",
    "Drafted",
    "Permit",
    "by_answering_host_only",
    "can_prepare_for",
    "checks_first",
    "grants_for",
    "is_for_the_office",
    "is_readable",
    "part_of",
    "permit",
    "permit_agreeing",
    "permit_any",
    "permit_appeal_decision",
    "permit_entering",
    "permit_entry",
    "permit_following",
    "permit_hiding",
    "permit_judging_burst",
    "permit_leading",
    "permit_on",
    "permit_opening",
    "permit_pause_ending",
    "permit_retracting",
    "permit_second",
    "permit_signing",
    "permit_standing",
    "permit_text_blocks",
    "permit_verdict",
    "roles_for",
    "room_of",
]

# What everyone may do while it is open.
_BY_TIME = {Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT, Deed.VOTE}
# What somebody who is paused may not do. Leaving, taking back, erasing and objecting stay everybody's right.
_WRITING = _BY_TIME | {Deed.REWORD, Deed.JOIN, Deed.INVITE, *BY_AUTHOR_TOO}
# What is judged or mended by those with the task, also where nobody else reads it any more.
_BY_OFFICE_IN_ANY_STATE = {Deed.MODERATE, Deed.BLACK_OUT, Deed.ERASE_FOR_OTHERS, Deed.CORRECT_ENTRY, Deed.PAUSE}


def permit(actor: Actor, deed: Deed, place: Room | Part, kind: str = "", *, now: datetime) -> Permit:
    """Whether the actor may do this deed to this kind of thing in the part now; without a kind, to any.

    A part should come with its phases prefetched and its room; nothing is queried then.
    """
    if isinstance(place, Part):
        return _in(actor, deed, kind, place.home, place, now=now)
    return _in(actor, deed, kind, place, None, now=now)


def permit_on(actor: Actor, deed: Deed, record: Record, *, now: datetime) -> Permit:
    """Whether the actor may do this deed to this record now."""
    if deed in BY_AUTHOR:
        paused = deed in _WRITING and _is_paused(actor, room_of(record))
        granted = Permit(False, "paused") if paused else by_author(actor, deed, record)
        return _rewording(actor, record, now=now) if granted and deed is Deed.REWORD else granted
    room = room_of(record)
    if room is None:
        return Permit(False, "not_in_a_room")
    if deed in _WRITING and _is_paused(actor, room):
        return Permit(False, "paused")
    if deed not in _BY_OFFICE_IN_ANY_STATE and not is_readable(actor, record, room):
        return Permit(False, "record_not_public")
    if reason := _why_not_by_office(deed, record):
        return Permit(False, reason)
    if reason := why_not_here(deed, record):
        return Permit(False, reason)
    if deed in BY_AUTHOR_TOO and are_own_words(actor, record):
        return of_their_own(deed, record, room)
    return _in(actor, deed, record.kind, room, part_of(record), now=now)


def _rewording(actor: Actor, record: Record, *, now: datetime) -> Permit:
    """Words are changed while the same could still be said anew, and not past those who read everything first."""
    room, part = room_of(record), part_of(record)
    if room is None:
        return Permit(False, "not_in_a_room")
    if checks_first(room, part):
        return Permit(False, "reword_checked_first")
    spoken_to = kinds.stands_at(record).kind if part is None else ""
    return _in(actor, kinds.kind_of(record).came_by, spoken_to, room, part, now=now)


def _is_paused(actor: Actor, room: Room | None) -> bool:
    return room is not None and actor.is_paused_in(room)


def _why_not_by_office(deed: Deed, record: Record) -> str:
    """The reason where nothing is left to black out, erase or correct, or nobody typed it for somebody else."""
    if deed in {Deed.BLACK_OUT, Deed.ERASE_FOR_OTHERS, Deed.CORRECT_ENTRY} and record.state == RecordState.ERASED:
        return "already_erased"
    if deed is Deed.CORRECT_ENTRY:
        if record.entered_by_id is None or not (record.is_up or record.state == RecordState.HELD):
            return "not_entered_at_the_desk"
        return "correct_answered" if record.answer_state else ""
    return "no_author_to_pause" if deed is Deed.PAUSE and record.author_id is None else ""


def permit_second(actor: Actor, proposed_by: int | None, record: Record, *, now: datetime) -> Permit:
    """The second of two who erase somebody else's words: with the same task, and not the first one."""
    granted = permit_on(actor, Deed.ERASE_FOR_OTHERS, record, now=now)
    if granted and (actor.person is None or actor.person.pk == proposed_by):
        return Permit(False, "second_person_needed")
    return granted


def permit_retracting(actor: Actor, record: Record) -> Permit:
    """What was said for an organisation is taken back by those who lead it, where people take back their own."""
    if record.organisation_id is None:
        return Permit(False, "not_said_for_an_office")
    if not kinds.accepts(record.kind, Deed.WITHDRAW):
        return Permit(False, "kind_takes_no_such_deed")
    if not record.is_up:
        return Permit(False, "record_not_public")
    return permit_leading(actor, record.organisation_id)


def is_for_the_office(actor: Actor, deed: Deed, record: Record) -> bool:
    """Whether the actor does this with a task in the record's room, and not as one of its authors."""
    room = room_of(record)
    return room is not None and any(grant.covers(room) for grant in grants_for(actor, deed))


def permit_any(actor: Actor, deed: Deed, parts: Iterable[Part], kind: str = "", *, now: datetime) -> Permit:
    """The permit in the first part that grants the deed; otherwise the refusal that leaves the most hope."""
    found = [permit(actor, deed, part, kind, now=now) for part in parts]
    return min(
        found, key=lambda one: (not one.ok, one.reason != "phase_not_yet"), default=Permit(False, "no_such_phase")
    )


def permit_entering(clerk: Actor, deed: Deed, record: Record, *, now: datetime) -> Permit:
    """Whether a clerk may enter this deed for somebody else, to this record: while it is open, and a while longer."""
    room, part = room_of(record), part_of(record)
    if room is None or part is None:
        return Permit(False, "not_in_a_room")
    if not is_readable(clerk, record, room):
        return Permit(False, "record_not_public")
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if reason := why_not_here(deed, record):
        return Permit(False, reason)
    return _entering(clerk, deed, room, part, now=now)


def permit_standing(record: Record, standing: Standing) -> Permit:
    """Whether somebody of this standing counts where the record belongs: who is entered at the desk needs it too."""
    room, part = room_of(record), part_of(record)
    declared = rooms.kind_of(room) if room else None
    access = part.access if part is not None else declared.access if declared else Access.ACCOUNT
    if standing in COUNTS[Access(access)]:
        return GRANTED
    if standing is Standing.SLIP:
        return Permit(False, "slip_needs_code")
    return Permit(False, "needs_account" if access == Access.ACCOUNT else "needs_code")


def checks_first(room: Room, part: Part | None) -> bool:
    """Whether what people write there is read by a moderator before it appears."""
    if part is not None:
        return part.checks_first
    declared = rooms.kind_of(room)
    return declared is None or declared.checks_first


def _in(actor: Actor, deed: Deed, kind: str, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if kind and not kinds.accepts(kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if deed in _WRITING and actor.is_paused_in(room):
        return Permit(False, "paused")
    if deed in BY_ROLE:
        return _by_role(actor, deed, room, part, now=now)
    if not has_opened(room):
        return Permit(False, "room_not_open")
    if deed in _BY_TIME:
        return _by_time(actor, deed, kind, room, part, now=now)
    if deed is Deed.FOLLOW:
        return permit_following(actor)
    if deed in {Deed.REPORT, Deed.REMIND}:
        return GRANTED
    if deed is Deed.JOIN:
        return _joining(actor, room, part)
    return Permit(False, "not_yours")


def _by_role(actor: Actor, deed: Deed, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if not any(grant.covers(room) for grant in grants_for(actor, deed)):
        return Permit(False, "needs_role")
    if reason := why_not_at_this_stage(deed, room):
        return Permit(False, reason, room.closed_at if reason == "room_closed" else None)
    if deed is Deed.ENTER_FOR_OTHERS:
        return _entering(actor, Deed.CONTRIBUTE, room, part, now=now) if part else Permit(False, "no_such_phase")
    return GRANTED


def _entering(clerk: Actor, deed: Deed, room: Room, part: Part, *, now: datetime) -> Permit:
    granted = permit_entry(clerk, room)
    if not granted:
        return granted
    if not has_opened(room):
        return Permit(False, "room_not_open")
    if room.closed_at is not None and now >= room.closed_at + PAPER_GRACE:
        return Permit(False, "room_closed", room.closed_at)
    return phase_permit(part, deed, now=now, grace=PAPER_GRACE)


def _by_time(actor: Actor, deed: Deed, kind: str, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if room.stage == RoomStage.CLOSED:
        return Permit(False, "room_closed", room.closed_at)
    if part is not None:
        open_now = phase_permit(part, deed, now=now)
        return access_permit(actor, part.access, room) if open_now else open_now
    declared = rooms.kind_of(room)
    if declared is None or deed not in declared.takes.get(kind or room.kind, frozenset()):
        return Permit(False, "kind_takes_no_such_deed")
    open_now = declared.when(room, deed, now)
    return access_permit(actor, declared.access, room) if open_now else open_now


def permit_following(actor: Actor) -> Permit:
    """Whoever has an account hears of what they follow; news have to lead somewhere."""
    return GRANTED if actor.person and actor.person.has_account else Permit(False, "needs_account")


def _joining(actor: Actor, room: Room, part: Part | None) -> Permit:
    """Whoever may take part there may have written it with others, also when no phase runs any more."""
    declared = rooms.kind_of(room)
    access = part.access if part is not None else declared.access if declared else Access.ACCOUNT
    return access_permit(actor, access, room)
