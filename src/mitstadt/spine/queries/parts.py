"""The parts of a room, as those who work on it see them; and one part by its address."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Part, Phase, Record, Room, RoomStage, in_order
from mitstadt.spine.queries.visibility import visible_to

AnyPart = TypeVar("AnyPart", bound=Part)


def with_phases(parts: QuerySet[AnyPart]) -> QuerySet[AnyPart]:
    """Parts as permits ask for them: with room, host and phases; two queries in all."""
    return parts.select_related("room__host", "room__area").prefetch_related("phases")


def parts_of(room: Room) -> list[Part]:
    """All parts of a room in the order in which they were planned, also in preparation, but none that were dropped."""
    # By key, so that nothing else of the room is read.
    return list(with_phases(Part.objects.filter(pk__in=part_keys(room))).order_by("pk"))


def part_keys(room: Room) -> list[int]:
    """The keys of all parts of a room; one query."""
    planned = Record.objects.filter(room=room.pk, kind__in=formats.part_kinds(), as_part__dropped_at=None)
    return list(planned.values_list("pk", flat=True))


def part_by_ref(parts: QuerySet[AnyPart], ref: str, *, actor: Actor) -> AnyPart:
    """The part with this ref that the actor may see; anything else does not exist."""
    found = visible_to(actor, with_phases(parts)).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def first_part(parts: QuerySet[AnyPart], room_ref: str, *, actor: Actor) -> AnyPart:
    """The part that was planned first in the room with this ref: where printed addresses of the room lead."""
    planned = with_phases(parts).filter(room__ref=room_ref, dropped_at=None)
    found = visible_to(actor, planned).order_by("pk").first()
    if found is None:
        raise Http404
    return found


def phases_to_show(room: Room) -> list[Phase]:
    """The phases of a room in order; once it is open, without those of parts that are still in preparation."""
    phases = in_order(room.phases.all())
    return [phase for phase in phases if phase.part.is_up or room.stage == RoomStage.PREPARED]


def phase_to_show(part: Part, *, now: datetime, deed: Deed | None = None) -> Phase | None:
    """The phase that a page tells of: the one that runs and ends last, else the next, else the last one.

    With a deed, of the phases that take it.
    """
    phases = in_order(phase for phase in part.phases.all() if deed is None or phase.takes(deed))
    running = [phase for phase in phases if phase.is_open(now)]
    coming = [phase for phase in phases if phase.opens_at > now]
    if running:
        return max(running, key=lambda phase: phase.closes_at)
    return coming[0] if coming else last_phase(part, deed)


def taking_part_until(room: Room, *, now: datetime) -> datetime | None:
    """The last moment in which people still take part in an open room; None where that is over."""
    if room.stage != RoomStage.OPEN:
        return None
    shown = [phase for phase in phases_to_show(room) if phase.closes_at > now]
    return max((phase.last_moment for phase in shown), default=None)


def last_phase(part: Part, deed: Deed | None = None) -> Phase | None:
    """The phase that ends last, of those that take this deed."""
    phases = [phase for phase in part.phases.all() if deed is None or phase.takes(deed)]
    return max(phases, key=lambda phase: (phase.closes_at, phase.pk), default=None)
