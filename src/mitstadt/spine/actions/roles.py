"""Give a person a role in one room, let it rest, or end it; the log says that it happened, under salt to whom."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.spine import office_verbs
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.invitations import account_of, invite
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.names import look_at_names_again
from mitstadt.spine.actions.records import checked_reason, reason_if_any
from mitstadt.spine.actions.resting import rest, resume, tell_of_role
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import RoleInvitation, Room, RoomRole
from mitstadt.spine.permits import permit
from mitstadt.spine.verbs import Verb


def assign_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> RoomRole | RoleInvitation:
    """Give this role to the person with this address; whoever has no account yet is invited to it by mail."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        person = account_of(email)
        if person is None:
            return invite(room, actor=actor, email=email, role=role, now=now)
        return give_in_room(room, person=person, role=role, actor=actor, now=now)


def give_in_room(room: Room, *, person: Person, role: Role, actor: Actor, now: datetime) -> RoomRole:
    """Let this person have the role; whoever calls it asked for the permit, or holds an invitation."""
    with transaction.atomic():
        given, new = RoomRole.objects.get_or_create(room=room, person=person, role=role, defaults={"given_at": now})
        if not new:
            raise Refused("role_given_already")
        _record(room, verbs.ASSIGNED_ROLE, given, actor=actor, now=now)
        note_event(person, EventKind.ROLE_GIVEN, now=now)
        look_at_names_again()
        tell_of_role(given, "role_given", room.title, now=now)
    return given


def end_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime, reason: str = "") -> None:
    """Take the role back; roles in the organisation stay as they are. The person reads the reason."""
    said = reason_if_any(reason)
    with transaction.atomic():
        given = _given(room, email, role, actor=actor, now=now)
        _record(room, verbs.ENDED_ROLE, given, actor=actor, now=now)
        note_event(given.person, EventKind.ROLE_ENDED, now=now)
        given.delete()
        look_at_names_again()
        tell_of_role(given, "role_ended", room.title, reason=said, now=now)


def rest_role(room: Room, *, actor: Actor, email: str, role: Role, reason: str, now: datetime) -> None:
    """Let the role permit nothing for a while; the person reads why."""
    said = checked_reason(reason)
    with transaction.atomic():
        given = _given(room, email, role, actor=actor, now=now)
        rest(given, reason=said, now=now)
        _record(room, office_verbs.PAUSED_ROLE, given, actor=actor, now=now)
        tell_of_role(given, "role_paused", room.title, reason=said, now=now)


def resume_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> None:
    """Let the role permit again what it did."""
    with transaction.atomic():
        given = _given(room, email, role, actor=actor, now=now)
        resume(given)
        _record(room, office_verbs.RESUMED_ROLE, given, actor=actor, now=now)
        tell_of_role(given, "role_resumed", room.title, now=now)


def _given(room: Room, email: str, role: Role, *, actor: Actor, now: datetime) -> RoomRole:
    """The role, under the lock of its room; of two who end it at once, one does."""
    lock(room)
    require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
    given = RoomRole.objects.filter(room=room, person__email__iexact=email.strip(), role=role).first()
    if given is None:
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
