"""Read a small table from text, remembering the line of each row so that an error can name it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mitstadt.methods.shared.errors import MethodError

MAX_FIELD = 10_000
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on and its cells, stripped of surrounding blanks."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and an iterator over the rows below it; blank rows are skipped."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[Row]

    def column(self, *names: str) -> int | None:
        """Position of the first header that is one of `names`, ignoring case; None where there is none."""
        folded = [cell.casefold() for cell in self.header]
        return next((folded.index(name) for name in names if name in folded), None)


def read_table(lines: Iterable[str], *, name: str) -> Table:
    """Read comma, semicolon or tab separated text with a header row.

    Parameters
    ----------
    lines : iterable of str
        An open text file or a list of lines; a byte order mark and Windows line ends are harmless.
    name : str
        What errors call the table, usually the file's name.

    Raises
    ------
    MethodError
        ``table_empty``, ``table_header_twice``, ``row_length`` or ``table_unreadable``; the last two name the line.
    """
    source = iter(lines)
    first = _first_line(source, name)
    delimiter = max(_DELIMITERS, key=first.count)
    header = tuple(cell.strip() for cell in next(csv.reader([first], delimiter=delimiter)))
    folded = [cell.casefold() for cell in header if cell]
    twice = next((cell for cell in folded if folded.count(cell) > 1), None)
    if twice:
        raise MethodError("table_header_twice", f"{name}: the column “{twice}” appears twice.", name=name, column=twice)
    return Table(name, header, _rows(source, delimiter, name=name, width=len(header)))


def _first_line(source: Iterator[str], name: str) -> str:
    try:
        for line in source:
            if text := line.lstrip("\ufeff").strip("\r\n"):
                return text
    except UnicodeDecodeError as error:
        raise _not_utf8(name) from error
    raise MethodError("table_empty", f"{name} is empty: it needs a header row and rows below it.", name=name)


def _not_utf8(name: str) -> MethodError:
    return MethodError("table_not_utf8", f"{name} is not UTF-8 text. Save it as “CSV UTF-8” and try again.", name=name)


def _rows(source: Iterator[str], delimiter: str, *, name: str, width: int) -> Iterator[Row]:
    reader = csv.reader(source, delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except UnicodeDecodeError as error:
            raise _not_utf8(name) from error
        except csv.Error as error:
            line = reader.line_num + 1
            message = f"{name}, line {line}: this is not a table row ({error})."
            raise MethodError("table_unreadable", message, name=name, line=line) from error
        if cells is None:
            return
        line = reader.line_num + 1
        stripped = tuple(cell.strip() for cell in cells)
        if not any(stripped):
            continue
        yield Row(line, _fitted(stripped, width, line=line, name=name))


def _fitted(cells: tuple[str, ...], width: int, *, line: int, name: str) -> tuple[str, ...]:
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        message = f"{name}, line {line}: {len(cells)} cells where the header has {width}."
        raise MethodError("row_length", message, name=name, line=line, cells=len(cells), expected=width)
    long = next((cell for cell in cells if len(cell) > MAX_FIELD), None)
    if long is not None:
        message = f"{name}, line {line}: a cell holds {len(long)} characters; at most {MAX_FIELD} are allowed."
        raise MethodError("cell_too_long", message, name=name, line=line)
    return cells
