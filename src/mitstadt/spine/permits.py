"""The one place that decides who may do what now, to what kind of thing, in which part of which room.

Every page, route, feed and export asks here. A permit is truthy when granted; otherwise it carries a reason code and,
where it helps, a time, so that a page can say why not and when it will be possible.

What everyone may do to a thing follows from its part: the part's phases in time and its access. A thing that belongs to
no part follows from what the kind of its room declares. What people with a task may do follows from role × room.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from mitstadt.ground.organisations.models import Role
from mitstadt.spine import formats, kinds, rooms
from mitstadt.spine.actors import Actor, Grant
from mitstadt.spine.authorship import has_other_authors, is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import (
    Access,
    CodeOrigin,
    ModerationCase,
    MovedOn,
    Part,
    Phase,
    Record,
    RecordState,
    Room,
    RoomStage,
    Standing,
)
from mitstadt.spine.texts import sentence_for

# Forms that were filled in on time still count while the post brings them.
PAPER_GRACE = timedelta(days=3)


@dataclass(frozen=True)
class Permit:
    """The answer to “may this person do this now?”."""

    ok: bool
    reason: str = ""
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.ok

    @property
    def sentence(self) -> str | Promise:
        """Why not, for people."""
        return sentence_for(self.reason, self.until)


GRANTED = Permit(True)

# What everyone may do while it is open.
_BY_TIME = {Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT, Deed.VOTE}
_BY_AUTHOR = {Deed.WITHDRAW, Deed.ERASE, Deed.APPEAL, Deed.INVITE}
# What the authors may do with their own, as the host may with all.
_BY_AUTHOR_TOO = {Deed.MERGE, Deed.SPLIT, Deed.SEPARATE}
# What is done where a record went on, and no longer at the record itself.
_WHERE_IT_WENT = {Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT, Deed.INVITE, Deed.JOIN, Deed.MERGE, Deed.SPLIT}
_WENT_ON = {MovedOn.MERGED: "went_on_in_another", MovedOn.SPLIT: "went_on_in_pieces"}
_BY_ROLE: dict[Deed, frozenset[str]] = {
    Deed.PREPARE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.OPEN: frozenset({Role.OWNER}),
    Deed.CLOSE: frozenset({Role.OWNER}),
    Deed.CHANGE_COMMITMENT: frozenset({Role.OWNER}),
    Deed.ISSUE_CODES: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.ENTER_FOR_OTHERS: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.EDIT_PART: frozenset({Role.OWNER, Role.EDITOR}),
    Deed.ANSWER: frozenset({Role.OWNER, Role.EDITOR, Role.CASE_OFFICER}),
    Deed.MERGE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.SPLIT: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.SEPARATE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.MODERATE: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.SEE_DASHBOARD: frozenset(set(Role.values) - {Role.CONTRIBUTOR}),
    Deed.ASSIGN_ROLES: frozenset({Role.OWNER}),
}
# What only the host that answers does, not a further host of the room.
_BY_ANSWERING_HOST = {Deed.OPEN, Deed.CLOSE, Deed.CHANGE_COMMITMENT, Deed.ANSWER, Deed.ASSIGN_ROLES}

# Whose turn counts under which access.
_CODES = frozenset({Standing.PRINTED, Standing.LETTER})
_COUNTS = {
    Access.ANYONE: frozenset(Standing),
    Access.CODE: _CODES | {Standing.ACCOUNT},
    Access.ACCOUNT: frozenset({Standing.ACCOUNT}),
}


def permit(actor: Actor, deed: Deed, place: Room | Part, kind: str = "", *, now: datetime) -> Permit:
    """Whether the actor may do this deed to this kind of thing in the part now; without a kind, to any.

    A part should come with its phases prefetched and its room; nothing is queried then.
    """
    if isinstance(place, Part):
        return _in(actor, deed, kind, place.home, place, now=now)
    return _in(actor, deed, kind, place, None, now=now)


def permit_on(actor: Actor, deed: Deed, record: Record, *, now: datetime) -> Permit:
    """Whether the actor may do this deed to this record now."""
    if deed in _BY_AUTHOR:
        return _by_author(actor, deed, record)
    room = room_of(record)
    if room is None:
        return Permit(False, "not_in_a_room")
    if deed is not Deed.MODERATE and not is_readable(actor, record, room):
        return Permit(False, "record_not_public")
    if reason := _why_not_here(deed, record):
        return Permit(False, reason)
    if deed in _BY_AUTHOR_TOO and is_author(actor, record):
        return _of_their_own(deed, record, room)
    return _in(actor, deed, record.kind, room, part_of(record), now=now)


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


def is_readable(actor: Actor, record: Record, room: Room) -> bool:
    """Whether a published record is published for this actor."""
    if record.state == RecordState.INTERNAL:
        return actor.works_on(room) or actor.reads(room)
    return record.state == RecordState.PUBLISHED


def room_of(record: Record) -> Room | None:
    """The room a record is at home in; a room is at home in itself."""
    if isinstance(record, Room):
        return record
    if record.room_id is None:
        return Room.objects.filter(pk=record.pk).first()
    return record.room


def part_of(record: Record) -> Part | None:
    """The part a record belongs to; a part belongs to itself."""
    if isinstance(record, Part):
        return record
    if record.part_id is not None:
        return record.part
    return Part.objects.filter(pk=record.pk).first() if record.kind in formats.part_kinds() else None


def permit_entering(clerk: Actor, deed: Deed, record: Record, *, now: datetime) -> Permit:
    """Whether a clerk may enter this deed for somebody else, to this record: while it is open, and a while longer."""
    room, part = room_of(record), part_of(record)
    if room is None or part is None:
        return Permit(False, "not_in_a_room")
    if not is_readable(clerk, record, room):
        return Permit(False, "record_not_public")
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if reason := _why_not_here(deed, record):
        return Permit(False, reason)
    return _entering(clerk, deed, room, part, now=now)


def permit_standing(record: Record, standing: Standing) -> Permit:
    """Whether somebody of this standing counts where the record belongs: who is entered at the desk needs it too."""
    room, part = room_of(record), part_of(record)
    declared = rooms.kind_of(room) if room else None
    access = part.access if part is not None else declared.access if declared else Access.ACCOUNT
    if standing in _COUNTS[Access(access)]:
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


def permit_verdict(actor: Actor, record: Record, *, now: datetime) -> Permit:
    """A case and an appeal are decided by a moderator of the room who did not write what they are about."""
    if is_author(actor, record):
        return Permit(False, "own_case")
    return permit_on(actor, Deed.MODERATE, record, now=now)


def permit_appeal_decision(actor: Actor, case: ModerationCase, room: Room, *, now: datetime) -> Permit:
    """An appeal is decided by a moderator who did not take part in the verdict."""
    granted = permit(actor, Deed.MODERATE, room, now=now)
    if not granted:
        return granted
    if actor.person and actor.person.pk in {case.decided_by_id, case.proposed_by_id}:
        return Permit(False, "decided_this_case")
    return GRANTED


def permit_entry(actor: Actor, room: Room) -> Permit:
    """Whether the actor has the task of entering for others here, whether or not a phase is open."""
    return (
        GRANTED
        if any(grant.covers(room) for grant in grants_for(actor, Deed.ENTER_FOR_OTHERS))
        else Permit(False, "needs_role")
    )


def can_prepare_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may begin a process in the name of this organisation."""
    return _has_role_in(actor, _BY_ROLE[Deed.PREPARE], organisation_id)


def permit_leading(actor: Actor, organisation_id: int | None) -> Permit:
    """Whether the actor leads this organisation: who belongs to it, what is said of it; with none, the platform."""
    if _has_role_in(actor, {Role.OWNER}, organisation_id):
        return GRANTED
    return Permit(False, "needs_leading_role" if organisation_id else "needs_platform_lead")


def _has_role_in(actor: Actor, roles: Container[str], organisation_id: int | None) -> bool:
    """A role in the organisation itself, or on the whole platform; one in a single room is not enough."""
    return any(
        grant.role in roles and grant.room_id is None and grant.organisation_id in {None, organisation_id}
        for grant in actor.grants
    )


def grants_for(actor: Actor, deed: Deed) -> list[Grant]:
    """The roles of the actor that permit this deed; none for what everyone or only an author does."""
    roles = _BY_ROLE.get(deed, frozenset())
    return [
        grant for grant in actor.grants if grant.role in roles and (grant.answers or deed not in _BY_ANSWERING_HOST)
    ]


def _in(actor: Actor, deed: Deed, kind: str, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if kind and not kinds.accepts(kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if deed in _BY_ROLE:
        return _by_role(actor, deed, room, part, now=now)
    if not _has_opened(room):
        return Permit(False, "room_not_open")
    if deed in _BY_TIME:
        return _by_time(actor, deed, kind, room, part, now=now)
    if deed is Deed.FOLLOW:
        return GRANTED if actor.person and actor.person.has_account else Permit(False, "needs_account")
    if deed is Deed.REPORT:
        return GRANTED
    if deed is Deed.JOIN:
        return _joining(actor, room, part)
    return Permit(False, "not_yours")


def _by_role(actor: Actor, deed: Deed, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if not any(grant.covers(room) for grant in grants_for(actor, deed)):
        return Permit(False, "needs_role")
    if deed is Deed.OPEN and room.stage != RoomStage.PREPARED:
        return Permit(False, "already_open")
    if deed is Deed.ENTER_FOR_OTHERS:
        return _entering(actor, Deed.CONTRIBUTE, room, part, now=now) if part else Permit(False, "no_such_phase")
    return GRANTED


def _has_opened(room: Room) -> bool:
    """Whether people can see the room; one in preparation takes nothing, whatever its phases say."""
    return room.is_up and room.stage != RoomStage.PREPARED


def _entering(clerk: Actor, deed: Deed, room: Room, part: Part, *, now: datetime) -> Permit:
    granted = permit_entry(clerk, room)
    if not granted:
        return granted
    if not _has_opened(room):
        return Permit(False, "room_not_open")
    if room.closed_at is not None and now >= room.closed_at + PAPER_GRACE:
        return Permit(False, "room_closed", room.closed_at)
    return _phase_permit(part, deed, now=now, grace=PAPER_GRACE)


def _by_time(actor: Actor, deed: Deed, kind: str, room: Room, part: Part | None, *, now: datetime) -> Permit:
    if room.stage == RoomStage.CLOSED:
        return Permit(False, "room_closed", room.closed_at)
    if part is not None:
        open_now = _phase_permit(part, deed, now=now)
        return _access_permit(actor, part.access, room) if open_now else open_now
    declared = rooms.kind_of(room)
    if declared is None or deed not in declared.takes.get(kind or room.kind, frozenset()):
        return Permit(False, "kind_takes_no_such_deed")
    open_now = declared.when(room, deed, now)
    return _access_permit(actor, declared.access, room) if open_now else open_now


def _phase_permit(part: Part, deed: Deed, *, now: datetime, grace: timedelta = timedelta(0)) -> Permit:
    if not part.is_up:
        return Permit(False, "part_not_open")
    phases = [phase for phase in part.phases.all() if phase.takes(deed)]
    if any(phase.opens_at <= now < phase.closes_at + grace for phase in phases):
        return GRANTED
    return _why_not_now(phases, now=now)


def _why_not_now(phases: Iterable[Phase], *, now: datetime) -> Permit:
    phases = list(phases)
    coming = [phase.opens_at for phase in phases if phase.opens_at > now]
    if coming:
        return Permit(False, "phase_not_yet", min(coming))
    over = [phase.last_moment for phase in phases]
    return Permit(False, "phase_over", max(over)) if over else Permit(False, "no_such_phase")


def _access_permit(actor: Actor, access: str, room: Room) -> Permit:
    if actor.person is not None and actor.person.has_account:
        return GRANTED
    if access == Access.ACCOUNT:
        return Permit(False, "needs_account")
    if actor.person is not None and actor.code_room_id != room.pk:
        return Permit(False, "code_of_other_room")
    if access == Access.CODE and actor.code_origin in {None, CodeOrigin.GUEST}:
        # A guest's code is a cookie from another part of the room.
        return Permit(False, "needs_code")
    return GRANTED


def _by_author(actor: Actor, deed: Deed, record: Record) -> Permit:
    if not is_author(actor, record):
        return Permit(False, "not_yours")
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if deed is Deed.APPEAL:
        return GRANTED if record.state == RecordState.HIDDEN else Permit(False, "nothing_to_appeal")
    if record.state == RecordState.ERASED:
        return Permit(False, "already_erased")
    if deed in {Deed.WITHDRAW, Deed.INVITE} and not record.is_up:
        return Permit(False, "record_not_public")
    if deed is Deed.WITHDRAW and has_other_authors(actor, record):
        return Permit(False, "others_wrote_it_too")
    reason = _why_not_here(deed, record)
    return Permit(False, reason) if reason else GRANTED


def _why_not_here(deed: Deed, record: Record) -> str:
    """The reason where a record went on elsewhere, or cannot; empty where nothing stands against the deed."""
    if record.moved_on and deed in _WHERE_IT_WENT:
        return _WENT_ON[MovedOn(record.moved_on)]
    if deed in {Deed.MERGE, Deed.SPLIT} and record.answer_state:
        return "merge_answered"
    return "not_merged" if deed is Deed.SEPARATE and record.moved_on != MovedOn.MERGED else ""


def _of_their_own(deed: Deed, record: Record, room: Room) -> Permit:
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    return Permit(False, "room_closed", room.closed_at) if room.stage == RoomStage.CLOSED else GRANTED


def _joining(actor: Actor, room: Room, part: Part | None) -> Permit:
    """Whoever may take part there may have written it with others, also when no phase runs any more."""
    declared = rooms.kind_of(room)
    access = part.access if part is not None else declared.access if declared else Access.ACCOUNT
    return _access_permit(actor, access, room)
