"""What was changed in public, what waits for a second person, and who could be that person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor
from mitstadt.spine.amending import HAND_OVER, WAYS
from mitstadt.spine.models import UP, Amendment, Room, RoomRole
from mitstadt.spine.permits.amending import permit_confirming, permit_declining
from mitstadt.spine.queries.tasks_of_people import leaders_of, people_with

_WAITS = Q(done_at=None, declined_at=None)


def done_in(room: Room) -> list[Amendment]:
    """What was changed in public of a room and of its parts that are open, the latest first; one query."""
    of_room = Q(record=room.pk) | Q(record__room=room.pk, record__state__in=UP)
    done = Amendment.objects.filter(of_room, done_at__isnull=False).select_related("record")
    return list(done.order_by("-done_at", "-pk"))


def waiting_in(room: Room) -> list[Amendment]:
    """What was proposed here and waits for a second person; one query."""
    of_room = Q(record=room.pk) | Q(record__room=room.pk)
    return list(Amendment.objects.filter(_WAITS, of_room).select_related("record", "proposed_by").order_by("pk"))


def waiting_for(actor: Actor, *, now: datetime) -> list[tuple[Amendment, Room]]:
    """What waits for this very person's yes or no, in whatever room; two queries, and few rows wait at a time."""
    if not actor.is_staff_somewhere:
        return []
    return [(one, room) for one, room in waiting_everywhere() if permit_confirming(actor, one, room, now=now)]


def waiting_of(actor: Actor) -> list[tuple[Amendment, Room]]:
    """What this person proposed and what still waits; two queries, none for a guest."""
    return [] if actor.person is None else _with_rooms(Amendment.objects.filter(proposed_by=actor.person))


def waiting_everywhere() -> list[tuple[Amendment, Room]]:
    """All that waits for a second person, with its room; two queries, and few rows wait at a time."""
    return _with_rooms(Amendment.objects.all())


def _with_rooms(proposed: QuerySet[Amendment]) -> list[tuple[Amendment, Room]]:
    waiting = list(proposed.filter(_WAITS).select_related("record", "proposed_by").order_by("pk"))
    rooms = Room.objects.select_related("host").in_bulk([_room_key(one) for one in waiting]) if waiting else {}
    return [(one, rooms[_room_key(one)]) for one in waiting if _room_key(one) in rooms]


def people_to_confirm(amendment: Amendment, room: Room) -> QuerySet[Person]:
    """Everyone who may say yes to it: those with the role, of a hand-over those who lead the other organisation."""
    way = WAYS[amendment.what]
    asked = leaders_of(int(amendment.after["host_id"])) if way is HAND_OVER else people_with(room, way.deed)
    return asked.exclude(pk=amendment.proposed_by_id or 0)


def amendment_for(actor: Actor, ref: str, key: int, *, now: datetime) -> tuple[Amendment, Room]:
    """A proposal that waits and that the actor may confirm or decline; anything else does not exist."""
    found = Amendment.objects.filter(_WAITS, pk=key).select_related("record__room", "proposed_by").first()
    room = Room.objects.select_related("host", "area").filter(pk=_room_key(found), ref=ref).first() if found else None
    if found is None or room is None or not permit_declining(actor, found, room, now=now):
        raise Http404
    return found, room


def others_who_lead(room: Room, *, actor: Actor) -> int:
    """How many other people could be the second one here: those who lead the host, the room, or the platform."""
    leading = Q(organisation=room.host_id) | Q(organisation__runs_platform=True)
    members = Membership.objects.filter(leading, role=Role.OWNER, person__is_active=True).values_list("person_id")
    here = RoomRole.objects.filter(room=room.pk, role=Role.OWNER, person__is_active=True).values_list("person_id")
    people = {key for (key,) in members.union(here)}
    return len(people - {actor.person.pk if actor.person else None})


def _room_key(amendment: Amendment) -> int:
    return amendment.record.room_id or amendment.record_id


def cancellation(room: Room) -> Amendment | None:
    """Why a cancelled room was cancelled; no query for any other."""
    if room.cancelled_at is None:
        return None
    return Amendment.objects.filter(record=room.pk, what="cancel", done_at=room.cancelled_at).first()
