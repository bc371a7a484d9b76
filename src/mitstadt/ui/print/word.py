"""The few pieces of WordprocessingML of which our documents consist, as text; every word is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

# XML 1.0 has no way to write these.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TWIPS_A_MM = 56.693
_CHANGES = {"": "", "removed": '<w:strike/><w:color w:val="595959"/>', "added": '<w:b/><w:u w:val="single"/>'}


def run(words: str, *, bold: bool = False, change: str = "") -> str:
    """Words in one look; line breaks are kept. `change` is ``removed`` (struck) or ``added`` (bold, underlined)."""
    look = ("<w:b/>" if bold else "") + _CHANGES[change]
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = _FORBIDDEN.sub("", words).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{properties}{texts}</w:r>"


def paragraph(runs: str, *, style: str = "") -> str:
    """A paragraph, by the id of its style."""
    named = f"<w:pPr><w:pStyle w:val={quoteattr(style)}/></w:pPr>" if style else ""
    return f"<w:p>{named}{runs}</w:p>"


def heading(words: str, *, level: int) -> str:
    """A heading that the navigation of the word processor and screen readers know."""
    return paragraph(run(words), style=f"Heading{level}")


def table_start(widths_mm: Sequence[float]) -> str:
    """The beginning of a table with thin lines between its rows."""
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm)
    line = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    borders = "".join(line.format(side) for side in ("top", "bottom", "insideH"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths_mm))}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def table_row(cells: Sequence[str], *, header: bool = False) -> str:
    """A row; the header row repeats on every page."""
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(paragraphs: str, width_mm: float) -> str:
    """A cell; it always holds a paragraph, as Word demands."""
    properties = f'<w:tcPr><w:tcW w:w="{_twips(width_mm)}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{properties}{paragraphs or paragraph('')}</w:tc>"


def table_end() -> str:
    """The end of a table, and the paragraph without which two tables would run into one."""
    return "</w:tbl><w:p/>"


def _twips(width_mm: float) -> int:
    return round(width_mm * _TWIPS_A_MM)
