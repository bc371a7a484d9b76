"""The hosts of a room and the circle of those who read it, named before it opens; hosts also later, in public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Room, RoomHost, RoomReader, RoomStage, Visibility
from mitstadt.spine.permits import permit


def add_host(room: Room, organisation: Organisation, *, actor: Actor, now: datetime) -> RoomHost:
    """Let a further organisation host the room; its people work there, the host that answers stays the same."""
    with transaction.atomic():
        room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        if organisation.pk == room.host_id:
            raise Refused("hosts_already")
        given, new = RoomHost.objects.get_or_create(room=room, organisation=organisation)
        if not new:
            raise Refused("hosts_already")
        record_act(actor=actor, verb=verbs.ADDED_HOST, record=room, now=now, details={"host": organisation.slug})
    return given


def end_host(room: Room, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Let a further host go; what its people said and did stays."""
    with transaction.atomic():
        room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        deleted, _kinds = RoomHost.objects.filter(room=room, organisation=organisation).delete()
        if not deleted:
            raise Refused("hosts_not")
        record_act(actor=actor, verb=verbs.ENDED_HOST, record=room, now=now, details={"host": organisation.slug})


def show_to(
    room: Room, visibility: Visibility, readers: Collection[Organisation], *, actor: Actor, now: datetime
) -> Room:
    """Say before it opens whether everyone or only these offices read what is published in the room."""
    with transaction.atomic():
        room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        require(permit(actor, Deed.PREPARE, room, now=now))
        if room.stage != RoomStage.PREPARED:
            raise Refused("already_open")
        room.visibility, room.changed_at = visibility, now
        room.save(update_fields=["visibility", "changed_at"])
        RoomReader.objects.filter(room=room).delete()
        if visibility is Visibility.INTERNAL:
            RoomReader.objects.bulk_create([RoomReader(room=room, organisation=office) for office in readers])
    return room
