"""The map of the place field: areas, their names where there is room, the point, and the middle."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from mitstadt.ground.areas.api import Frame, Window, drawn_window
from mitstadt.ground.areas.drawing import MapShape
from mitstadt.ground.areas.windows import WINDOW_PX

# Rough width of a letter in pixels of the map, on a wide screen and on a phone, where the map is half as large.
_LETTER_PX, _LETTER_PHONE_PX = 7.5, 15
_LINE_PX = 14


@dataclass(frozen=True)
class Name:
    """The name of an area on the map; `roomy` also on a phone."""

    text: str
    x: int
    y: int
    roomy: bool


@dataclass(frozen=True)
class PickMap:
    """Everything that the template draws."""

    side: int
    shapes: tuple[MapShape, ...]
    names: tuple[Name, ...]
    chosen: str
    point: tuple[int, int] | None
    can_come_closer: bool
    can_go_wider: bool

    @property
    def moves(self) -> list[tuple[str, str, bool]]:
        """The buttons beneath it: the step, its words, and whether it is possible."""
        return [
            ("closer", gettext("Näher heran"), self.can_come_closer),
            ("wider", gettext("Weiter weg"), self.can_go_wider),
            ("north", gettext("Nach Norden"), True),
            ("south", gettext("Nach Süden"), True),
            ("west", gettext("Nach Westen"), True),
            ("east", gettext("Nach Osten"), True),
            ("middle", gettext("Punkt auf das Kreuz setzen"), True),
        ]

    @property
    def middle(self) -> int:
        """Where the cross stands."""
        return self.side // 2

    @property
    def spoken_names(self) -> str:
        """The areas in sight."""
        return ", ".join(sorted({shape.name for shape in self.shapes}))


def pick_map(window: Window, frame: Frame, *, point: tuple[float, float] | None, chosen: str, on: dt.date) -> PickMap:
    """The map of a window with the point, where it is in sight, and the chosen area marked."""
    drawn = drawn_window(window, frame, on=on)
    return PickMap(
        side=WINDOW_PX,
        shapes=drawn.shapes,
        names=_names(drawn.shapes),
        chosen=chosen,
        point=_in_sight(drawn.sheet.at(*point)) if point else None,
        can_come_closer=window.closeness < frame.closest,
        can_go_wider=window.closeness > 0,
    )


def _names(shapes: tuple[MapShape, ...]) -> tuple[Name, ...]:
    """Names that fit into their area and do not lie on another, the roomiest first."""
    placed: list[tuple[Name, float]] = []
    for shape in sorted(shapes, key=lambda shape: -shape.label_room_px):
        half = len(shape.name) * _LETTER_PX / 2
        x = round(min(max(shape.label_x, half), WINDOW_PX - half))
        y = min(max(shape.label_y, _LINE_PX), WINDOW_PX - _LINE_PX)
        free = all(abs(y - other.y) > _LINE_PX or abs(x - other.x) > half + width for other, width in placed)
        if free and shape.label_room_px >= 2 * half:
            roomy = shape.label_room_px >= len(shape.name) * _LETTER_PHONE_PX
            placed.append((Name(shape.name, x, y, roomy), half))
    return tuple(name for name, _ in placed)


def _in_sight(pixel: tuple[float, float]) -> tuple[int, int] | None:
    x, y = round(pixel[0]), round(pixel[1])
    return (x, y) if 0 <= x <= WINDOW_PX and 0 <= y <= WINDOW_PX else None
