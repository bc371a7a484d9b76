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
WIDTH, HEIGHT, MARGIN = 640, 480, 40
MOST_DOTS = 4000
BINS = 60
COLOURS = ("#2a5d9f", "#b3541e", "#3b7d3a", "#8a3b8f", "#7a6a00", "#00727a")
NOBODY = "#6b6b6b"
SHAPES = ("circle", "square", "triangle", "diamond", "plus", "cross")


def draw_map(found: OpinionMap, groups: Groups, words: Mapping[str, str] | None = None) -> str:
    """An SVG picture of people on the first two axes; on a single axis height shows the tendency to agree.

    Groups differ by shape as well as by colour. Title and description are part of the picture, so that it can be heard.

    Parameters
    ----------
    found : OpinionMap
    groups : Groups
    words : mapping, optional
        Replaces the texts ``title``, ``description``, ``group`` and ``none``; for other languages.
    """
    text = {
        "title": "Opinion map",
        "description": f"{len(found.positions)} people, {groups.count} groups of opinion.",
        "group": "Group",
        "none": "in no group",
        **(words or {}),
    }
    voted = found.conversation.heard.per_person > 0
    place = _pixels(_plane(found), voted)
    body = [*_outlines(place, groups), *_people(place, groups.labels, voted), *_legend(groups, text)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t d" font-family="sans-serif" font-size="14">'
        f'<title id="t">{escape(text["title"])}</title><desc id="d">{escape(text["description"])}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    )
    return "\n".join([head, *body, "</svg>"]) + "\n"


def _plane(found: OpinionMap) -> Floats:
    second = found.positions[:, 1] if found.dim > 1 else found.lean
    return np.column_stack([found.positions[:, 0], second])


def _pixels(plane: Floats, voted: NDArray[np.bool_]) -> Floats:
    """Both axes at one scale around the middle of the people; the farthest one in two hundred clipped."""
    seen = plane[voted] if voted.any() else plane
    if not len(seen):
        return np.zeros((0, 2))
    low, high = np.quantile(seen, 0.005, axis=0), np.quantile(seen, 0.995, axis=0)
    reach = np.maximum(high - low, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / reach[0], (HEIGHT - 3 * MARGIN) / reach[1])
    shifted = (plane - (low + high) / 2) * scale
    x = np.clip(WIDTH / 2 + shifted[:, 0], MARGIN / 2, WIDTH - MARGIN / 2)
    y = np.clip((HEIGHT - MARGIN) / 2 - shifted[:, 1], MARGIN / 2, HEIGHT - 1.5 * MARGIN)
    return np.column_stack([x, y])


def _outlines(place: Floats, groups: Groups) -> list[str]:
    lines = []
    for group in range(groups.count):
        points = place[groups.labels == group]
        try:
            hull = points[ConvexHull(points).vertices]
        except (QhullError, ValueError):
            continue
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in hull)
        colour = COLOURS[group % len(COLOURS)]
        lines.append(f'<polygon points="{path}" fill="{colour}" fill-opacity="0.08" stroke="{colour}"/>')
    return lines


def _people(place: Floats, labels: NDArray[np.int64], voted: NDArray[np.bool_]) -> list[str]:
    rows = np.flatnonzero(voted)
    if len(rows) > MOST_DOTS:
        return _density(place[rows], labels[rows])
    drawn = []
    for group in range(-1, int(labels.max(initial=-1)) + 1):
        marks = [_mark(x, y, group) for x, y in place[rows[labels[rows] == group]].tolist()]
        if marks:
            drawn.append(f'<path d="{"".join(marks)}" fill="{_colour(group)}" fill-opacity="0.6"/>')
    return drawn


def _density(place: Floats, labels: NDArray[np.int64]) -> list[str]:
    """Squares as dark as people are many: a dot a person would be a blot."""
    size = WIDTH / BINS
    cell = (place // size).astype(np.int64)
    code = (labels + 1) * BINS * BINS + cell[:, 1] * BINS + cell[:, 0]
    found, counts = np.unique(code, return_counts=True)
    most = float(counts.max())
    drawn = []
    for one, count in zip(found.tolist(), counts.tolist(), strict=True):
        group, y, x = one // (BINS * BINS) - 1, one % (BINS * BINS) // BINS, one % BINS
        shade = 0.15 + 0.75 * np.sqrt(count / most)
        box = f'x="{x * size:.1f}" y="{y * size:.1f}" width="{size:.1f}" height="{size:.1f}"'
        drawn.append(f'<rect {box} fill="{_colour(group)}" fill-opacity="{shade:.2f}"/>')
    return drawn


def _colour(group: int) -> str:
    return NOBODY if group < 0 else COLOURS[group % len(COLOURS)]


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


def _legend(groups: Groups, text: Mapping[str, str]) -> list[str]:
    sizes = np.bincount(groups.labels + 1, minlength=groups.count + 1)
    entries: list[tuple[int, str]] = [(g, f"{text['group']} {g + 1}: {sizes[g + 1]}") for g in range(groups.count)]
    entries.append((-1, f"{text['none']}: {sizes[0]}"))
    step = (WIDTH - 2 * MARGIN) / len(entries)
    lines = []
    for number, (group, label) in enumerate(entries):
        x, y = MARGIN + number * step, HEIGHT - MARGIN / 2
        lines.append(f'<path d="{_mark(x, y - 4, group)}" fill="{_colour(group)}"/>')
        lines.append(f'<text x="{x + 10:.1f}" y="{y:.1f}">{escape(label)}</text>')
    return lines
