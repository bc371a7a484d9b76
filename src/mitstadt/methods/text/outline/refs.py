"""Short passage numbers that people can say on the phone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from mitstadt.methods.text.outline.model import Passage

OWN_NUMBER = re.compile(r"(?:§+\s*|(?:Kapitel|Chapter|Artikel|Article|Art\.)\s+)?(\d{1,3}(?:\.\d{1,3})*)(?:[.:)]|\s|$)")
FRONT = "0"


def numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages with fresh refs, unique and in reading order.

    A heading gets the number of its section (``"2.1"``), a passage the number of the section it lies in and a
    running number (``"2.1-3"``). The title is ``"0"``, what stands before the first section ``"0-1"`` and so on,
    page furniture ``"x1"``, ``"x2"``. Where all headings that carry numbers of their own carry them without
    contradiction, those numbers are used, and sections without one get a letter.
    """
    sections = _section_numbers(passages)
    named: list[Passage] = []
    furniture, running, section = count(1), count(1), FRONT
    title_seen = False
    for position, passage in enumerate(passages):
        if passage.kind == "furniture":
            ref = f"x{next(furniture)}"
        elif position in sections:
            section, running = sections[position], count(1)
            ref = section
        elif passage.kind == "title" and not title_seen:
            title_seen, ref = True, FRONT
        else:
            ref = f"{section}-{next(running)}"
        named.append(replace(passage, ref=ref, introduced_by=""))
    return tuple(_with_introductions(named))


def _section_numbers(passages: Sequence[Passage]) -> dict[int, str]:
    headings = [position for position, passage in enumerate(passages) if passage.kind == "heading"]
    own = _numbers_of_the_text(passages, headings)
    numbers: dict[int, str] = {}
    path: list[tuple[int, str]] = []
    siblings: dict[str, int] = {}
    for position in headings:
        while path and path[-1][0] >= passages[position].level:
            path.pop()
        parent = path[-1][1] if path else ""
        siblings[parent] = siblings.get(parent, 0) + (position not in own)
        label = _letter(siblings[parent]) if own else str(siblings[parent])
        numbers[position] = own.get(position, f"{parent}.{label}" if parent else label)
        path.append((passages[position].level, numbers[position]))
    return numbers


def _numbers_of_the_text(passages: Sequence[Passage], headings: Sequence[int]) -> dict[int, str]:
    """The numbers that the headings carry themselves; empty where they are absent, doubled or out of place."""
    own: dict[int, str] = {}
    path: list[tuple[int, str]] = []
    for position in headings:
        while path and path[-1][0] >= passages[position].level:
            path.pop()
        found = OWN_NUMBER.match(passages[position].text)
        parent = path[-1][1] if path else ""
        if found:
            number = found.group(1)
            if number in own.values() or (number.rpartition(".")[0] != parent):
                return {}
            own[position] = number
        path.append((passages[position].level, own.get(position, "?")))
    return own


def _letter(number: int) -> str:
    """A, B, … Z, AA, AB: as the columns of a table are named."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _with_introductions(passages: Sequence[Passage]) -> list[Passage]:
    introduced: list[Passage] = []
    before = ""
    for passage in passages:
        if passage.kind == "list_item":
            introduced.append(replace(passage, introduced_by=before))
            continue
        introduced.append(passage)
        if passage.kind != "furniture":
            before = passage.ref if passage.kind in {"paragraph", "heading", "title"} else ""
    return introduced
