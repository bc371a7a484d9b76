"""The layout table: where everything stands on the printed pages, in millimetres from the top left corner.

It is ours and not read from a PDF: whoever reads a photographed page needs this table and the corner marks alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

VERSION = 1
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 188.0, 42.0, 274.0
# Six marks, seven millimetres wide; their middles. No printer cuts off what is more than nine millimetres inside.
MARK_SIDE = 7.0
MARKS = ((14.5, 14.5), (195.5, 14.5), (14.5, 148.5), (195.5, 148.5), (14.5, 282.5), (195.5, 282.5))
QR_SIDE, QR_LEFT, QR_TOP = 24.0, 93.0, 10.0
# What a camera can tell apart: a box at least so wide, and at least so far from the next one.
SMALLEST_BOX, SMALLEST_GAP = 4.6, 6.0


@dataclass(frozen=True)
class Text:
    """Lines of words, broken by us; `role` is what they are to those who listen."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    size_pt: float
    role: str = "p"
    language: str = "de"
    bold: bool = False


@dataclass(frozen=True)
class Box:
    """A square to cross: of which question (and row), for which answer. `x` and `y` are its top left corner."""

    x: float
    y: float
    side: float
    question: str
    option: str
    row: str = ""


@dataclass(frozen=True)
class Cells:
    """Places for one sign each, `gaps` tells after which ones there is a gap (as in a date)."""

    x: float
    y: float
    width: float
    height: float
    count: int
    question: str
    row: str = ""
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True)
class Writing:
    """Lines to write on."""

    x: float
    y: float
    width: float
    pitch: float
    count: int
    question: str


Item = Text | Box | Cells | Writing


@dataclass(frozen=True)
class PaperPage:
    """One page: what stands on it in the order of reading."""

    number: int
    items: tuple[Item, ...]

    @property
    def boxes(self) -> list[Box]:
        """Its boxes to cross."""
        return [item for item in self.items if isinstance(item, Box)]


@dataclass(frozen=True)
class Layout:
    """All pages of one form."""

    form: str
    languages: tuple[str, ...]
    large: bool
    pages: tuple[PaperPage, ...] = field(default=())

    def as_data(self) -> dict[str, Any]:
        """The table as plain data, for the press and for whoever reads filled pages."""
        pages = [
            {
                "number": page.number,
                "items": [{"kind": type(one).__name__.lower(), **asdict(one)} for one in page.items],
            }
            for page in self.pages
        ]
        return {
            "version": VERSION,
            "form": self.form,
            "languages": list(self.languages),
            "page": [PAGE_WIDTH, PAGE_HEIGHT],
            "marks": [list(middle) for middle in MARKS],
            "mark_side": MARK_SIDE,
            "qr": [QR_LEFT, QR_TOP, QR_SIDE],
            "pages": pages,
        }


def _told(item: Item) -> dict[str, Any]:
    return {"kind": type(item).__name__.lower(), **asdict(item)}
