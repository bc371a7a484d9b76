"""The levels of headings that bear no mark at all, read from the pattern that they make together.

Three general signs are used. Headings that return in the same order in several parts lie below those that open the
parts. A list that names the headings that follow announces headings of one rank. A heading that repeats the name of
the part it lies in ("Szenario: Wohnen" in "Wohnen") gathers those after it that are built alike.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from mitstadt.methods.text.outline.words import is_closing, is_introducing, normal

SEPARATOR = re.compile(r"\s*:\s+|\s+[–—|-]\s+")
CLEAR_CONTRAST = 0.75


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with what is needed to find its level: its form, and what stands below it before the next heading."""

    text: str
    style: str
    body_blocks: int
    announces: tuple[str, ...] = ()  # the items of lists in its body


@dataclass(frozen=True, slots=True)
class _Keyed:
    """Headings of one key are of one kind; ``restates`` is the heading whose name this one repeats."""

    key: str
    restates: int | None = None


def plain_levels(headings: Sequence[Heading]) -> list[int]:
    """The level of each unmarked heading, 1 the highest; all 1 where no pattern speaks for more."""
    keyed = _keys(headings)
    openers, announcer = _openers(headings, keyed)
    if not openers:
        return _piles(headings)
    levels = _below_openers(headings, keyed, openers)
    for start, end in _parts(openers, levels):
        for n in _gathered(headings, keyed, start, end):
            levels[n] += 1
    if announcer is not None and not is_introducing(headings[announcer].text):
        levels = _below_announcer(headings, levels, openers, announcer)
    return levels


def _keys(headings: Sequence[Heading]) -> list[_Keyed]:
    names = [normal(heading.text) for heading in headings]
    heads = Counter(_head(heading.text) for heading in headings if _head(heading.text))
    keyed: list[_Keyed] = []
    for n, heading in enumerate(headings):
        head, tail = _head(heading.text), _tail(heading.text)
        restated = [m for m in range(n) if names[m] and names[m] in {head, tail}]
        if restated:
            other = head if names[restated[-1]] == tail else tail
            keyed.append(_Keyed(f"{other}:*", restated[-1]))
        else:
            keyed.append(_Keyed(f"{head}:*" if head and heads[head] > 1 else names[n]))
    return keyed


def _head(text: str) -> str:
    parts = SEPARATOR.split(text, maxsplit=1)
    return normal(parts[0]) if len(parts) == 2 else ""


def _tail(text: str) -> str:
    parts = SEPARATOR.split(text, maxsplit=1)
    return normal(parts[1]) if len(parts) == 2 else ""


def _openers(headings: Sequence[Heading], keyed: Sequence[_Keyed]) -> tuple[set[int], int | None]:
    """Positions of the headings that open the parts, and the heading whose list announces them, if any."""
    announced, announcer = _announced(headings)
    counts = Counter(key.key for key in keyed)
    openers = announced | {key.restates for key in keyed if key.restates is not None and counts[key.key] > 1}
    openers |= {key.restates for key in keyed if key.restates is not None and counts[keyed[key.restates].key] == 1}
    return openers | _before_cycles(keyed, counts), announcer


def _announced(headings: Sequence[Heading]) -> tuple[set[int], int | None]:
    """Headings that a list before them names, at least two, in the order of the list."""
    names = [normal(heading.text) for heading in headings]
    for n, heading in enumerate(headings):
        items = [normal(item) for item in heading.announces]
        found = [m for m in range(n + 1, len(names)) if any(_names(item, names[m]) for item in items)]
        distinct = {names[m] for m in found}
        if len(distinct) >= 2 and len(distinct) == len(found) and len(distinct) >= len(items) / 2:
            return set(found), n
    return set(), None


def _names(item: str, name: str) -> bool:
    return bool(name) and (item == name or (item.startswith(f"{name} ") and len(name) > 8))


def _before_cycles(keyed: Sequence[_Keyed], counts: Counter[str]) -> set[int]:
    """Headings that occur once and stand right before the heading with which every round of repeated ones begins."""
    leads = [
        (n, keyed[n + 1].key)
        for n in range(len(keyed) - 1)
        if counts[keyed[n].key] == 1 and counts[keyed[n + 1].key] > 1
    ]
    if not leads:
        return set()
    first, times = Counter(key for _, key in leads).most_common(1)[0]
    return {n for n, key in leads if key == first} if times >= 2 else set()


def _below_openers(headings: Sequence[Heading], keyed: Sequence[_Keyed], openers: set[int]) -> list[int]:
    """1 for openers and what stands before the first of them or closes the text, 2 for everything in the parts."""
    counts = Counter(key.key for key in keyed)
    first, last_repeated = min(openers), max((n for n, key in enumerate(keyed) if counts[key.key] > 1), default=-1)
    return [
        1
        if n in openers or n < first or (n > last_repeated and n > max(openers) and is_closing(headings[n].text))
        else 2
        for n in range(len(headings))
    ]


def _parts(openers: set[int], levels: Sequence[int]) -> list[tuple[int, int]]:
    """Where each part begins and ends, as positions of its opener and of what comes after its last heading."""
    bounds = [n for n, level in enumerate(levels) if level == 1 and n >= min(openers)] + [len(levels)]
    return [(a, b) for a, b in itertools.pairwise(bounds) if a in openers]


def _gathered(headings: Sequence[Heading], keyed: Sequence[_Keyed], start: int, end: int) -> list[int]:
    """Headings of one part that lie below the heading that repeats the part's name.

    They are those right after it whose bodies are alike in length and clearly unlike those of the part's other
    headings; lengths are medians over all parts, so that one long section does not change the picture.
    """
    members = list(range(start + 1, end))
    gatherer = next((n for n in members if keyed[n].restates == start), None)
    if gatherer is None:
        return []
    sizes = {n: _usual_size(headings, keyed, keyed[n].key) for n in members}
    before, after = [n for n in members if n < gatherer], [n for n in members if n > gatherer]
    best, best_contrast = 0, CLEAR_CONTRAST
    for many in range(2, len(after) + 1):
        inside, outside = after[:many], before + after[many:]
        if not outside or max(sizes[n] for n in inside) - min(sizes[n] for n in inside) > 1:
            continue
        contrast = abs(fmean(sizes[n] for n in outside) - fmean(sizes[n] for n in inside))
        if contrast >= best_contrast:
            best, best_contrast = many, contrast
    return after[:best]


def _usual_size(headings: Sequence[Heading], keyed: Sequence[_Keyed], key: str) -> float:
    return median(heading.body_blocks for heading, of in zip(headings, keyed, strict=True) if of.key == key)


def _below_announcer(headings: Sequence[Heading], levels: list[int], openers: set[int], announcer: int) -> list[int]:
    """The parts go below the heading that announces them, when they follow it at once and it is no introduction."""
    if announcer + 1 != min(openers):
        return levels
    end = next((n for n in range(max(openers) + 1, len(levels)) if levels[n] == 1), len(levels))
    return [level + (announcer < n < end) for n, level in enumerate(levels)]


def _piles(headings: Sequence[Heading]) -> list[int]:
    """Without a pattern all are equal, but a heading with no text of its own holds those that follow it."""
    empty = [n for n, heading in enumerate(headings[:-1]) if heading.body_blocks == 0]
    if not empty:
        return [1] * len(headings)
    holders = [n for n in empty if n - 1 not in empty]
    return [
        1 if n in holders or n < holders[0] or is_closing(heading.text) else 2 for n, heading in enumerate(headings)
    ]
