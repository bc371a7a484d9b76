"""The areas in a window, drawn: the finest level that the map has room for. Kept in the cache; two queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.core.cache import caches
from django.db.models import Max, Min, QuerySet

from mitstadt.ground.areas.drawing import AreaMap, draw_on
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.queries.maps import map_areas
from mitstadt.ground.areas.windows import Frame, Window

_MOST_AREAS = 40
_KEEP_SECONDS = 3600
# Postcodes cut through the others and help nobody to find a place.
_LEVELS = tuple(level for level in Level if level not in {Level.REGION, Level.POSTCODE})


def frame_of_the_city(*, on: dt.date) -> Frame | None:
    """The edges of all areas with a border; None where none are loaded."""
    known = Area.objects.valid_on(on).filter(geometry__isnull=False, level__in=_LEVELS)
    edges = known.aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"), at=Max("geometry__loaded_at")
    )
    if edges["west"] is None:
        return None
    return Frame(edges["west"], edges["south"], edges["east"], edges["north"], edges["at"].isoformat())


def drawn_window(window: Window, frame: Frame, *, on: dt.date) -> AreaMap:
    """The map of a window; the keys of its shapes are slugs."""
    key = f"window:{window.longitude}:{window.latitude}:{window.closeness}:{frame.stamp}:{on}"
    drawn: AreaMap | None = caches["drawings"].get(key)
    if drawn is None:
        drawn = draw_on(window.sheet(frame), map_areas(_areas_in(window.box(frame), on=on)))
        caches["drawings"].set(key, drawn, _KEEP_SECONDS)
    return drawn


def _areas_in(box: tuple[float, float, float, float], *, on: dt.date) -> QuerySet[Area]:
    west, south, east, north = box
    there = Area.objects.valid_on(on).filter(
        geometry__isnull=False, west__lte=east, east__gte=west, south__lte=north, north__gte=south
    )
    counted = Counter(there.order_by().values_list("level", flat=True))
    fitting = [level for level in _LEVELS if 0 < counted[level] <= _MOST_AREAS]
    finest = max(fitting, key=lambda level: counted[level], default=next((x for x in _LEVELS if counted[x]), None))
    return there.filter(level=finest).select_related("geometry") if finest else Area.objects.none()
