"""Things as dots on a map of the areas around them; what lies close together becomes one dot and one list entry."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Sequence

from django.utils.translation import gettext, ngettext

from mitstadt.ground.areas.api import Frame, Window, drawn_window, frame_of_the_city, window_around, window_on
from mitstadt.ui.parts import AreaMap, Dot, PlacedThing, PlaceGroup, PlacesMap, Shape

Box = tuple[float, float, float, float]
_SCALE, _MOST_SCALE = 1.3, 1.9
# Two dots of that many pixels of the map do not touch.
_APART_PX = 46
# The smallest box that is shown: about 300 metres.
_SMALLEST = 0.003


def places_map(
    things: Sequence[PlacedThing],
    *,
    title: str,
    on: dt.date,
    id: str = "ort",
    within: Box | None = None,
    closer: Callable[[Box], str] | None = None,
    whole_href: str = "",
) -> PlacesMap:
    """The map around the things, or of a box, with its list in the order of the things.

    `closer` gives the address of the same page for a smaller box; read it back there with `box_from`.
    """
    placed = [thing for thing in things if thing.point]
    without = [thing for thing in things if not thing.point]
    frame = frame_of_the_city(on=on)
    if frame is None or not placed:
        groups = [PlaceGroup(number=number, things=[thing]) for number, thing in enumerate(placed, 1)]
        return PlacesMap(id=id, groups=groups, without_point=without)
    window = window_around(within or box_around(placed), frame) if within or len(placed) > 1 else window_on(frame)
    pixels = [window.sheet(frame).at(*thing.point) for thing in placed if thing.point]
    groups, dots = [], []
    for number, members in enumerate(clustered(pixels), 1):
        group = _group(number, [placed[index] for index in members], closer=closer)
        groups.append(group)
        dots.append(_dot(group, [pixels[index] for index in members], id=id))
    drawing = _drawing(window, frame, dots, title=title, on=on)
    return PlacesMap(
        id=id, groups=groups, drawing=drawing, without_point=without, whole_href=whole_href if within else ""
    )


def clustered(pixels: Sequence[tuple[float, float]], *, apart_px: float = _APART_PX) -> list[list[int]]:
    """Indices of points that stand for one dot, so that no two dots touch; in the order of their first point."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(pixels):
        cells[math.floor(x / apart_px), math.floor(y / apart_px)].append(index)
    clusters = [cells[key] for key in sorted(cells)]
    while pair := _touching(clusters, pixels, apart_px):
        first, second = pair
        clusters[first] = clusters[first] + clusters.pop(second)
    return sorted((sorted(members) for members in clusters), key=lambda members: members[0])


def _touching(
    clusters: list[list[int]], pixels: Sequence[tuple[float, float]], apart_px: float
) -> tuple[int, int] | None:
    middles = [_middle([pixels[index] for index in members]) for members in clusters]
    for first, one in enumerate(middles):
        for second in range(first + 1, len(middles)):
            if math.dist(one, middles[second]) < apart_px:
                return first, second
    return None


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def box_around(things: Sequence[PlacedThing]) -> Box:
    """West, south, east and north of the things, never smaller than a few streets."""
    points = [thing.point for thing in things if thing.point]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    wide, high = (max(0.0, _SMALLEST - (max(axis) - min(axis))) / 2 for axis in (lons, lats))
    return min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high


def box_to_text(box: Box) -> str:
    """The box in an address."""
    return ",".join(f"{edge:.5f}" for edge in box)


def box_from(text: str) -> Box | None:
    """The box of an address; None for none and for nonsense."""
    try:
        west, south, east, north = map(float, text[:80].split(","))
    except ValueError:
        return None
    sound = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if sound else None


def _group(number: int, things: list[PlacedThing], *, closer: Callable[[Box], str] | None) -> PlaceGroup:
    apart = len({thing.point for thing in things}) > 1
    return PlaceGroup(number=number, things=things, closer_href=closer(box_around(things)) if closer and apart else "")


def _dot(group: PlaceGroup, pixels: list[tuple[float, float]], *, id: str) -> Dot:
    count = len(group.things)
    x, y = _middle(pixels)
    label = ngettext("Stelle %(number)s: %(what)s", "Stelle %(number)s: %(count)s Einträge", count)
    return Dot(
        x=round(x),
        y=round(y),
        label=label % {"number": group.number, "count": count, "what": group.things[0].label},
        href=f"#{id}-{group.number}",
        number=group.number,
        scale=round(min(_SCALE + math.log10(count) / 4, _MOST_SCALE), 2),
        tone="many" if count > 1 else "",
    )


def _drawing(window: Window, frame: Frame, dots: list[Dot], *, title: str, on: dt.date) -> AreaMap:
    drawn = drawn_window(window, frame, on=on)
    return AreaMap(
        title=title,
        description=gettext("Jeder Punkt führt zu seiner Nummer in der Liste daneben."),
        width=drawn.sheet.width,
        height=drawn.sheet.height,
        shapes=[Shape(path=shape.path, label=shape.name) for shape in drawn.shapes],
        dots=[dot for dot in dots if 0 <= dot.x <= drawn.sheet.width and 0 <= dot.y <= drawn.sheet.height],
    )
