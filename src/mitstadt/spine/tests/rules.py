"""Rules as tables that people read: rows and columns with a cell where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

YES = "yes"


@dataclass(frozen=True)
class Rules:
    """A table; the first line names its columns, each further line begins with the name of its row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], str]

    def __call__(self, row: str, column: str) -> str:
        """What stands where the two meet."""
        return self.cells[row, column]

    def reason(self, row: str, column: str) -> str:
        """The reason that stands there; none where the cell says yes."""
        return "" if self(row, column) == YES else self(row, column)


def rules(text: str) -> Rules:
    """Read a table: columns are apart by two spaces or more."""
    head, *lines = (line for line in text.strip("\n").splitlines() if line.strip())
    columns = tuple(_apart(head))
    cells: dict[Any, Any] = {}
    for line in lines:
        row, *values = _apart(line)
        assert len(values) == len(columns), line
        cells |= {(row, column): value for column, value in zip(columns, values, strict=True)}
    return Rules(tuple(dict.fromkeys(row for row, _ in cells)), columns, cells)


def _apart(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def first(*reasons: str) -> str:
    """The first thing that stands in the way; nothing where nothing does."""
    return next((reason for reason in reasons if reason), "")
