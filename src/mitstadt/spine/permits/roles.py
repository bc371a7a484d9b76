"""What people with a task may do: role × organisation × room."""

from __future__ import annotations

from collections.abc import Container

from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actors import Actor, Grant
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Pause, Room
from mitstadt.spine.permits.answer import GRANTED, Permit

BY_ROLE: dict[Deed, frozenset[str]] = {
    Deed.PREPARE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.OPEN: frozenset({Role.OWNER}),
    Deed.CLOSE: frozenset({Role.OWNER}),
    Deed.CHANGE_COMMITMENT: frozenset({Role.OWNER}),
    Deed.AMEND: frozenset({Role.OWNER}),
    Deed.ANNOUNCE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.CANCEL: frozenset({Role.OWNER}),
    Deed.REOPEN: frozenset({Role.OWNER}),
    Deed.HAND_OVER: frozenset({Role.OWNER}),
    Deed.OPEN_PART: frozenset({Role.OWNER, Role.EDITOR}),
    Deed.SHOW_TO: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.DISCARD: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.ISSUE_CODES: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.ENTER_FOR_OTHERS: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.EDIT_PART: frozenset({Role.OWNER, Role.EDITOR}),
    Deed.ANSWER: frozenset({Role.OWNER, Role.EDITOR, Role.CASE_OFFICER}),
    Deed.CORRECT_ANSWER: frozenset({Role.OWNER, Role.EDITOR, Role.CASE_OFFICER}),
    Deed.PREPARE_ANSWERS: frozenset({Role.OWNER, Role.EDITOR, Role.CASE_OFFICER}),
    Deed.MERGE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.SPLIT: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.SEPARATE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.MODERATE: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.BLACK_OUT: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.ERASE_FOR_OTHERS: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.CORRECT_ENTRY: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.PAUSE: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.SEE_DASHBOARD: frozenset(set(Role.values) - {Role.CONTRIBUTOR}),
    Deed.ASSIGN_ROLES: frozenset({Role.OWNER}),
}
# What only the host that answers does, not a further host of the room: it promised, so it says what is public, to whom.
_BY_ANSWERING_HOST = {
    Deed.OPEN,
    Deed.CLOSE,
    Deed.CHANGE_COMMITMENT,
    Deed.AMEND,
    Deed.ANNOUNCE,
    Deed.CANCEL,
    Deed.REOPEN,
    Deed.HAND_OVER,
    Deed.OPEN_PART,
    Deed.SHOW_TO,
    Deed.DISCARD,
    Deed.ANSWER,
    Deed.CORRECT_ANSWER,
    Deed.PREPARE_ANSWERS,
    Deed.ASSIGN_ROLES,
    Deed.ERASE_FOR_OTHERS,
    Deed.PAUSE,
}

# What holds in all rooms of an organisation, and which nobody therefore does with a role in one of them.
_BEYOND_A_ROOM = {Deed.PAUSE}


def grants_for(actor: Actor, deed: Deed) -> list[Grant]:
    """The roles of the actor that permit this deed; none for what everyone or only an author does."""
    roles = BY_ROLE.get(deed, frozenset())
    return [
        grant
        for grant in actor.grants
        if grant.role in roles
        and (grant.answers or deed not in _BY_ANSWERING_HOST)
        and (grant.room_id is None or deed not in _BEYOND_A_ROOM)
    ]


def roles_for(deed: Deed) -> frozenset[str]:
    """The roles that permit this deed."""
    return BY_ROLE.get(deed, frozenset())


def by_answering_host_only(deed: Deed) -> bool:
    """Whether people of a further host may not do it."""
    return deed in _BY_ANSWERING_HOST


def permit_entry(actor: Actor, room: Room) -> Permit:
    """Whether the actor has the task of entering for others here, whether or not a phase is open."""
    return (
        GRANTED
        if any(grant.covers(room) for grant in grants_for(actor, Deed.ENTER_FOR_OTHERS))
        else Permit(False, "needs_role")
    )


def can_prepare_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may begin a process in the name of this organisation."""
    return _has_role_in(actor, BY_ROLE[Deed.PREPARE], organisation_id)


def permit_leading(actor: Actor, organisation_id: int | None) -> Permit:
    """Whether the actor leads this organisation: who belongs to it, what is said of it; with none, the platform."""
    if _has_role_in(actor, {Role.OWNER}, organisation_id):
        return GRANTED
    return Permit(False, "needs_leading_role" if organisation_id else "needs_platform_lead")


def permit_second_leader(actor: Actor, proposed_by: int | None) -> Permit:
    """The second of two who end somebody's account: leads the platform, too, and is not the first one."""
    granted = permit_leading(actor, None)
    if granted and (actor.person is None or actor.person.pk == proposed_by):
        return Permit(False, "second_person_needed")
    return granted


def permit_pause_ending(actor: Actor, made: Pause) -> Permit:
    """Whether the actor may end this pause: by role where it holds, and never their own."""
    if actor.person is not None and actor.person.pk == made.person_id:
        return Permit(False, "pause_is_ones_own")
    if made.organisation_id is None:
        return permit_leading(actor, None)
    granted = _has_role_in(actor, BY_ROLE[Deed.PAUSE], made.organisation_id)
    return GRANTED if granted else Permit(False, "needs_role")


def _has_role_in(actor: Actor, roles: Container[str], organisation_id: int | None) -> bool:
    """A role in the organisation itself, or on the whole platform; one in a single room is not enough."""
    return any(
        grant.role in roles and grant.room_id is None and grant.organisation_id in {None, organisation_id}
        for grant in actor.grants
    )


def permit_text_blocks(actor: Actor, organisation_id: int) -> Permit:
    """Whether the actor may change the text blocks of an organisation: whoever answers in all of its rooms."""
    granted = _has_role_in(actor, BY_ROLE[Deed.PREPARE_ANSWERS], organisation_id)
    return GRANTED if granted else Permit(False, "needs_role")
