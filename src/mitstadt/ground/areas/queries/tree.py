"""The tree of areas and the area at a point; every function makes one query however large the city is."""

import datetime as dt
import json
import math
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from mitstadt.ground.areas.models import PATH_STEP, Area, AreaQuerySet, Level


def area_by_slug(slug: str) -> Area | None:
    """The area with this address on the web."""
    return Area.objects.filter(slug=slug).first()


def area_by_official_id(official_id: str, *, scheme: str, on: dt.date) -> Area | None:
    """The area with this official id that exists on that day."""
    return Area.objects.valid_on(on).filter(scheme=scheme, official_id=official_id).first()


def roots(*, on: dt.date) -> AreaQuerySet:
    """Areas that lie in no other."""
    return Area.objects.valid_on(on).filter(parent__isnull=True)


def areas_within(area: Area, *, level: Level | None = None, on: dt.date | None = None) -> AreaQuerySet:
    """Everything below an area in tree order; of one level or on one day when asked."""
    found = Area.objects.inside(area)
    if level is not None:
        found = found.filter(level=level)
    return found if on is None else found.valid_on(on)


def ancestors(area: Area) -> AreaQuerySet:
    """All areas above this one, the largest first."""
    paths = [area.path[:end] for end in range(PATH_STEP, len(area.path), PATH_STEP)]
    return Area.objects.filter(path__in=paths)


def children_with_geometry(area: Area, *, level: Level | None = None, on: dt.date | None = None) -> AreaQuerySet:
    """The next areas below, or all of one level, each with its border loaded: what a map needs, in one query."""
    found = areas_within(area, level=level, on=on)
    if level is None:
        found = found.filter(parent=area)
    return found.filter(geometry__isnull=False).select_related("geometry")


def area_at(lon: float, lat: float, *, level: Level, on: dt.date, scheme: str | None = None) -> Area | None:
    """The area of a level that a point lies in. On a border it is the first in tree order; outside it is None."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    near = Area.objects.valid_on(on).filter(level=level, geometry__isnull=False).around(lon, lat)
    if scheme is not None:
        near = near.filter(scheme=scheme)
    point = shapely.Point(lon, lat)
    return next((area for area in near.select_related("geometry") if border(area).covers(point)), None)


def areas_at(
    points: Sequence[tuple[float, float]], *, level: Level, on: dt.date, scheme: str | None = None
) -> list[Area | None]:
    """The area of each of many points, in their order: one query for all of them."""
    there = Area.objects.valid_on(on).filter(level=level, geometry__isnull=False)
    if scheme is not None:
        there = there.filter(scheme=scheme)
    areas = list(there.select_related("geometry"))
    tree = shapely.STRtree([border(area) for area in areas])
    usable = [shapely.Point(p) if all(map(math.isfinite, p)) else shapely.Point() for p in points]
    first: dict[int, int] = {}
    for point_index, area_index in tree.query(usable, predicate="covered_by").T.tolist():
        first[point_index] = min(area_index, first.get(point_index, area_index))
    return [areas[first[index]] if index in first else None for index in range(len(points))]


def border(area: Area) -> BaseGeometry:
    """The border as a shape to compute with."""
    return shapely.from_geojson(json.dumps(area.geometry.geojson))
