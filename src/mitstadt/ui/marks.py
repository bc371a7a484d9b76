"""Marks that are computed rather than written: QR codes and the cells of tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mitstadt.ui.parts import Table


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell, with the name of its column for narrow screens."""

    text: str
    column: str
    numeric: bool
    heading: bool


def cells(row: Sequence[str], table: Table) -> list[Cell]:
    """The cells of a row; the first one names the row."""
    return [
        Cell(text=text, column=column, numeric=index in table.numeric, heading=index == 0)
        for index, (text, column) in enumerate(zip(row, table.columns, strict=True))
    ]


def qr(text: str, *, label: str) -> SafeString:
    """A QR code (error level M) as one SVG path, four modules of quiet around it, no inline style."""
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix) + 8
    path = "".join(_runs(row, y + 4) for y, row in enumerate(matrix))
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect class="qr__paper" width="{0}" height="{0}"/><path class="qr__ink" d="{2}"/></svg>',
        size,
        label,
        mark_safe(path),  # noqa: S308  # digits and path letters made here
    )


def _runs(row: Sequence[int], y: int) -> str:
    path, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            path.append(f"M{start + 4} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(path)
