"""Lines become units: hard-wrapped lines are joined again, words cut at line ends are made whole."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mitstadt.methods.text.outline.marks import (
    LETTER_O,
    SECTION_SIGN,
    Marker,
    could_be_heading,
    ends_sentence,
    heading_style,
    is_mark,
    is_rule,
    last_of_line,
    list_marker,
)

SHORTEST_PROSE = 30
LONGEST_WRAP = 120
TOLERANCE = 6
CUT_WORD = re.compile(r"[^\W\d_]-$")
# "Bildungs- und Verwaltungsansätze" keeps its hyphen: the second half of the word comes later.
SECOND_HALF_LATER = re.compile(r"(?:und|oder|bzw\.|sowie|and|or|als|wie|bis|to)\b")
# Alone on a line these may also part two pieces of a text.
AMBIGUOUS_MARKS = frozenset("*+-·")
FARTHEST_WORDS = 2
SHORTEST_CONTINUED = 25
TITLE_LINES = 4
STRONG_STYLES = ("decimal2", "decimal3", "sign", "part", "chapter", "label:top")
CELLS = re.compile(r"\s*\|\s*|\t+| {3,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how far it is indented, its words, its number, and whether a page begins with it."""

    indent: int
    text: str
    number: int = 0
    page_start: bool = False

    @property
    def end(self) -> int:
        """Column after the last character."""
        return self.indent + len(self.text)


@dataclass(slots=True)
class Unit:
    """Lines that belong together, before it is known what they are."""

    lines: list[Line]
    group: int
    marker: Marker | None = None
    form: str = ""  # "quote", "table_row", "underline=" and the like, "h1" … "h6", "bold"
    text: str = ""
    cells: tuple[str, ...] = field(default=())


def split_lines(text: str) -> list[Line]:
    """All lines of a text; a form feed begins a new page."""
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n")):
        page_start = "\f" in raw
        expanded = raw.replace("\f", "").replace("\xa0", " ")
        body = expanded.strip()
        indent = len(expanded.expandtabs(4)) - len(expanded.expandtabs(4).lstrip()) if body else 0
        lines.append(Line(indent, body, number, page_start))
    return lines


def wrap_width(lines: Sequence[Line]) -> int:
    """The column at which the text was wrapped, 0 when its lines are whole paragraphs."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _runs_on(a, b)]
    if not pairs:
        return 0
    ends = sorted(a.end for a, _ in pairs)
    width = ends[int(0.95 * (len(ends) - 1))]
    full = sum(_full(a, b, width) and not ends_sentence(a.text) for a, b in pairs)
    longer = sum(line.end > width * 1.3 for line in lines)
    return width if width <= LONGEST_WRAP and full >= 0.4 * len(pairs) and longer <= 0.1 * len(lines) else 0


def _runs_on(line: Line, following: Line) -> bool:
    if len(line.text) < SHORTEST_PROSE or not following.text or is_rule(following.text):
        return False
    return not list_marker(following.text) and not cells_of(line)


def _full(line: Line, following: Line, width: int) -> bool:
    """Whether the next word would not have fitted on the line any more."""
    return line.end + 1 + len(following.text.split(maxsplit=1)[0]) > width - TOLERANCE


def joined_text(lines: Sequence[Line], *, hyphenated: frozenset[str] = frozenset()) -> str:
    """The words of the lines as one line, words cut at line ends made whole.

    ``hyphenated`` holds words (lower case) that the text writes with a hyphen elsewhere; those keep it.
    """
    parts: list[str] = []
    for line in lines:
        words = " ".join(line.text.split())
        if parts and CUT_WORD.search(parts[-1][-40:]):
            parts[-1] = _mended(parts[-1], words, hyphenated)
        else:
            parts.append(words)
    return " ".join(parts)


def _mended(before: str, after: str, hyphenated: frozenset[str]) -> str:
    if SECOND_HALF_LATER.match(after):
        return f"{before} {after}"
    whole = f"{before.rsplit(maxsplit=1)[-1]}{after.split(maxsplit=1)[0]}".lower()
    keep = not after[:1].islower() or whole.strip(".,;:!?") in hyphenated
    return f"{before if keep else before[:-1]}{after}"


def cells_of(line: Line) -> tuple[str, ...]:
    """The cells when a line looks like a row of a table: pipes, tabs, or wide gaps between columns."""
    text = line.text.strip("|").strip()
    cells = tuple(cell.strip() for cell in CELLS.split(text))
    enough = 2 if "\t" in text or "|" in text else 3
    if len(cells) == 2 and "|" not in text and is_mark(cells[0]):
        # What Word puts on the clipboard for a list: the mark, a tab, the words.
        return ()
    return cells if len(cells) >= enough and all(cells[:1]) else ()


def with_marks_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines with every mark that stands alone on its line put before the words that follow it."""
    joined = list(lines)
    for n, line in enumerate(lines):
        if not line.text or line.text in AMBIGUOUS_MARKS or not is_mark(line.text):
            continue
        following = next((m for m in range(n + 1, min(n + 1 + FARTHEST_WORDS, len(lines))) if lines[m].text), None)
        if following is not None and _can_follow_mark(lines[following].text):
            words = lines[following]
            joined[following] = replace(words, text=f"{line.text} {words.text}", indent=line.indent)
            joined[n] = replace(line, text="")
    return joined


def _can_follow_mark(text: str) -> bool:
    return not (is_mark(text) or list_marker(text) or is_rule(text) or SECTION_SIGN.match(text))


def units_of(lines: Sequence[Line], width: int) -> list[Unit]:
    """All units in order; ``group`` numbers the runs of lines between blank lines."""
    return list(_Assembler(lines, width).run())


class _Assembler:
    """Walks over the lines once and keeps the open unit."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        self.lines = lines
        self.width = width
        self.group = 0
        self.open: Unit | None = None
        self.orders: dict[str, int] = {}
        self.last_item: tuple[str, int] = ("", 0)  # family and indent of the last ordered item
        self.tables = _table_lines(lines)
        self.first_number = next((line.number for line in lines if line.text), 0)
        self.first_group = sum(not line.text for line in itertools.takewhile(lambda line: not line.text, lines))

    def run(self) -> Iterator[Unit]:
        for number, line in enumerate(self.lines):
            if not line.text:
                yield from self._close()
                self.group += 1
            elif is_rule(line.text):
                self._underline(line)
                yield from self._close()
            elif not self._continues(number, line):
                yield from self._close()
                self.open = self._begun(number, line)
            elif self.open:
                self.open.lines.append(_unquoted(line) if self.open.form == "quote" else line)
        yield from self._close()

    def _close(self) -> Iterator[Unit]:
        if self.open:
            yield self.open
        self.open = None

    def _underline(self, line: Line) -> None:
        unit = self.open
        if unit and not unit.marker and not unit.form and len(unit.lines) <= 2 and line.text[0] in "=-~_":
            longest = max(len(part.text) for part in unit.lines)
            if len(line.text) >= min(3, longest) and len(line.text) <= longest + 12:
                unit.form = f"underline{line.text[0]}"

    def _begun(self, number: int, line: Line) -> Unit:
        unit = Unit([line], self.group)
        if number in self.tables:
            unit.form, unit.cells = "table_row", self.tables[number]
        elif line.text.startswith(">"):
            unit.form = "quote"
            unit.lines = [_unquoted(line)]
        elif re.match(r"#{1,6}\s+\S", line.text):
            unit.form = f"h{len(line.text) - len(line.text.lstrip('#'))}"
            unit.lines = [replace(line, text=line.text.strip("# "))]
        elif re.fullmatch(r"(\*\*|__)[^*_]+\1:?", line.text):
            unit.form = "bold"
            unit.lines = [replace(line, text=line.text.strip("*_:"))]
        else:
            unit.marker = self._marker(line)
        return unit

    def _marker(self, line: Line) -> Marker | None:
        """The list mark of a line; an ordered one must begin a count or continue it."""
        marker = list_marker(line.text)
        if not marker and line.indent and (found := LETTER_O.match(line.text)):
            marker = Marker("o", "o", 0, found.end())
        if not marker or not marker.order:
            return marker
        letter = self._as_letter(marker)
        goes_on = letter is not None and self.last_item == (letter.family, line.indent)
        if goes_on or marker.order not in {1, self.orders.get(marker.family, 0) + 1}:
            marker = letter
        if marker:
            self.orders[marker.family] = last_of_line(line.text, marker)
            self.last_item = (marker.family, line.indent)
        return marker

    def _as_letter(self, marker: Marker) -> Marker | None:
        """``i)`` and ``v)`` may be the ninth and the twenty-second letter instead of roman numbers."""
        letter = marker.written.strip("().")
        family = marker.family.replace("i", "a").replace("I", "A")
        order = ord(letter.lower()) - ord("a") + 1 if len(letter) == 1 and letter.isalpha() else 0
        if order and self.orders.get(family, 0) + 1 == order:
            return Marker(marker.written, family, order, marker.width)
        return None

    def _continues(self, number: int, line: Line) -> bool:
        unit = self.open
        if not unit or number in self.tables or unit.form not in {"", "quote"}:
            return False
        if unit.form == "quote" or line.text.startswith(">"):
            return unit.form == "quote" and line.text.startswith(">") and bool(line.text.strip("> "))
        last = unit.lines[-1]
        if list_marker(line.text) or self._stands_alone(unit, last, line):
            return False
        if unit.marker and line.indent >= unit.lines[0].indent + min(2, unit.marker.width):
            return True
        return self._prose_runs_on(last, line)

    def _stands_alone(self, unit: Unit, last: Line, line: Line) -> bool:
        """A numbered heading or one in capitals does not run on into the line below it, nor a line into it."""
        for candidate in (last if len(unit.lines) == 1 and not unit.marker else None, line):
            if candidate and could_be_heading(candidate.text):
                style = heading_style(candidate.text)
                strong = style == "caps" or style.startswith(STRONG_STYLES)
                # An item of an agenda fits on its line; other headings may be wrapped.
                wrapped = self.width and style != "label:top" and _full(last, line, self.width)
                if strong and not wrapped:
                    return True
        return False

    def _prose_runs_on(self, last: Line, line: Line) -> bool:
        if CUT_WORD.search(last.text[-40:]) and line.text[:1].isalpha():
            return True
        goes_on = line.text[:1].islower() and not ends_sentence(last.text) and last.text[-1] not in ":;"
        if self._is_title(last) and goes_on:
            return True
        if self.width:
            indented = line.indent >= last.indent + 2 and ends_sentence(last.text)
            runs_on = goes_on and len(last.text) >= SHORTEST_CONTINUED
            return runs_on or (_full(last, line, self.width) and not indented)
        return len(last.text) >= 40 and goes_on

    def _is_title(self, last: Line) -> bool:
        """Whether a line belongs to the first lines of the text, which may hold a title over several lines."""
        return self.group == self.first_group and last.number <= self.first_number + TITLE_LINES


def _unquoted(line: Line) -> Line:
    return replace(line, text=line.text.lstrip("> ") or line.text)


def _table_lines(lines: Sequence[Line]) -> dict[int, tuple[str, ...]]:
    """The rows of tables by line number: at least two neighbouring lines with the same number of cells."""
    cells = {number: found for number, line in enumerate(lines) if (found := cells_of(line))}
    return {
        number: row
        for number, row in cells.items()
        if any(len(cells.get(near, ())) == len(row) for near in (number - 1, number + 1))
    }
