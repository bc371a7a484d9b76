"""Where things are: the area at a point, the middle of an area, and the records in a box, for who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from mitstadt.ground.areas.api import Area, Level, ancestors, area_at
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Place, Record
from mitstadt.spine.places import AREA_LEVELS, KIEZ_LEVELS
from mitstadt.spine.queries.visibility import visible_to

Box = tuple[float, float, float, float]


def kiez_at(longitude: float, latitude: float, *, on: dt.date) -> Area | None:
    """The smallest area that holds the point; None outside the city."""
    return _first_at(longitude, latitude, KIEZ_LEVELS, on=on)


def larger_area_at(longitude: float, latitude: float, *, on: dt.date) -> Area | None:
    """The district that holds the point, or what is above it where there are no districts."""
    return _first_at(longitude, latitude, AREA_LEVELS, on=on)


def _first_at(longitude: float, latitude: float, levels: Sequence[Level], *, on: dt.date) -> Area | None:
    found = (area_at(longitude, latitude, level=level, on=on) for level in levels)
    return next((area for area in found if area is not None), None)


def larger_area_of(area: Area) -> Area:
    """The district of an area; the area itself where it is one, or lies in none."""
    if area.level in AREA_LEVELS:
        return area
    return ancestors(area).filter(level=Level.DISTRICT).first() or area


def placed_in(box: Box, records: QuerySet[Record], *, actor: Actor) -> QuerySet[Place]:
    """The places with a point in a box of west, south, east and north, of those records that the actor may read."""
    west, south, east, north = box
    return (
        Place.objects.filter(longitude__range=(west, east), latitude__range=(south, north))
        .filter(record__in=visible_to(actor, records))
        .select_related("record")
        .order_by("record_id")
    )
