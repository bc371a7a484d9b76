"""A text cut into the sections that get a form of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mitstadt.participation.drafting.models import Shape
from mitstadt.participation.drafting.queries.reading import ReadPassage


@dataclass(frozen=True)
class Section:
    """A heading with all that stands under it; the heading may be missing at the beginning of a text."""

    heading: ReadPassage | None
    passages: tuple[ReadPassage, ...]

    @property
    def first(self) -> ReadPassage:
        """The passage that stands for the section, for example in its short address."""
        return self.heading or self.passages[0]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that may be written on the form."""
        return tuple(row.passage.number for row in self.passages)


def sections_of(passages: Sequence[ReadPassage]) -> list[Section]:
    """The sections under the highest headings of the text; a text without headings is one section."""
    rows = [row for row in passages if row.passage.shape != Shape.TITLE]
    levels = [row.passage.level for row in rows if row.passage.shape == Shape.HEADING]
    top = min(levels, default=0)
    groups: list[list[ReadPassage]] = []
    for row in rows:
        begins = row.passage.shape == Shape.HEADING and row.passage.level == top
        if begins or not groups:
            groups.append([])
        groups[-1].append(row)
    return [_section(group, top) for group in groups]


def _section(group: Sequence[ReadPassage], top: int) -> Section:
    first = group[0].passage
    headed = first.shape == Shape.HEADING and first.level == top
    return Section(heading=group[0] if headed else None, passages=tuple(group))
