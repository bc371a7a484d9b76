"""Make a point as coarse as its author wants it, before anything is stored. Pure, but for the areas it is given.

The coarse point depends on the cell or area alone: from it nobody learns where in it the place was. Making a coarse
point coarse again changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from mitstadt.ground.areas.api import Area, Level
from mitstadt.spine.models import Precision

_METRES_PER_DEGREE = 111_320
_CELLS_M = {Precision.EXACT: 1, Precision.NEAR: 100, Precision.STREET: 300}
# From the smallest up: the first that is there is the Kiez.
KIEZ_LEVELS = (Level.PLANNING_AREA, Level.DISTRICT_REGION, Level.LOCALITY, Level.DISTRICT, Level.CITY)
AREA_LEVELS = (Level.DISTRICT, Level.CITY, Level.REGION)
WORDS_LENGTH = 200


@dataclass(frozen=True)
class ChosenPlace:
    """What a person chose: a point, or an area without one, or neither; how exactly it may be kept; its words."""

    point: tuple[float, float] | None = None
    area: Area | None = None
    precision: Precision = Precision.NEAR
    words: str = ""


def coarse(longitude: float, latitude: float, precision: Precision) -> tuple[float, float]:
    """The middle of the cell that a point lies in; cells are as wide as the precision says.

    >>> coarse(13.35931, 52.54662, Precision.NEAR) == coarse(13.35936, 52.54659, Precision.NEAR)
    True
    """
    height = _CELLS_M[precision] / _METRES_PER_DEGREE
    middle = (math.floor(latitude / height) + 0.5) * height
    width = height / max(math.cos(math.radians(middle)), 0.01)
    across = (math.floor(longitude / width) + 0.5) * width
    return round(across, 6), round(middle, 6)
