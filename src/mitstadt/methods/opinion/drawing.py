"""The map as a picture: an SVG of our own, people as dots or as density, groups as outlines, words beside it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from mitstadt.methods.opinion.groups import Groups
from mitstadt.methods.opinion.maps import OpinionMap

Floats = NDArray[np.float64]
WIDTH, MARGIN, TOP, BOTTOM = 720, 32, 84, 76
LOWEST, HIGHEST = 180, 460  # height of the plane itself
MOST_DOTS = 4000
FEW_DOTS = 400  # up to so many people are drawn larger
BINS = 72
INSIDE = 0.9  # share of a group's members that its outline holds
COLOURS = ("#2a5d9f", "#b3541e", "#3b7d3a", "#8a3b8f", "#7a6a00", "#00727a")
DARK_COLOURS = ("#7fb2f0", "#f0a070", "#8fcf8d", "#d79adb", "#d6c65c", "#5fcad2")
SHAPES = ("circle", "square", "triangle", "diamond", "plus", "cross")
STYLE = (
    ".om{font:14px system-ui,sans-serif}.om-paper{fill:#fff}.om-ink{fill:#1c2633}.om-muted{fill:#596170}"
    ".om-none{fill:#757c87}.om-mark{stroke:none}.om-outline{fill-opacity:.09;stroke-opacity:.8;stroke-width:1.5px}"
    ".om-title{font-size:20px;font-weight:600}.om-name{font-size:22px;font-weight:700;stroke:#fff;stroke-width:5px;"
    "stroke-linejoin:round;paint-order:stroke}"
)
DARK_STYLE = (
    ".om-paper{fill:#161c25}.om-ink{fill:#f1e9dc}.om-muted{fill:#b5bac3}.om-none{fill:#98a0ab}.om-mark{stroke:none}"
    ".om-name{stroke:#161c25}"
)


def draw_map(found: OpinionMap, groups: Groups, words: Mapping[str, str] | None = None) -> str:
    """An SVG picture of people on the first two axes; on a single axis height shows the tendency to agree.

    Groups differ by shape and number as well as by colour. Title and description are part of the picture, so that it
    can be heard. On dark screens it is dark, on paper it is light.

    Parameters
    ----------
    found : OpinionMap
    groups : Groups
    words : mapping, optional
        Replaces the texts ``title``, ``description``, ``group``, ``none`` and ``note``; for other languages.
    """
    text = {
        "title": "Opinion map",
        "description": _description(len(found.positions), groups.count),
        "group": "Group",
        "none": "in no group",
        "note": "People who answer alike stand close together." + _outline_note(groups.count),
        **(words or {}),
    }
    voted = found.conversation.heard.per_person > 0
    place, height = _pixels(_plane(found), voted)
    shown = {name: escape(words_of) for name, words_of in text.items()}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="om" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="om-t om-d"><title id="om-t">{shown["title"]}</title>'
        f'<desc id="om-d">{shown["description"]}</desc><style>{_style()}</style>',
        f'<rect class="om-paper" width="{WIDTH}" height="{height}"/>',
        f'<text class="om-title om-ink" x="{MARGIN}" y="38">{shown["title"]}</text>',
        f'<text class="om-muted" x="{MARGIN}" y="62">{shown["description"]}</text>',
        *_people(place, groups.labels, voted),
        *_outlines(place, groups),
        *_legend(groups, shown, height),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _description(people: int, groups: int) -> str:
    return f"{people:,} people, " + (f"{groups} groups of opinion" if groups else "no stable groups of opinion")


def _outline_note(groups: int) -> str:
    return " Each outline holds about nine in ten members." if groups else ""


def _style() -> str:
    """Rules for light paper, and for dark screens."""

    def of(colours: tuple[str, ...]) -> str:
        return "".join(f".om-{number}{{fill:{one};stroke:{one}}}" for number, one in enumerate(colours))

    dark = of(DARK_COLOURS) + DARK_STYLE
    return f"{of(COLOURS)}{STYLE}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _plane(found: OpinionMap) -> Floats:
    second = found.positions[:, 1] if found.dim > 1 else found.lean
    return np.column_stack([found.positions[:, 0], second])


def _pixels(plane: Floats, voted: NDArray[np.bool_]) -> tuple[Floats, int]:
    """Where people are drawn, both axes at one scale, and the height of the picture; the farthest few are clipped."""
    seen = plane[voted] if voted.any() else plane
    if not len(seen):
        return np.zeros((0, 2)), TOP + LOWEST + BOTTOM
    low, high = np.quantile(seen, 0.005, axis=0), np.quantile(seen, 0.995, axis=0)
    reach = np.maximum(high - low, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / reach[0], HIGHEST / reach[1])
    tall = int(np.clip(np.ceil(reach[1] * scale), LOWEST, HIGHEST))
    shifted = (plane - (low + high) / 2) * scale
    x = np.clip(WIDTH / 2 + shifted[:, 0], MARGIN / 2, WIDTH - MARGIN / 2)
    y = np.clip(TOP + tall / 2 - shifted[:, 1], TOP - 8, TOP + tall + 8)
    return np.column_stack([x, y]), TOP + tall + BOTTOM


def _outlines(place: Floats, groups: Groups) -> list[str]:
    """A rounded line around the inner members of each group, and its number in their middle."""
    lines, names = [], []
    for group in range(groups.count):
        members = place[groups.labels == group]
        if not len(members):
            continue
        middle = np.median(members, axis=0)
        far = (((members - middle) / np.maximum(members.std(axis=0), 1e-9)) ** 2).sum(axis=1)
        path = _rounded(members[far <= np.quantile(far, INSIDE)])
        lines.append(f'<path class="om-{group % len(COLOURS)} om-outline" d="{path}"/>' if path else "")
        spot = f'x="{middle[0]:.1f}" y="{middle[1] + 8:.1f}"'
        names.append(f'<text class="om-name om-ink" {spot} text-anchor="middle">{group + 1}</text>')
    return [line for line in (*lines, *names) if line]


def _rounded(points: Floats) -> str:
    """The convex hull with rounded corners, as path commands; empty for fewer than three places."""
    try:
        hull = points[ConvexHull(points).vertices]
    except (QhullError, ValueError):
        return ""
    between = (hull + np.roll(hull, -1, axis=0)) / 2
    corners = zip(np.roll(hull, -1, axis=0).tolist(), np.roll(between, -1, axis=0).tolist(), strict=True)
    start = f"M{between[0, 0]:.1f} {between[0, 1]:.1f}"
    return start + "".join(f"Q{a:.1f} {b:.1f} {x:.1f} {y:.1f}" for (a, b), (x, y) in corners) + "z"


def _people(place: Floats, labels: NDArray[np.int64], voted: NDArray[np.bool_]) -> list[str]:
    rows = np.flatnonzero(voted)
    if len(rows) > MOST_DOTS:
        return _density(place[rows], labels[rows])
    size = 1.7 if len(rows) <= FEW_DOTS else 1.1
    drawn = []
    for group in range(-1, int(labels.max(initial=-1)) + 1):
        marks = [_mark(x, y, group) for x, y in (place[rows[labels[rows] == group]] / size).tolist()]
        if marks:
            drawn.append(f'<path class="{_class(group)}" transform="scale({size})" opacity=".6" d="{"".join(marks)}"/>')
    return drawn


def _density(place: Floats, labels: NDArray[np.int64]) -> list[str]:
    """Squares as dark as people are many, in the colour of most of them: a dot a person would be a blot."""
    size = WIDTH / BINS
    cell = (place // size).astype(np.int64)
    where, number = np.unique(cell[:, 1] * BINS + cell[:, 0], return_inverse=True)
    kinds = int(labels.max(initial=-1)) + 2
    table = np.bincount(number * kinds + labels + 1, minlength=len(where) * kinds).reshape(-1, kinds)
    most = float(table.sum(axis=1).max())
    drawn = []
    for one, row in zip(where.tolist(), table, strict=True):
        shade = 0.12 + 0.78 * float(np.sqrt(row.sum() / most))
        box = f'x="{one % BINS * size:.1f}" y="{one // BINS * size:.1f}" width="{size:.1f}" height="{size:.1f}"'
        drawn.append(f'<rect class="{_class(int(row.argmax()) - 1)}" {box} opacity="{shade:.2f}"/>')
    return drawn


def _class(group: int) -> str:
    return "om-none" if group < 0 else f"om-{group % len(COLOURS)} om-mark"


def _mark(x: float, y: float, group: int) -> str:
    """A small shape as path commands; its form tells the group without colour."""
    shape = SHAPES[(group + 1) % len(SHAPES)]
    start = f"M{x:.1f} {y:.1f}"
    return {
        "circle": f"{start}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
        "square": f"{start}m-2.5 -2.5h5v5h-5z",
        "triangle": f"{start}m0 -3.2l3 5.4h-6z",
        "diamond": f"{start}m0 -3.4l3.4 3.4l-3.4 3.4l-3.4 -3.4z",
        "plus": f"{start}m-1 -3h2v2h2v2h-2v2h-2v-2h-2v-2h2z",
        "cross": f"{start}m-3 -2l1 -1l2 2l2 -2l1 1l-2 2l2 2l-1 1l-2 -2l-2 2l-1 -1l2 -2z",
    }[shape]


def _legend(groups: Groups, text: Mapping[str, str], height: int) -> list[str]:
    sizes = np.bincount(groups.labels + 1, minlength=groups.count + 1)
    entries: list[tuple[int, str]] = [(g, f"{text['group']} {g + 1}: {sizes[g + 1]}") for g in range(groups.count)]
    entries.append((-1, f"{text['none']}: {sizes[0]}"))
    step = min((WIDTH - 2 * MARGIN) / len(entries), 170.0)
    lines = [f'<text class="om-muted" x="{MARGIN}" y="{height - 18}">{text["note"]}</text>']
    for number, (group, label) in enumerate(entries):
        x, y = MARGIN + number * step, height - 44
        mark = _mark((x + 5) / 1.7, (y - 5) / 1.7, group)
        lines.append(f'<path class="{_class(group)}" transform="scale(1.7)" d="{mark}"/>')
        lines.append(f'<text class="om-ink" x="{x + 17:.1f}" y="{y}">{label}</text>')
    return lines
