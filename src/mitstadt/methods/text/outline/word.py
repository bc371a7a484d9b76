"""A Word file (.docx) becomes blocks; macros, links and embedded files are left alone and named."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.cleaning import cleaned
from mitstadt.methods.text.outline.furniture import furnished
from mitstadt.methods.text.outline.marks import could_be_heading
from mitstadt.methods.text.outline.model import Block, Limits, Notice
from mitstadt.methods.text.outline.plain import judged

DOCUMENT = re.compile(r"word/document\d*\.xml")
HEADING_NAME = re.compile(r"(?:heading|überschrift|titre|rubrik)\s*([1-9])", re.IGNORECASE)
QUOTE_NAME = re.compile(r"(?:intense )?quote|zitat|block text", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|verzeichnis|inhaltsverzeichnis) ?(?:\d|heading|überschrift)?", re.IGNORECASE)
LIST_NAME = re.compile(r"(?:list (?:bullet|number)|aufzählungszeichen|listennummer)\s*(\d?)", re.IGNORECASE)
TEXTLESS = {"instrText", "delText", "Fallback", "rPr", "pPr", "sectPr", "del", "moveFrom", "binData"}
DEEPEST = 200
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    ParseError,
    DefusedXmlException,
    EOFError,
    KeyError,
    ValueError,
    OSError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says about its paragraphs."""

    name: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    based_on: str = ""


@dataclass(slots=True)
class _Package:
    """What is needed from the other parts to read the document."""

    styles: dict[str, _Style] = field(default_factory=dict)
    bullets: dict[tuple[str, int], bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)


def blocks_of(data: bytes, limits: Limits) -> tuple[list[Block], list[Notice]]:
    """All blocks of a Word file in order, and notices.

    Raises
    ------
    MethodError
        ``text_zip_bomb``, ``text_encrypted``, ``text_not_docx`` or ``text_docx_broken``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document = _checked(package, limits)
            return _read(package, document, limits)
    except MethodError:
        raise
    except BROKEN as error:
        sentence = (
            "This Word file is damaged or unusual and cannot be read. Open it in Word or LibreOffice and save it again."
        )
        raise MethodError("text_docx_broken", sentence) from error


def _checked(package: zipfile.ZipFile, limits: Limits) -> str:
    """The name of the document inside; refuses packages built to exhaust programs and other kinds of packages."""
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise _bomb(f"it holds {len(entries)} files")
    document = next((entry for entry in entries if DOCUMENT.fullmatch(entry.filename)), None)
    if document is None:
        sentence = "This is a packed file, but no Word file. Unpack it, or save the text as .docx, .txt or .html."
        raise MethodError("text_not_docx", sentence)
    if document.flag_bits & 1:
        sentence = "This Word file is protected by a password. Remove the protection and save it again."
        raise MethodError("text_encrypted", sentence)
    return document.filename


def _bomb(why: str) -> MethodError:
    sentence = f"This file unpacks to far more than a text needs: {why}. Open it and save it again."
    return MethodError("text_zip_bomb", sentence)


def _part(package: zipfile.ZipFile, name: str, limits: Limits) -> io.BytesIO:
    """The bytes of one part; what a package says about its size is not believed."""
    entry = package.getinfo(name)
    most = min(limits.unpacked_bytes, max(1_000_000, limits.ratio * max(entry.compress_size, 1)))
    with package.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise _bomb(f"“{name[:60]}” has more than {most / 1_000_000:.0f} MB")
    return io.BytesIO(content)


def _elements(stream: io.BytesIO, *wanted: str) -> Iterator[Element]:
    """The outermost elements of the wanted names, each freed after use; depth is bounded, entities are refused."""
    depth, inside = 0, 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            depth += 1
            inside += name in wanted
            if depth > DEEPEST:
                sentence = f"This Word file nests its parts more than {DEEPEST} deep. Open it and save it again."
                raise MethodError("text_nested_too_deep", sentence, deepest=DEEPEST)
            continue
        depth -= 1
        if name in wanted:
            inside -= 1
            if not inside:
                yield element
                element.clear()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name: Word's two name spaces differ between its versions."""
    attributes: Mapping[str, str] = element.attrib if element is not None else {}
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next((child for child in element if _local(child) == name), None) if element is not None else None
    return element


def _read(package: zipfile.ZipFile, document: str, limits: Limits) -> tuple[list[Block], list[Notice]]:
    names = {entry.filename for entry in package.infolist()}
    book = _Package()
    if "word/styles.xml" in names:
        book.styles = dict(_styles(_part(package, "word/styles.xml", limits)))
    if "word/numbering.xml" in names:
        book.bullets = _bullets(_part(package, "word/numbering.xml", limits))
    for name in {"word/footnotes.xml", "word/endnotes.xml"} & names:
        book.notes |= _notes(_part(package, name, limits), name[5:-9])
    blocks = [
        block for element in _elements(_part(package, document, limits), "p", "tbl") for block in _blocks(element, book)
    ]
    blocks, notices = _cleaned([block for block in blocks if block.text])
    return furnished(judged(_bold_headings(blocks))), [*notices, *_left_alone(names)]


def _left_alone(names: set[str]) -> list[Notice]:
    notices = []
    macros = sum("vbaProject" in name for name in names)
    embedded = sum(name.startswith(("word/embeddings/", "word/activeX/")) for name in names)
    pictures = sum(name.startswith("word/media/") for name in names)
    if macros:
        notices.append(Notice("macros_ignored", "The file holds macros. They were not run and not kept.", macros))
    if embedded:
        notices.append(Notice("embedded_ignored", f"{embedded} embedded files were not read.", embedded))
    if pictures:
        notices.append(Notice("pictures_ignored", f"{pictures} pictures were left out.", pictures))
    return notices


def _cleaned(blocks: list[Block]) -> tuple[list[Block], list[Notice]]:
    counts: dict[str, Notice] = {}
    result = []
    for block in blocks:
        text, notices = cleaned(block.text)
        for notice in notices:
            before = counts.get(notice.code)
            count = notice.count + (before.count if before else 0)
            counts[notice.code] = replace(
                notice, sentence=notice.sentence.replace(str(notice.count), str(count), 1), count=count
            )
        if text.strip():
            result.append(replace(block, text=text.strip()))
    return result, list(counts.values())


def _styles(stream: io.BytesIO) -> Iterator[tuple[str, _Style]]:
    for style in _elements(stream, "style"):
        level = _value(_child(style, "pPr", "outlineLvl"))
        depth = _value(_child(style, "pPr", "numPr", "ilvl"))
        yield (
            _value(style, "styleId"),
            _Style(
                name=_value(_child(style, "name")),
                outline=int(level) if level.isdigit() else None,
                list_id=_value(_child(style, "pPr", "numPr", "numId")),
                list_level=int(depth) if depth.isdigit() else 0,
                based_on=_value(_child(style, "basedOn")),
            ),
        )


def _bullets(stream: io.BytesIO) -> dict[tuple[str, int], bool]:
    """For every list and level whether it has bullets instead of numbers."""
    abstract: dict[tuple[str, int], bool] = {}
    bullets: dict[tuple[str, int], bool] = {}
    for element in _elements(stream, "abstractNum", "num"):
        if _local(element) == "abstractNum":
            for level in (child for child in element if _local(child) == "lvl"):
                depth = _value(level, "ilvl")
                is_bullet = _value(_child(level, "numFmt")) == "bullet"
                abstract[_value(element, "abstractNumId"), int(depth) if depth.isdigit() else 0] = is_bullet
        else:
            number, of = _value(element, "numId"), _value(_child(element, "abstractNumId"))
            bullets |= {(number, level): is_bullet for (name, level), is_bullet in abstract.items() if name == of}
    return bullets


def _notes(stream: io.BytesIO, kind: str) -> dict[str, str]:
    notes = {}
    for note in _elements(stream, "footnote", "endnote"):
        if _value(note, "type") in {"", "normal"}:
            notes[f"{kind}{_value(note, 'id')}"] = " ".join(_words(note, []).split())
    return notes


def _blocks(element: Element, book: _Package) -> Iterator[Block]:
    """The blocks of a paragraph or table, footnotes right after the passage that refers to them."""
    notes: list[str] = []
    if _local(element) == "p":
        yield from _paragraph(element, book, notes)
    else:
        yield from _table(element, book, notes)
    for number in notes:
        if book.notes.get(number):
            label = re.sub(r"\D+", "", number)
            yield Block("paragraph", f"[{label}] {book.notes[number]}")


def _table(table: Element, book: _Package, notes: list[str]) -> Iterator[Block]:
    for row in (child for child in table.iter() if _local(child) == "tr"):
        cells = [child for child in row if _local(child) == "tc"]
        if len(cells) == 1:
            # A table of one cell is a box around ordinary text.
            for paragraph in (part for part in cells[0] if _local(part) == "p"):
                yield from _paragraph(paragraph, book, notes)
            continue
        words = [" ".join(_words(cell, notes).split()) for cell in cells]
        if any(words):
            yield Block("table_row", " | ".join(words))


def _paragraph(paragraph: Element, book: _Package, notes: list[str]) -> Iterator[Block]:
    lines = [" ".join(line.split()) for line in _words(paragraph, notes).split("\n")]
    text = "\n".join(line for line in lines if line)
    if not text:
        return
    properties = _child(paragraph, "pPr")
    chain = _chain(book, _value(_child(properties, "pStyle")))
    names = [style.name for style in chain]
    if any(CONTENTS_NAME.fullmatch(name) for name in names):
        yield Block("furniture", text, reason="table_of_contents")
    elif names and names[0].lower() in {"title", "titel"}:
        yield Block("title", text.replace("\n", " "))
    elif rank := _rank(properties, chain):
        yield Block("heading", text.replace("\n", " "), style=f"h{rank}")
    elif item := _list_place(properties, chain):
        yield Block("list_item", text, depth=item[1], marker=_marker(book, *item, names))
    elif any(QUOTE_NAME.fullmatch(name) for name in names):
        yield Block("quote", text)
    else:
        bold = could_be_heading(text) and _all_bold(paragraph)
        yield Block("paragraph", text, style="bold" if bold else "")


def _chain(book: _Package, style_id: str) -> list[_Style]:
    """A style and those it is based on, nearest first."""
    chain: list[_Style] = []
    while style_id in book.styles and len(chain) < 10:
        chain.append(book.styles[style_id])
        style_id = chain[-1].based_on
    return chain


def _rank(properties: Element | None, chain: list[_Style]) -> int:
    """The depth of a heading, 0 for other paragraphs."""
    own = _value(_child(properties, "outlineLvl"))
    if own.isdigit():
        return int(own) + 1 if int(own) < 9 else 0
    for style in chain:
        named = HEADING_NAME.fullmatch(style.name)
        if named:
            return int(named.group(1))
        if style.outline is not None:
            return style.outline + 1 if style.outline < 9 else 0
    return 0


def _list_place(properties: Element | None, chain: list[_Style]) -> tuple[str, int] | None:
    """List and depth of a paragraph; a list number of 0 takes the paragraph out of its style's list."""
    number = _child(properties, "numPr")
    if number is not None:
        list_id, depth = _value(_child(number, "numId")), _value(_child(number, "ilvl"))
        return None if list_id == "0" else (list_id, min(int(depth), 8) if depth.isdigit() else 0)
    for style in chain:
        named = LIST_NAME.fullmatch(style.name)
        if style.list_id or named:
            return style.list_id, int(named.group(1) or 1) - 1 if named else style.list_level
    return None


def _marker(book: _Package, list_id: str, depth: int, names: list[str]) -> str:
    numbers_by_name = any(re.search(r"number|nummer", name, re.IGNORECASE) for name in names)
    if book.bullets.get((list_id, depth), not numbers_by_name):
        return "•"
    count = book.counters.get((list_id, depth), 0) + 1
    book.counters = {place: n for place, n in book.counters.items() if place[0] != list_id or place[1] < depth}
    book.counters[list_id, depth] = count
    return f"{count}."


def _all_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter() if _local(run) == "r" and any(_local(part) == "t" for part in run)]
    bold = [_child(run, "rPr", "b") for run in runs]
    return bool(runs) and all(mark is not None and _value(mark) not in {"0", "false"} for mark in bold)


def _bold_headings(blocks: list[Block]) -> list[Block]:
    """Bold lines are headings only where the file uses no heading styles and not everything is bold."""
    bold = sum(block.style == "bold" for block in blocks)
    styled = any(block.kind == "heading" for block in blocks) or bold > len(blocks) * 0.6
    return [
        replace(block, kind=block.kind if styled else "heading", style="" if styled else "bold")
        if block.style == "bold"
        else block
        for block in blocks
    ]


def _words(element: Element, notes: list[str]) -> str:
    """The words below an element as readers see them: insertions kept, deletions, codes and duplicates left out."""
    parts: list[str] = []
    _gather(element, parts, notes)
    return "".join(parts)


def _gather(element: Element, parts: list[str], notes: list[str]) -> None:
    for child in element:
        name = _local(child)
        if name in TEXTLESS or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name in {"br", "cr"}:
            parts.append("\n")
        elif name == "tab":
            parts.append(" ")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name in {"footnoteReference", "endnoteReference"}:
            notes.append(f"{name[:-9]}{_value(child, 'id')}")
            parts.append(f"[{_value(child, 'id')}]")
        else:
            _gather(child, parts, notes)
            if name in {"p", "tc"}:
                parts.append(" ")


def _is_hidden(run: Element) -> bool:
    hidden = _child(run, "rPr", "vanish")
    return hidden is not None and _value(hidden) not in {"0", "false"}
