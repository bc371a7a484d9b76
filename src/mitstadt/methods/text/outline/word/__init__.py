"""A Word file (.docx) becomes blocks; macros, links and embedded files are left alone and named."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from mitstadt.methods.shared.cleaning import cleaned
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.decoding import decoded
from mitstadt.methods.text.outline.furniture import furnished
from mitstadt.methods.text.outline.html import blocks_of as html_blocks
from mitstadt.methods.text.outline.judging import judged, with_bold_headings
from mitstadt.methods.text.outline.model import Block, Limits, Notice
from mitstadt.methods.text.outline.plain import blocks_of as plain_blocks
from mitstadt.methods.text.outline.word.blocks import Book, blocks_in, note_blocks
from mitstadt.methods.text.outline.word.notices import SENTENCES, told
from mitstadt.methods.text.outline.word.numbering import numbering_of
from mitstadt.methods.text.outline.word.package import checked_document, elements, part, targets, value
from mitstadt.methods.text.outline.word.styles import styles_of

RUNNING = re.compile(r"word/(header|footer)\d*\.xml")
DEEPEST_CHUNK = 2
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


def blocks_of(data: bytes, limits: Limits, *, inside: int = 0) -> tuple[list[Block], list[Notice]]:
    """All blocks of a Word file in order, and notices; ``inside`` counts the Word files around this one.

    Raises
    ------
    MethodError
        ``text_zip_bomb``, ``text_encrypted``, ``text_not_docx`` or ``text_docx_broken``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _File(package, limits, inside).read()
    except MethodError:
        raise
    except BROKEN as error:
        sentence = (
            "This Word file is damaged or unusual and cannot be read. Open it in Word or LibreOffice and save it again."
        )
        raise MethodError("text_docx_broken", sentence) from error


class _File:
    """One Word file while it is read."""

    def __init__(self, package: zipfile.ZipFile, limits: Limits, inside: int) -> None:
        self.package, self.limits, self.inside = package, limits, inside
        self.document = checked_document(package, limits)
        self.names = [entry.filename for entry in package.infolist()]
        self.targets = targets(package, self.document, limits)
        self.book = Book(chunk=self._chunk)
        if "word/styles.xml" in self.names:
            self.book.styles = styles_of(self._part("word/styles.xml"))
            self.book.reader.styles = self.book.styles
        if "word/numbering.xml" in self.names:
            self.book.numbering = numbering_of(self._part("word/numbering.xml"))

    def read(self) -> tuple[list[Block], list[Notice]]:
        """Headers, the document, notes that nothing refers to, footers."""
        self._notes()
        blocks = [*self._running("header"), *self._body(), *self._running("footer")]
        blocks, notices = _cleaned([block for block in blocks if block.text])
        self._count_comments()
        notices += told(self.book.tally, self.names)
        return furnished(judged(with_bold_headings(blocks))), notices

    def _part(self, name: str) -> io.BytesIO:
        return part(self.package, name, self.limits)

    def _body(self) -> Iterator[Block]:
        for element in elements(self._part(self.document), "p", "tbl", "altChunk", "subDoc", "oMathPara"):
            yield from blocks_in(element, self.book)
        if self.book.initial:
            yield Block("paragraph", self.book.initial)
        for note in list(self.book.notes):
            yield from (replace(block, kind="furniture", reason="note") for block in note_blocks(note, self.book))

    def _notes(self) -> None:
        for kind in ("footnote", "endnote"):
            if f"word/{kind}s.xml" not in self.names:
                continue
            for note in elements(self._part(f"word/{kind}s.xml"), kind):
                if value(note, "type") in {"", "normal"}:
                    kept = type(note)(note.tag, note.attrib)
                    kept.extend(list(note))
                    self.book.notes[kind, value(note, "id")] = kept

    def _running(self, kind: str) -> Iterator[Block]:
        """Each different header or footer once, offered for removal."""
        seen = set()
        for name in self.names:
            found = RUNNING.fullmatch(name)
            if not found or found.group(1) != kind:
                continue
            for element in elements(self._part(name), "p", "tbl"):
                for block in blocks_in(element, self.book):
                    if block.text and block.text not in seen:
                        seen.add(block.text)
                        yield Block("furniture", block.text, reason=block.reason or "running_header")

    def _count_comments(self) -> None:
        if "word/comments.xml" in self.names:
            self.book.tally["comments_left"] += sum(1 for _ in elements(self._part("word/comments.xml"), "comment"))

    def _chunk(self, relation: str) -> list[Block]:
        """The blocks of a text that the document takes in from another part; what cannot be read is counted."""
        name = self.targets.get(relation, "")
        try:
            blocks = self._read_chunk(name) if name in self.names else None
        except MethodError:
            blocks = None
        self.book.tally["chunks_left" if blocks is None else "chunks_read"] += 1
        return blocks or []

    def _read_chunk(self, name: str) -> list[Block] | None:
        data = self._part(name).getvalue()
        ending = PurePosixPath(name).suffix.lower()
        if ending in {".docx", ".docm"} and self.inside < DEEPEST_CHUNK:
            blocks, notices = blocks_of(data, self.limits, inside=self.inside + 1)
            self.book.tally.update({notice.code: notice.count for notice in notices if notice.code in SENTENCES})
            return blocks
        if ending in {".html", ".htm", ".xhtml", ".txt"}:
            reader = plain_blocks if ending == ".txt" else html_blocks
            return reader(cleaned(decoded(data)[0])[0])
        return None


def _cleaned(blocks: list[Block]) -> tuple[list[Block], list[Notice]]:
    counts: dict[str, Notice] = {}
    result = []
    for block in blocks:
        text, removed = cleaned(block.text)
        for each in removed:
            count = each.count + (counts[each.code].count if each.code in counts else 0)
            counts[each.code] = Notice(each.code, each.sentence.replace(str(each.count), str(count), 1), count)
        if text := text.strip():
            result.append(block if text == block.text else replace(block, text=text))
    return result, list(counts.values())
