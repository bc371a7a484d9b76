"""When new days take away time that people were told of; and what ends, where a whole room ends earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from mitstadt.spine.models import Part, Phase, Room, RoomStage, in_order
from mitstadt.spine.queries.parts import phases_to_show


class Stretch(TypedDict):
    """A phase in plain values: its key, that of its part, its name and its days; without days it is dropped."""

    key: int
    of: int
    part: str
    phase: str
    opens_at: str
    closes_at: str


def shortens(phase: Phase, opens_at: datetime, closes_at: datetime, *, now: datetime) -> bool:
    """Whether these days end sooner, leave less time, or stop what runs; what is over takes nothing from anybody."""
    if phase.closes_at <= now:
        return False
    left = phase.closes_at - max(phase.opens_at, now)
    stops = phase.opens_at <= now < opens_at
    return closes_at < phase.closes_at or closes_at - max(opens_at, now) < left or stops


def takes_two(phase: Phase, opens_at: datetime, closes_at: datetime, *, now: datetime) -> bool:
    """Whether a second person confirms these days: everyone has read others, and they take time away."""
    return is_announced(phase.part) and shortens(phase, opens_at, closes_at, now=now)


def is_announced(part: Part) -> bool:
    """Whether everyone has read of the times of this part, and they still hold."""
    return part.is_up and part.home.stage == RoomStage.OPEN


def stretch_of(phase: Phase) -> Stretch:
    """A phase as it stands."""
    return stretch(phase, phase.opens_at, phase.closes_at)


def stretch(phase: Phase, opens_at: datetime | None, closes_at: datetime | None) -> Stretch:
    """A phase with other days, or with none."""
    return {
        "key": phase.pk,
        "of": phase.part_id,
        "part": phase.part.title,
        "phase": phase.title,
        "opens_at": opens_at.isoformat() if opens_at else "",
        "closes_at": closes_at.isoformat() if closes_at else "",
    }


def ending_at(room: Room, ends_at: datetime, *, now: datetime) -> list[Stretch]:
    """What becomes of the phases of an open room that ends then: what began ends with it, the rest is dropped."""
    ahead = [phase for phase in phases_to_show(room) if phase.closes_at > max(now, ends_at)]
    return [
        stretch(phase, phase.opens_at, ends_at) if phase.opens_at < ends_at else stretch(phase, None, None)
        for phase in ahead
    ]


def phases_among(room: Room, stretches: Sequence[Mapping[str, object]]) -> list[Phase]:
    """The phases of this room that are meant, in their order; what is gone meanwhile is missing."""
    keys = [int(str(one["key"])) for one in stretches]
    return in_order(Phase.objects.filter(room=room.pk, pk__in=keys).select_related("part__room"))
