"""Rooms of every kind and what they hold, for those who may see it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from mitstadt.spine import rooms
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Record, Room
from mitstadt.spine.queries.visibility import visible_to


def room_by_ref(ref: str, *, actor: Actor) -> Room:
    """The room of any kind with this ref that the actor may see; anything else does not exist."""
    found = visible_to(actor, Room.objects.select_related("host", "area")).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def held_by(room: Room, *, actor: Actor) -> QuerySet[Record]:
    """What is at home in the room without belonging to a part, newest first: the kinds that its kind declares."""
    declared = rooms.kind_of(room)
    kept = [kind for kind in declared.takes if kind != room.kind] if declared else []
    records = Record.objects.filter(room=room, part=None, kind__in=kept)
    return visible_to(actor, records).select_related("author", "organisation").order_by("-created_at", "-pk")
