"""The part of a city that a small square map shows, and how one moves it: closer, wider, in a direction. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mitstadt.ground.areas.drawing import Sheet

WINDOW_PX = 512
_METRES_PER_DEGREE = 111_320
# A map narrower than this shows nothing but one colour.
_NARROWEST_M = 700
# The middle lies on a grid of this many steps, so that maps that look the same are the same.
_STEPS = 8
DIRECTIONS = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}


@dataclass(frozen=True)
class Frame:
    """The edges of the whole city in degrees; `stamp` changes when borders are loaded anew."""

    west: float
    south: float
    east: float
    north: float
    stamp: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def stretch(self) -> float:
        """How much shorter a degree of longitude is here than one of latitude."""
        return max(math.cos(math.radians(self.middle[1])), 0.01)

    @property
    def span_m(self) -> float:
        """The side of the square that holds all of it, with a margin."""
        across = (self.east - self.west) * self.stretch
        return max(across, self.north - self.south, 1e-4) * _METRES_PER_DEGREE * 1.06

    @property
    def closest(self) -> int:
        """How often the whole can be halved."""
        return max(0, math.floor(math.log2(max(self.span_m / _NARROWEST_M, 1))))


@dataclass(frozen=True)
class Window:
    """What a map shows: its middle, and how often the whole city was halved."""

    longitude: float
    latitude: float
    closeness: int = 0

    def sheet(self, frame: Frame) -> Sheet:
        """How degrees become pixels of the map."""
        per_lat = WINDOW_PX / (frame.span_m / 2**self.closeness) * _METRES_PER_DEGREE
        per_lon = per_lat * frame.stretch
        half = WINDOW_PX / 2
        return Sheet(
            self.longitude - half / per_lon, self.latitude + half / per_lat, per_lon, per_lat, WINDOW_PX, WINDOW_PX
        )

    def box(self, frame: Frame) -> tuple[float, float, float, float]:
        """West, south, east and north."""
        sheet = self.sheet(frame)
        east, south = sheet.place(WINDOW_PX, WINDOW_PX)
        return sheet.west, south, east, sheet.north

    def moved(self, direction: str, frame: Frame) -> Window:
        """A third of its width further in one of the `DIRECTIONS`."""
        across, up = DIRECTIONS[direction]
        sheet = self.sheet(frame)
        half = WINDOW_PX / 2
        there = sheet.place(half + across * WINDOW_PX / 3, half - up * WINDOW_PX / 3)
        return window_at(*there, closeness=self.closeness, frame=frame)

    def at_closeness(self, closeness: int, frame: Frame) -> Window:
        """The same middle from closer or further away."""
        return window_at(self.longitude, self.latitude, closeness=closeness, frame=frame)


def window_on(frame: Frame) -> Window:
    """The whole city."""
    return Window(*frame.middle)


def window_at(longitude: float, latitude: float, *, closeness: int, frame: Frame) -> Window:
    """The window around a place, kept within the city and on the grid; further out than all is all."""
    closeness = min(max(closeness, 0), frame.closest)
    if closeness == 0:
        return window_on(frame)
    step = frame.span_m / 2**closeness / _STEPS / _METRES_PER_DEGREE
    middle_lon, middle_lat = frame.middle
    return Window(
        _on_grid(min(max(longitude, frame.west), frame.east), middle_lon, step / frame.stretch),
        _on_grid(min(max(latitude, frame.south), frame.north), middle_lat, step),
        closeness,
    )


def window_around(box: tuple[float, float, float, float], frame: Frame) -> Window:
    """The closest window that holds a box of west, south, east and north."""
    west, south, east, north = box
    across = max((east - west) * frame.stretch, north - south, 1e-6) * _METRES_PER_DEGREE * 1.2
    closeness = math.floor(math.log2(max(frame.span_m / across, 1)))
    return window_at((west + east) / 2, (south + north) / 2, closeness=closeness, frame=frame)


def _on_grid(value: float, start: float, step: float) -> float:
    return round(start + round((value - start) / step) * step, 6)
