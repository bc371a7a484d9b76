"""Areas as shapes of an SVG map: a dataclass that a template draws. Pure; the same input gives the same map.

Borders are simplified to the pixel together, so that neighbours still share theirs. An ``AreaMap`` is frozen and can
be pickled: keep it in a cache under the areas' borders, size and values.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH_PX = 1000
_MARGIN_PX = 4
_NO_VALUE = "none"


@dataclass(frozen=True)
class MapArea:
    """What a map needs to know of one area."""

    key: str
    name: str
    geojson: Mapping[str, Any]
    href: str = ""
    title: str = ""
    emphasis: str = ""


@dataclass(frozen=True)
class MapShape:
    """One area as drawn: a path, where its label goes, where it leads, and a class for its emphasis."""

    key: str
    name: str
    path: str
    label_x: int
    label_y: int
    label_room_px: int
    href: str
    title: str
    emphasis: str


@dataclass(frozen=True)
class Sheet:
    """How degrees become pixels: shapes and distances are true in the middle of the map, surfaces within a percent."""

    west: float
    north: float
    px_per_degree_lon: float
    px_per_degree_lat: float
    width: int
    height: int

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a place, for pins."""
        return (lon - self.west) * self.px_per_degree_lon, (self.north - lat) * self.px_per_degree_lat

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The longitude and latitude of a pixel, for a click on the map."""
        return self.west + x / self.px_per_degree_lon, self.north - y / self.px_per_degree_lat

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Pixels of many places, shape (n, 2)."""
        return (points - (self.west, self.north)) * (self.px_per_degree_lon, -self.px_per_degree_lat)


@dataclass(frozen=True)
class AreaMap:
    """A whole map; ``sheet`` puts further points on it."""

    sheet: Sheet
    shapes: tuple[MapShape, ...]

    @property
    def view_box(self) -> str:
        """The attribute of that name."""
        return f"0 0 {self.sheet.width} {self.sheet.height}"


def draw_areas(areas: Sequence[MapArea], *, width_px: int = WIDTH_PX, detail_px: float = 1.0) -> AreaMap:
    """A map of the areas, in their order, as wide as asked. ``detail_px`` is the smallest bend that is kept."""
    borders = [shapely.from_geojson(json.dumps(area.geojson)) for area in areas]
    sheet = sheet_around(
        shapely.total_bounds(borders) if borders else np.array([0.0, 0.0, 1.0, 1.0]), width_px=width_px
    )
    drawn = _simplified([shapely.transform(border, sheet.pixels) for border in borders], detail_px)
    return AreaMap(sheet, tuple(_shape(area, pixels) for area, pixels in zip(areas, drawn, strict=True)))


def draw_on(sheet: Sheet, areas: Sequence[MapArea], *, detail_px: float = 1.0) -> AreaMap:
    """A map of a part of the areas: what lies on the sheet, cut at its edges."""
    borders = [shapely.from_geojson(json.dumps(area.geojson)) for area in areas]
    drawn = _simplified([shapely.transform(border, sheet.pixels) for border in borders], detail_px)
    cut = [_surfaces(shapely.clip_by_rect(pixels, 0, 0, sheet.width, sheet.height)) for pixels in drawn]
    return AreaMap(sheet, tuple(_shape(area, pixels) for area, pixels in zip(areas, cut, strict=True) if pixels))


def _surfaces(pixels: BaseGeometry) -> BaseGeometry | None:
    """The shape without the points and lines that cutting leaves."""
    parts = [part for part in shapely.get_parts(pixels) if part.geom_type == "Polygon" and part.area > 1]
    return shapely.MultiPolygon(parts) if parts else None


def sheet_around(box: np.ndarray, *, width_px: int = WIDTH_PX) -> Sheet:
    """The sheet that a box of west, south, east and north fills, with a small margin."""
    west, south, east, north = map(float, box)
    stretch = math.cos(math.radians((south + north) / 2))
    per_lon = (width_px - 2 * _MARGIN_PX) / max(east - west, 1e-6)
    per_lat = per_lon / stretch
    height = math.ceil((north - south) * per_lat) + 2 * _MARGIN_PX
    return Sheet(west - _MARGIN_PX / per_lon, north + _MARGIN_PX / per_lat, per_lon, per_lat, width_px, height)


def emphasis_by_value(values: Mapping[str, float | None], *, steps: int = 5) -> dict[str, str]:
    """A class for each key: “step-1” (lowest) to “step-N”, equally many areas in each; “none” without a value.

    >>> emphasis_by_value({"a": 1, "b": 2, "c": None}, steps=2)
    {'a': 'step-1', 'b': 'step-2', 'c': 'none'}
    """
    present = sorted(value for value in values.values() if value is not None)
    bounds = [present[len(present) * step // steps] for step in range(1, steps)] if present else []
    return {
        key: _NO_VALUE if value is None else f"step-{bisect_right(bounds, value) + 1}" for key, value in values.items()
    }


def _simplified(shapes: list[BaseGeometry], detail_px: float) -> list[BaseGeometry]:
    if shapely.coverage_is_valid(shapes):
        return list(shapely.coverage_simplify(shapes, detail_px))
    return [shape.simplify(detail_px / 2) for shape in shapes]


def _shape(area: MapArea, pixels: BaseGeometry) -> MapShape:
    x, y, room = _label(pixels)
    return MapShape(
        key=area.key,
        name=area.name,
        path=_path(pixels),
        label_x=x,
        label_y=y,
        label_room_px=room,
        href=area.href,
        title=area.title or area.name,
        emphasis=area.emphasis,
    )


def _label(pixels: BaseGeometry) -> tuple[int, int, int]:
    """Where the label stands, in the largest part, and how wide it may be there."""
    largest = max(shapely.get_parts(pixels), key=shapely.area)
    point = largest.centroid if largest.covers(largest.centroid) else largest.representative_point()
    west, _, east, _ = largest.bounds
    across = largest.intersection(shapely.LineString([(west - 1, point.y), (east + 1, point.y)]))
    room = max((part.length for part in shapely.get_parts(across) if part.distance(point) < 1), default=0.0)
    return round(point.x), round(point.y), int(room)


def _path(pixels: BaseGeometry) -> str:
    """The d attribute in whole pixels with relative steps; a shape smaller than a pixel becomes a dot to click on."""
    rings = [ring for part in shapely.get_parts(pixels) for ring in (part.exterior, *part.interiors)]
    drawn = "".join(filter(None, map(_ring, rings)))
    if drawn:
        return drawn
    point = pixels.representative_point()
    return f"M{round(point.x)} {round(point.y)}h1v1h-1z"


def _ring(ring: BaseGeometry) -> str:
    points = np.rint(shapely.get_coordinates(ring)[:-1]).astype(int)
    keep = (points != np.roll(points, 1, axis=0)).any(axis=1)
    points = points[keep]
    if len(points) < 3:
        return ""
    steps = (_pair(dx, dy) for dx, dy in np.diff(points, axis=0).tolist())
    return f"M{points[0][0]} {points[0][1]}l{_joined(steps)}z"


def _pair(dx: int, dy: int) -> str:
    return f"{dx}{dy}" if dy < 0 else f"{dx} {dy}"


def _joined(steps: Iterable[str]) -> str:
    """Pairs one after another; a minus sign parts them as well as a blank does."""
    text = ""
    for step in steps:
        text += step if not text or step.startswith("-") else f" {step}"
    return text
