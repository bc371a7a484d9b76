"""What a person chose so far on the way to a place, as it travels in the form, and what each step changes. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mitstadt.ground.areas.api import Frame, Window, window_at, window_on
from mitstadt.ground.areas.windows import DIRECTIONS, WINDOW_PX

# The sides of the map in CSS pixels, on a phone and on a wider screen: a click tells pixels, so they must be fixed.
SIDES_PX = (256, 512)
# A click from far away comes closer; from here on the map stays.
_CLOSE_ENOUGH = 4
_LONGEST = 200


@dataclass(frozen=True)
class PlaceState:
    """The choice so far: a point, or an area by its slug, or neither; what is looked for; what the map shows."""

    point: tuple[float, float] | None = None
    area: str = ""
    search: str = ""
    searched: str = ""
    words: str = ""
    precision: str = ""
    window: Window | None = None


def read(data: Mapping[str, object], name: str) -> PlaceState:
    """The state as it was sent; what makes no sense is left out."""

    def sent(part: str) -> str:
        return str(data.get(f"{name}-{part}") or "").replace("\0", "").strip()

    middle, closeness = _pair(sent("middle")), sent("closeness")
    known = middle is not None and closeness.isdecimal() and len(closeness) < 3
    return PlaceState(
        point=_pair(sent("point")),
        area=sent("area")[:_LONGEST],
        search=sent("search")[:_LONGEST],
        # An emptied field ends the search.
        searched=sent("searched")[:_LONGEST] if sent("search") else "",
        words=sent("words"),
        precision=sent("precision"),
        window=Window(*middle, int(closeness)) if known and middle else None,
    )


def written(state: PlaceState, name: str) -> dict[str, str]:
    """The state as the form sends it again."""
    window = state.window
    return {
        f"{name}-point": _text(state.point),
        f"{name}-area": state.area,
        f"{name}-search": state.search,
        f"{name}-searched": state.searched,
        f"{name}-middle": _text((window.longitude, window.latitude)) if window else "",
        f"{name}-closeness": str(window.closeness) if window else "",
    }


def is_step(data: Mapping[str, object], name: str) -> bool:
    """Whether a button of the place was pressed, the map was clicked, or a search was typed and not yet made."""
    pressed = any(f"{name}-{part}" in data for part in ("do", "choose", "suggest"))
    state = read(data, name)
    return pressed or _click(data, name) is not None or (bool(state.search) and state.search != state.searched)


def stepped(state: PlaceState, data: Mapping[str, object], name: str, frame: Frame | None) -> PlaceState:
    """The state after the step that was sent; what concerns an area (`choose`) needs the areas and is done outside."""
    if suggested := str(data.get(f"{name}-suggest") or ""):
        state = replace(state, search=suggested[:_LONGEST])
    if state.search != state.searched:
        state = replace(state, searched=state.search)
    if frame is None:
        return state
    window = _within(state.window, frame)
    click = _click(data, name)
    if click is not None:
        return _clicked(replace(state, window=window), click, frame)
    return _done(replace(state, window=window), str(data.get(f"{name}-do") or ""), frame)


def _done(state: PlaceState, deed: str, frame: Frame) -> PlaceState:
    window = state.window or window_on(frame)
    if deed in DIRECTIONS:
        return replace(state, window=window.moved(deed, frame))
    if deed in {"closer", "wider"}:
        return replace(state, window=window.at_closeness(window.closeness + (1 if deed == "closer" else -1), frame))
    if deed == "middle":
        return _set(state, (window.longitude, window.latitude), frame)
    if deed == "clear":
        return replace(state, point=None, area="", search="", searched="", window=window_on(frame))
    return replace(state, window=window)


def _clicked(state: PlaceState, click: tuple[int, int, int], frame: Frame) -> PlaceState:
    x, y, side = click
    window = state.window or window_on(frame)
    if (x, y) == (0, 0):
        # So a browser says that the map was pressed by keyboard: its middle is meant, which a cross marks.
        return _set(state, (window.longitude, window.latitude), frame)
    scale = WINDOW_PX / side
    return _set(state, window.sheet(frame).place(x * scale, y * scale), frame)


def _set(state: PlaceState, point: tuple[float, float], frame: Frame) -> PlaceState:
    window = state.window or window_on(frame)
    if window.closeness < min(_CLOSE_ENOUGH, frame.closest):
        window = window_at(*point, closeness=window.closeness + 2, frame=frame)
    rounded = (round(point[0], 6), round(point[1], 6))
    return replace(state, point=rounded, area="", search="", searched="", window=window)


def _within(window: Window | None, frame: Frame) -> Window:
    if window is None:
        return window_on(frame)
    return window_at(window.longitude, window.latitude, closeness=window.closeness, frame=frame)


def _click(data: Mapping[str, object], name: str) -> tuple[int, int, int] | None:
    for side in SIDES_PX:
        x, y = (str(data.get(f"{name}-map{side}.{axis}") or "") for axis in "xy")
        if x.isdecimal() and y.isdecimal() and len(x) < 5 and len(y) < 5:
            return min(int(x), side), min(int(y), side), side
    return None


def _pair(text: str) -> tuple[float, float] | None:
    try:
        longitude, latitude = map(float, text[:60].split(",")) if "," in text else (math.nan, math.nan)
    except ValueError:
        return None
    on_earth = abs(longitude) <= 180 and abs(latitude) <= 90
    return (longitude, latitude) if on_earth else None


def _text(point: tuple[float, float] | None) -> str:
    return f"{point[0]:.6f},{point[1]:.6f}" if point else ""
