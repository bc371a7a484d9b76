"""Give a person a role in one room, let it rest, or end it; the log says that it happened, under salt to whom."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs, verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.invitations import account_of, invite
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actions.resting import rest, resume, tell_of_role
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import RoleInvitation, Room, RoomRole
from mitstadt.spine.permits import permit
from mitstadt.spine.verbs import Verb


def assign_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> RoomRole | RoleInvitation:
    """Give this role to the person with this address; whoever has no account yet is invited to it by mail."""
    require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
    person = account_of(email)
    if person is None:
        return invite(room, actor=actor, email=email, role=role, now=now)
    return give_in_room(room, person=person, role=role, actor=actor, now=now)


def give_in_room(room: Room, *, person: Person, role: Role, actor: Actor, now: datetime) -> RoomRole:
    """Let this person have the role; whoever calls it asked for the permit, or holds an invitation."""
    with transaction.atomic():
        given, new = RoomRole.objects.get_or_create(room=room, person=person, role=role)
        if not new:
            raise Refused("role_given_already")
        _record(room, verbs.ASSIGNED_ROLE, given, actor=actor, now=now)
        tell_of_role(given, "role_given", room.title, now=now)
    return given


def end_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime, reason: str = "") -> None:
    """Take the role back; roles in the organisation stay as they are. The person reads the reason."""
    require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
    with transaction.atomic():
        given = _locked(room, email, role)
        _record(room, verbs.ENDED_ROLE, given, actor=actor, now=now)
        given.delete()
        tell_of_role(given, "role_ended", room.title, reason=reason, now=now)


def rest_role(room: Room, *, actor: Actor, email: str, role: Role, reason: str, now: datetime) -> None:
    """Let the role permit nothing for a while; the person reads why."""
    require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
    said = checked_reason(reason)
    with transaction.atomic():
        given = _locked(room, email, role)
        rest(given, reason=said, now=now)
        _record(room, office_verbs.PAUSED_ROLE, given, actor=actor, now=now)
        tell_of_role(given, "role_paused", room.title, reason=said, now=now)


def resume_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> None:
    """Let the role permit again what it did."""
    require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
    with transaction.atomic():
        given = _locked(room, email, role)
        resume(given)
        _record(room, office_verbs.RESUMED_ROLE, given, actor=actor, now=now)
        tell_of_role(given, "role_resumed", room.title, now=now)


def _locked(room: Room, email: str, role: Role) -> RoomRole:
    rows = RoomRole.objects.select_for_update(of=("self",)).filter(room=room, role=role)
    given = rows.filter(person__email__iexact=email.strip()).first()
    if given is None:
        # Of two who end it at once, one does.
        raise Refused("role_not_given")
    return given


def _record(room: Room, verb: Verb, given: RoomRole, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        record=room,
        now=now,
        content={"person": given.person_id},
        details={"role": given.role},
    )
