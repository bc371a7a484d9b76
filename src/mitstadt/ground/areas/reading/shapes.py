"""GeoJSON geometry to sound polygons on the globe: checked, repaired, and told where it was."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from mitstadt.ground.areas.reading.sets import Finding, Json

MAX_POINTS = 2_000_000
DECIMALS = 6


class ShapeError(ValueError):
    """A geometry that is no area; the code and the end of a sentence that begins with the feature's name."""

    def __init__(self, code: str, because: str) -> None:
        super().__init__(because)
        self.code = code
        self.because = because


def polygons_of(geometry: object) -> list[Any]:
    """The coordinate lists of all polygons in a GeoJSON geometry, whatever it wraps them in."""
    if not isinstance(geometry, dict):
        raise ShapeError("no_geometry", "has no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon" and isinstance(coordinates, list):
        return coordinates
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        parts = [part for part in geometry["geometries"] if isinstance(part, dict) and "Polygon" in str(part["type"])]
        return [polygon for part in parts if part["type"] != "GeometryCollection" for polygon in polygons_of(part)]
    raise ShapeError("not_an_area", f"is a {kind}, not an area; a polygon is needed")


def ring(points: object) -> np.ndarray:
    """An array of two columns from a GeoJSON ring; heights are dropped."""
    if not isinstance(points, list) or len(points) < 4 or len(points) > MAX_POINTS:
        raise ShapeError("ring_too_short", "has a border of fewer than four points")
    try:
        found = np.array([[float(point[0]), float(point[1])] for point in points])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise ShapeError("not_coordinates", "has coordinates that are not pairs of numbers") from error
    if not np.isfinite(found).all():
        raise ShapeError("not_coordinates", "has coordinates that are not numbers")
    return found


def raw_shape(geometry: object) -> BaseGeometry:
    """The polygons of a GeoJSON geometry in the file's own coordinates, not yet checked for soundness."""
    shapes = []
    for polygon in polygons_of(geometry):
        if not isinstance(polygon, list) or not polygon:
            raise ShapeError("ring_too_short", "has an empty polygon")
        shell, *holes = [ring(points) for points in polygon]
        shapes.append(Polygon(shell, holes))
    if not shapes:
        raise ShapeError("no_geometry", "has no polygon in its geometry")
    return shapes[0] if len(shapes) == 1 else MultiPolygon(shapes)


def sound(shape: BaseGeometry, *, label: str) -> tuple[BaseGeometry, tuple[Finding, ...]]:
    """The shape itself when valid, else repaired and told; a shape without any surface is refused."""
    if shape.is_valid and shape.area > 0:
        return shape, ()
    reason = shapely.is_valid_reason(shape).split("[")[0].strip().lower()
    repaired = surfaces(shapely.make_valid(shape))
    if repaired.is_empty or repaired.area == 0:
        raise ShapeError("no_surface", "has a border that encloses nothing")
    sentence = f"{label} had an unsound border ({reason}); it was repaired."
    return repaired, (Finding("repaired", sentence, broken=False),)


def surfaces(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of a shape: repairing leaves lines and points behind."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def moved(shape: BaseGeometry, change: Callable[[np.ndarray], np.ndarray]) -> BaseGeometry:
    """The shape with every point changed."""
    return shapely.transform(shape, change)


def to_geojson(shape: BaseGeometry) -> Json:
    """GeoJSON with six decimals, about ten centimetres."""
    rounded = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    return dict(json.loads(shapely.to_geojson(rounded)))


def joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    """The union of neighbours; exact along shared borders, and sound where they overlap."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    if shapely.coverage_is_valid(parts):
        return shapely.coverage_union_all(parts)
    return surfaces(shapely.union_all(parts))


def inner_point(shape: BaseGeometry) -> tuple[float, float]:
    """The centroid, or a point inside where the centroid falls outside, as in a horseshoe."""
    point = shape.centroid if shape.covers(shape.centroid) else shape.representative_point()
    return round(point.x, DECIMALS), round(point.y, DECIMALS)


def on_earth(box: tuple[float, float, float, float]) -> bool:
    """True for a box of longitudes and latitudes."""
    west, south, east, north = box
    return all(map(math.isfinite, box)) and -180 <= west <= east <= 180 and -90 <= south <= north <= 90
