"""Areas and addresses by what people type, as choices for a form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mitstadt.ground.areas.api import area_for_address, find_areas

_MOST = 6
_SHORTEST = 3


@dataclass(frozen=True)
class Found:
    """What fits: (slug, words) of areas to choose, and street names that are spelt alike."""

    places: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()


def found_places(typed: str, *, on: dt.date, language: str) -> Found:
    """Addresses first where there is a number, then areas of that name; similar streets only where nothing fits."""
    if len(typed) < _SHORTEST:
        return Found()
    address = area_for_address(typed)
    exact = [(place.area.slug, place.label) for place in address.places]
    if address.area:
        exact.insert(0, (address.area.slug, f"{typed} ({address.area.name(language)})"))
    named = [(one.area.slug, one.label(language)) for one in find_areas(typed, on=on, limit=_MOST)]
    has_number = any(sign.isdigit() for sign in typed)
    # A street that is a planning area and a region of the same name is one choice: the first, which fits best.
    by_label = {label: slug for slug, label in reversed(exact + named if has_number else named + exact)}
    places = tuple((slug, label) for label, slug in reversed(by_label.items()))[:_MOST]
    return Found(places, () if places else address.suggestions)
