"""The paragraphs, tables, boxes and notes of a Word file become blocks."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mitstadt.methods.text.outline.marks import could_be_heading
from mitstadt.methods.text.outline.model import Block
from mitstadt.methods.text.outline.word.numbering import BULLET, DEEPEST_LEVEL, Numbering
from mitstadt.methods.text.outline.word.package import child, local, number, value
from mitstadt.methods.text.outline.word.runs import Reader, Words
from mitstadt.methods.text.outline.word.styles import TITLE_NAME, Style, Styles, rank_of

QUOTE_NAME = re.compile(r"(?:intense )?quote|zitat|block text", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|verzeichnis|inhaltsverzeichnis) ?(?:\d|heading|überschrift)?", re.IGNORECASE)
LIST_NAME = re.compile(r"(?:list (?:bullet|number)|aufzählungszeichen|listennummer)\s*(\d?)", re.IGNORECASE)
NUMBER_NAME = re.compile(r"number|nummer", re.IGNORECASE)
# What lies around paragraphs, rows and cells without being one: content controls, tags, open insertions.
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}


@dataclass(slots=True)
class Book:
    """What is needed from the other parts to read the document, and what people are told in the end."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    chunk: Callable[[str], list[Block]] = lambda _: []
    reader: Reader = field(init=False)
    initial: str = ""

    def __post_init__(self) -> None:
        self.reader = Reader(self.styles, self.tally)


def blocks_in(element: Element, book: Book) -> Iterator[Block]:
    """The blocks of a paragraph, table or embedded text, its notes right after it."""
    notes: list[tuple[str, str]] = []
    yield from _blocks(element, book, notes)
    for note in notes:
        yield from note_blocks(note, book)


def note_blocks(note: tuple[str, str], book: Book) -> Iterator[Block]:
    """A footnote or endnote as a paragraph that begins with its sign."""
    element = book.notes.pop(note, None)
    if element is None:
        return
    words = book.reader.words(element)
    if text := " ".join(words.text.split()):
        book.tally["notes_attached"] += 1
        sign = book.reader.marks.get(note)
        yield Block("paragraph", f"[{sign}] {text}" if sign else text)
    yield from _around(words, book, [])


def unwrapped(element: Element) -> Iterator[Element]:
    """The parts of an element, those inside of content controls and the like among them."""
    for each in element:
        if local(each) in WRAPPERS:
            yield from unwrapped(each)
        else:
            yield each


def _blocks(element: Element, book: Book, notes: list[tuple[str, str]]) -> Iterator[Block]:
    name = local(element)
    if name in {"p", "oMathPara"}:
        yield from _paragraph(element, book, notes)
    elif name == "tbl":
        yield from _table(element, book, notes)
    elif name in {"altChunk", "subDoc"}:
        yield from book.chunk(value(element, "id"))


def _around(words: Words, book: Book, notes: list[tuple[str, str]]) -> Iterator[Block]:
    """What hangs on a paragraph or cell: words kept aside, boxes, tables inside of it."""
    notes.extend(words.notes)
    for reason, parts in words.aside.items():
        if kept := " ".join("".join(parts).split()):
            yield Block("furniture", kept, reason=reason)
    for box in words.boxes:
        for each in unwrapped(box):
            yield from _blocks(each, book, notes)
    for table in words.tables:
        yield from _table(table, book, notes)


def _table(table: Element, book: Book, notes: list[tuple[str, str]]) -> Iterator[Block]:
    for row in (each for each in unwrapped(table) if local(each) == "tr"):
        cells = [each for each in unwrapped(row) if local(each) == "tc"]
        if child(row, "trPr", "del") is not None:
            yield from _deleted_row(row, book)
        elif len(cells) == 1:
            # A table of one cell is a box around ordinary text.
            for each in unwrapped(cells[0]):
                yield from _blocks(each, book, notes)
        else:
            yield from _row(cells, book, notes)


def _deleted_row(row: Element, book: Book) -> Iterator[Block]:
    words = book.reader.words(row)
    words.aside.setdefault("deleted", []).append(f" {words.text}")
    yield from _around(words, book, [])


def _row(cells: Sequence[Element], book: Book, notes: list[tuple[str, str]]) -> Iterator[Block]:
    found = [book.reader.words(cell) for cell in cells]
    words = [" ".join(cell.text.split()) for cell in found]
    if any(words):
        yield Block("table_row", " | ".join(words))
    for cell in found:
        yield from _around(cell, book, notes)


def _paragraph(paragraph: Element, book: Book, notes: list[tuple[str, str]]) -> Iterator[Block]:
    words = book.reader.words(paragraph)
    properties = child(paragraph, "pPr")
    if properties is not None and value(child(properties, "framePr"), "dropCap") in {"drop", "margin"}:
        book.initial += words.text
    elif text := words.text:
        yield _block(book.initial + text, paragraph, properties, book, bold=bool(words.bold))
        book.initial = ""
    elif not words.aside and (place := _list_place(properties, book)):
        # Word prints and counts the number of an empty paragraph too.
        _mark(book, *place)
    yield from _around(words, book, notes)


def _block(text: str, paragraph: Element, properties: Element | None, book: Book, *, bold: bool) -> Block:
    chain = book.styles.chain(value(child(properties, "pStyle")))
    names = [style.name for style in chain]
    place = _list_place(properties, book)
    if any(CONTENTS_NAME.fullmatch(name) for name in names):
        return Block("furniture", text, reason="table_of_contents")
    if names and TITLE_NAME.fullmatch(names[0]):
        return Block("title", text.replace("\n", " "))
    rank = rank_of(properties, chain)
    mark = _mark(book, *place) if place else ""
    if rank:
        numbered = text if mark in {"", BULLET} else f"{mark} {text}"
        return Block("heading", numbered.replace("\n", " "), style=f"h{rank}")
    if place and mark:
        return Block("list_item", text, depth=place[1], marker=mark)
    if any(QUOTE_NAME.fullmatch(name) for name in names):
        return Block("quote", text)
    return Block("paragraph", text, style="bold" if bold and could_be_heading(text) else "")


def _list_place(properties: Element | None, book: Book) -> tuple[str, int, str] | None:
    """List and depth of a paragraph, and its usual mark; a list number of 0 takes it out of its style's list."""
    style_id = value(child(properties, "pStyle"))
    chain = book.styles.chain(style_id)
    usual = "1." if any(NUMBER_NAME.search(style.name) for style in chain) else BULLET
    numbered = child(properties, "numPr")
    own = value(child(numbered, "numId"))
    if own == "0":
        return None
    depth = min(number(child(numbered, "ilvl")), DEEPEST_LEVEL)
    if own:
        return own, depth, usual
    from_style = _style_place(chain, style_id or book.styles.usual, book)
    if from_style is None:
        return None
    told = child(numbered, "ilvl") is not None
    return from_style[0], depth if told else from_style[1], usual


def _style_place(chain: Sequence[Style], style_id: str, book: Book) -> tuple[str, int] | None:
    for style in chain:
        if style.list_id == "0":
            return None
        named = LIST_NAME.fullmatch(style.name)
        if style.list_id or named:
            level = book.numbering.level_of_style(style.list_id, style_id)
            by_name = int(named.group(1) or 1) - 1 if named else style.list_level
            return style.list_id, min(by_name if level is None or named else level, DEEPEST_LEVEL)
    return None


def _mark(book: Book, list_id: str, depth: int, usual: str) -> str:
    return book.numbering.next_mark(list_id, depth, otherwise=usual)
