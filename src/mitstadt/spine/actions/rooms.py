"""Begin a room, open and close it; its hosts, and the circle of those who read it, named before it opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import enter_acts_in_preparation, record_act
from mitstadt.spine.actions.closing_organisations import require_at_work
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.records import change_state, publish_record, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import Commitment, RecordState, Room, RoomHost, RoomReader, RoomStage, Visibility
from mitstadt.spine.permits import can_prepare_for, permit
from mitstadt.spine.verbs import Verb

AnyRoom = TypeVar("AnyRoom", bound=Room)


def begin_room(room: AnyRoom, *, actor: Actor, verb: Verb, now: datetime) -> AnyRoom:
    """Begin a room of any kind in the name of its host: seen by its host alone until it opens."""
    room.organisation, room.author = room.host, actor.person
    room.stage, room.state = RoomStage.PREPARED, RecordState.DRAFT
    with transaction.atomic():
        if not can_prepare_for(actor, room.host_id):
            raise Refused("needs_role")
        require_at_work(room.host)
        return publish_record(room, actor=actor, verb=verb, now=now)


def open_room(room: Room, *, actor: Actor, verb: Verb, now: datetime) -> Room:
    """Open a room that promises nothing; one with a commitment opens with that (see `processes`)."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.OPEN, room, now=now))
        if Commitment.objects.filter(process=room.pk).exists():
            raise LookupError("A room with a commitment opens with it.")
        room.stage, room.opened_at = RoomStage.OPEN, now
        room.save(update_fields=["stage", "opened_at"])
        change_state(room, published_in(room), now=now)
        enter_acts_in_preparation(room, now=now)
        record_act(actor=actor, verb=verb, record=room, now=now, content=content_of(room))
    return room


def close_room(room: Room, *, actor: Actor, verb: Verb, now: datetime) -> Room:
    """Close a room that promises nothing; one with a commitment closes with its outcome (see `processes`)."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.CLOSE, room, now=now))
        if room.stage != RoomStage.OPEN:
            raise Refused("not_open")
        if Commitment.objects.filter(process=room.pk).exists():
            raise LookupError("A room with a commitment closes with its outcome.")
        room.stage, room.closed_at = RoomStage.CLOSED, now
        room.save(update_fields=["stage", "closed_at"])
        record_act(actor=actor, verb=verb, record=room, now=now)
    return room


def add_host(room: Room, organisation: Organisation, *, actor: Actor, now: datetime) -> RoomHost:
    """Let a further organisation host the room; its people work there, the host that answers stays the same."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ASSIGN_ROLES, room, now=now))
        if organisation.pk == room.host_id:
            raise Refused("hosts_already")
        require_at_work(organisation)
        given, new = RoomHost.objects.get_or_create(room=room, organisation=organisation)
        if not new:
            raise Refused("hosts_already")
        record_act(actor=actor, verb=verbs.ADDED_HOST, record=room, now=now, details={"host": organisation.slug})
    return given


def end_host(room: Room, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Let a further host go; what its people said and did stays."""
    with transaction.atomic():
        lock(room)
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
        lock(room)
        require(permit(actor, Deed.SHOW_TO, room, now=now))
        room.visibility, room.changed_at = visibility, now
        room.save(update_fields=["visibility", "changed_at"])
        RoomReader.objects.filter(room=room).delete()
        if visibility is Visibility.INTERNAL:
            RoomReader.objects.bulk_create([RoomReader(room=room, organisation=office) for office in readers])
    return room
