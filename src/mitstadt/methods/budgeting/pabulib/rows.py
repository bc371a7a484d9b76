"""The rows of a ``.pb`` file: one by one where cells may be quoted, whole columns at once where they are not."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from mitstadt.methods.budgeting.election import IntArray
from mitstadt.methods.budgeting.pabulib.complaints import fail

BLOCK = 1 << 18
LONGEST_CELL = 1_000_000
LONGEST_LINE = 8_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows of a section, column by column.

    Attributes
    ----------
    columns : sequence of sequences of str
        The cells of every column from top to bottom.
    rows : int64 array
        Where each row stands in the file.
    """

    columns: Sequence[Sequence[str]]
    rows: IntArray


class Rows:
    """A file from front to end with the number of the line it stands on; blank rows are passed over.

    Parameters
    ----------
    stream : binary stream
    """

    def __init__(self, stream: BinaryIO) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self._blocks = _blocks(stream)
        self._block = io.StringIO()
        self._reader = csv.reader(self._lines(), delimiter=";")
        self._passed = 0

    @property
    def row(self) -> int:
        """Number of the last line read, counted from 1."""
        return self._reader.line_num + self._passed

    def __iter__(self) -> Iterator[list[str]]:
        for cells in self._reader:
            if any(cells):
                yield cells

    def tables(self, width: int) -> Iterator[Table]:
        """What is left of the file, some thousands of rows at a time.

        Parameters
        ----------
        width : int
            How many cells each row must have.

        Raises
        ------
        MethodError
            ``cells_do_not_match``.
        """
        while text := self._block.read() or next(self._blocks, ""):
            columns = _plain_columns(text, width)
            if columns:
                first, number = self.row + 1, len(columns[0])
                self._passed += number
                yield Table(columns, np.arange(first, first + number))
            else:
                self._block = io.StringIO(text, newline="")
                yield self._quoted(width, stop=len(text))

    def _quoted(self, width: int, *, stop: int) -> Table:
        """The present block read row by row; a cell that runs on into the next one ends it there."""
        block, kept, rows = self._block, [], []
        while self._block is block and block.tell() < stop:
            row = self.row + 1
            cells = next(self._reader, [])
            if not any(cells):
                continue
            if len(cells) != width:
                fail("cells_do_not_match", row, f"{len(cells)} cells where the header of VOTES has {width}.")
            kept.append(cells)
            rows.append(row)
        return Table(list(zip(*kept, strict=True)) or [()] * width, np.array(rows, dtype=np.int64))

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._block.readline()
            if line:
                yield line
            elif not self._advance():
                return

    def _advance(self) -> bool:
        text = next(self._blocks, "")
        self._block = io.StringIO(text, newline="")
        return bool(text)


def header_of(rows: Rows, section: str, *, needed: Sequence[str]) -> list[str]:
    """The names of the columns of a section.

    Raises
    ------
    MethodError
        ``column_missing``, ``column_twice``.
    """
    header = [cell.strip() for cell in next(iter(rows), [])]
    for column in needed:
        if column not in header:
            fail("column_missing", rows.row, f"{section} has no column “{column}”.", column=column)
    for column in header:
        if column and header.count(column) > 1:
            fail("column_twice", rows.row, f"{section} has the column “{column[:40]}” twice.", column=column)
    return header


def _plain_columns(text: str, width: int) -> list[list[str]]:
    """The columns of a text without quotes whose rows all have this many cells, the first not empty; else nothing."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text:
        return []
    text = text.removesuffix("\n")
    rows = text.count("\n") + 1
    # Every line end becomes a cell of its own: rows are as wide as they should be if these stand in equal distances.
    cells = text.replace("\n", ";\n;").split(";")
    if len(cells) != rows * (width + 1) - 1 or cells[width :: width + 1].count("\n") != rows - 1:
        return []
    columns = [cells[place :: width + 1] for place in range(width)]
    return [] if "" in columns[0] else columns


def _blocks(stream: BinaryIO) -> Iterator[str]:
    """The file as text, a block of whole lines at a time."""
    row, rest = 1, stream.read(3).removeprefix(codecs.BOM_UTF8)
    while block := stream.read(BLOCK):
        cut = block.rfind(b"\n") + 1
        if len(rest) > LONGEST_LINE:
            fail("line_too_long", row, f"the line is longer than {LONGEST_LINE:,} bytes; is this the right file?")
        whole, rest = (rest + block[:cut], block[cut:]) if cut else (b"", rest + block)
        if whole:
            yield _decoded(whole, row)
            row += whole.count(b"\n")
    if rest:
        yield _decoded(rest, row)


def _decoded(block: bytes, row: int) -> str:
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        row += block.count(b"\n", 0, error.start)
        fail("not_utf8", row, f"byte {block[error.start]:#04x} is not UTF-8. Save the file as UTF-8 and try again.")
    if "\0" in text:
        row += text.count("\n", 0, text.index("\0"))
        fail("not_text", row, "holds a zero byte; this is not a text file.")
    return text
