"""CSV that a spreadsheet opens without running anything that a person typed."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a cell that begins like this for a formula, also behind white space.
_FORMULA = frozenset("=+-@|＝＋－＠｜")


class Line:
    """A file for ``csv.writer`` that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would calculate; control characters are left out."""
    clean = "".join(sign for sign in cell if sign >= " " or sign == "\n")
    begins = clean.lstrip()[:1]
    return f"'{clean}" if begins in _FORMULA and begins else clean
