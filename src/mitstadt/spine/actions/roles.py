"""Give a person a role in one room, or end it; the log says that it happened, under salt to whom."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.names import look_at_names_again
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Room, RoomRole
from mitstadt.spine.permits import permit
from mitstadt.spine.verbs import Verb


def assign_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> RoomRole:
    """Give this role to the person with this address; only people who already have an account can get one."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if person is None:
            raise Refused("no_such_account")
        given, new = RoomRole.objects.get_or_create(room=room, person=person, role=role, defaults={"given_at": now})
        if not new:
            raise Refused("role_given_already")
        _record(room, verbs.ASSIGNED_ROLE, given, actor=actor, now=now)
        note_event(person, EventKind.ROLE_GIVEN, now=now)
        look_at_names_again()
    return given


def end_role(room: Room, *, actor: Actor, email: str, role: Role, now: datetime) -> None:
    """Take the role back; roles in the organisation stay as they are."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        given = RoomRole.objects.filter(room=room, person__email__iexact=email.strip(), role=role).first()
        if given is None:
            raise Refused("role_not_given")
        RoomRole.objects.filter(pk=given.pk).delete()
        _record(room, verbs.ENDED_ROLE, given, actor=actor, now=now)
        note_event(given.person, EventKind.ROLE_ENDED, now=now)
        look_at_names_again()


def _record(room: Room, verb: Verb, given: RoomRole, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        record=room,
        now=now,
        content={"person": given.person_id},
        details={"role": given.role},
    )
