"""A file or a pasted text becomes an outline."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from mitstadt.methods.shared.cleaning import cleaned
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.decoding import decoded
from mitstadt.methods.text.outline.editing import settled
from mitstadt.methods.text.outline.html import blocks_of as html_blocks
from mitstadt.methods.text.outline.html import declared_encoding
from mitstadt.methods.text.outline.levels import levels_of
from mitstadt.methods.text.outline.markdown import blocks_of as markdown_blocks
from mitstadt.methods.text.outline.model import LIMITS, Block, Limits, Notice, Outline, Passage
from mitstadt.methods.text.outline.patterns import Heading
from mitstadt.methods.text.outline.plain import blocks_of as plain_blocks
from mitstadt.methods.text.outline.refs import numbered
from mitstadt.methods.text.outline.titles import with_title
from mitstadt.methods.text.outline.word import blocks_of as word_blocks

ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
}
READERS: dict[str, Callable[[str], list[Block]]] = {
    "text": plain_blocks,
    "markdown": markdown_blocks,
    "html": html_blocks,
}
LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
KEPT_APART = {
    "struck": ("struck_words", "{n} struck-out pieces are not in the text. They are offered where they stood."),
    "deleted": ("deleted_words", "{n} pieces deleted under tracked changes are not in the text. They are offered."),
    "hidden": ("hidden_words", "{n} hidden pieces are not in the text. Look at them before you take any over."),
    "drawing": ("drawing_words", "{n} pieces of drawn lettering are not in the text. They are offered."),
    "note": ("notes_loose", "{n} notes that nothing refers to are not in the text. They are offered."),
}
SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+")
ZIP = b"PK\x03\x04"


def read_file(data: bytes, name: str, *, limits: Limits = LIMITS) -> Outline:
    """The outline of a .txt, .md, .html or .docx file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name; the ending decides the format unless the content is clearly of another one.
    limits : Limits
        How much is read at most.

    Raises
    ------
    MethodError
        With a sentence for every file that cannot be read; nothing of a file is ever executed or fetched.

    Examples
    --------
    >>> outline = read_file("# Park\\n\\nMehr Bäume.".encode(), "park.md")
    >>> [(p.kind, p.level, p.ref, p.text) for p in outline.passages]
    [('title', 1, '0', 'Park'), ('paragraph', 1, '0-1', 'Mehr Bäume.')]
    """
    source_format = ENDINGS.get(PurePath(name).suffix.lower(), "text")
    if data.startswith(ZIP):
        _refuse_large(len(data), limits.docx_bytes)
        blocks, notices = word_blocks(data, limits)
        return _outlined(blocks, notices, "docx", name=name, limits=limits)
    _refuse_large(len(data), limits.file_bytes)
    _refuse_empty(data.strip())
    if source_format == "docx":
        sentence = "This file is called a Word file but is none. Open it in Word or LibreOffice and save it as .docx."
        raise MethodError("text_not_docx", sentence)
    text, encoding, notices = decoded(data) if source_format != "html" else _decoded_html(data)
    outline = _read(text, notices, source_format, name=name, limits=limits)
    return replace(outline, encoding=encoding)


def read_text(text: str, *, name: str = "", source_format: str = "", limits: Limits = LIMITS) -> Outline:
    """The outline of a pasted text; ``source_format`` is "text", "markdown", "html", or empty to find out."""
    if source_format not in {"", *READERS}:
        sentence = f"Text cannot be pasted as “{source_format}”. Choose text, markdown or html."
        raise MethodError("text_format_unknown", sentence, source_format=source_format)
    # A character takes at least a byte, so a text that is too long need not be encoded to say so.
    _refuse_large(len(text), limits.file_bytes)
    return _read(text, [], source_format or "text", name=name, limits=limits)


def _decoded_html(data: bytes) -> tuple[str, str, list[Notice]]:
    declared = declared_encoding(data[:4096])
    # Letters that are valid UTF-8 are practically never anything else, whatever the page says.
    if declared and not _is_utf8(data):
        try:
            return data.decode(declared), declared, []
        except UnicodeDecodeError:
            pass
    return decoded(data)


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.isascii() and bool(data.decode())
    except UnicodeDecodeError:
        return False


def _read(text: str, notices: Sequence[Notice], source_format: str, *, name: str, limits: Limits) -> Outline:
    text, removed = cleaned(text)
    _refuse_empty(text.strip())
    if source_format == "text" and LOOKS_LIKE_HTML.match(text[:10_000]):
        source_format = "html"
    blocks = READERS[source_format](text)
    found = [Notice(each.code, each.sentence, each.count) for each in removed]
    return _outlined(blocks, [*notices, *found], source_format, name=name, limits=limits)


def _refuse_large(size: int, most: int) -> None:
    if size > most:
        sentence = (
            f"The file has {size / 1_000_000:.1f} MB; at most {most / 1_000_000:.0f} MB can be read."
            " Remove pictures, or open the text in several parts."
        )
        raise MethodError("text_too_large", sentence, size=size, most=most)


def _refuse_empty(content: str | bytes | Sequence[Block]) -> None:
    if not content:
        sentence = "There is no text in this file. Check that you chose the right one."
        raise MethodError("text_empty", sentence)


def _outlined(
    blocks: Sequence[Block], notices: Sequence[Notice], source_format: str, *, name: str, limits: Limits
) -> Outline:
    _refuse_empty([block for block in blocks if block.text.strip()])
    blocks, notices = _in_pieces(blocks, notices, limits.passage_characters)
    if len(blocks) > limits.passages:
        sentence = (
            f"The text has {len(blocks)} passages; at most {limits.passages} can be discussed at once."
            " Open it in several parts."
        )
        raise MethodError("text_too_many_passages", sentence, passages=len(blocks), most=limits.passages)
    notices = [*notices, *_kept_apart(blocks)]
    passages = _leveled(with_title(blocks, name))
    return Outline(numbered(settled(passages)), tuple(notices), source_format)


def _kept_apart(blocks: Sequence[Block]) -> list[Notice]:
    """What readers of the source do not see as valid text: offered, never silently taken over, and always told."""
    counts = Counter(block.reason for block in blocks if block.kind == "furniture")
    return [
        Notice(code, sentence.format(n=counts[reason]), counts[reason])
        for reason, (code, sentence) in KEPT_APART.items()
        if counts[reason]
    ]


def _in_pieces(blocks: Sequence[Block], notices: Sequence[Notice], longest: int) -> tuple[list[Block], list[Notice]]:
    """Passages too long to speak of are cut at the ends of sentences, and where there are none, anywhere."""
    pieces: list[Block] = []
    cut = 0
    for block in blocks:
        if len(block.text) <= longest:
            pieces.append(block)
            continue
        cut += 1
        pieces.extend(replace(block, text=part) for part in _parts(block.text, longest))
    told = [Notice("passages_cut", f"{cut} very long passages were cut at the ends of sentences.", cut)] if cut else []
    return pieces, [*notices, *told]


def _parts(text: str, longest: int) -> list[str]:
    parts = [""]
    for sentence in SENTENCE_BREAK.split(text):
        for start in range(0, len(sentence), longest):
            piece = sentence[start : start + longest]
            if len(parts[-1]) + len(piece) + 1 > longest:
                parts.append(piece)
            else:
                parts[-1] = f"{parts[-1]} {piece}".strip()
    return [part.strip() for part in parts if part.strip()]


def _leveled(blocks: Sequence[Block]) -> list[Passage]:
    positions = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    headings = [_heading(blocks, n, end) for n, end in pairwise([*positions, len(blocks)])]
    below_title = any(block.kind == "title" for block in blocks)
    levels = dict(zip(positions, levels_of(headings), strict=True))
    return [
        Passage(
            level=levels[n] + below_title if n in levels else 1,
            kind=block.kind,
            text=block.text,
            depth=block.depth,
            marker=block.marker,
            reason=block.reason,
        )
        for n, block in enumerate(blocks)
    ]


def _heading(blocks: Sequence[Block], start: int, end: int) -> Heading:
    body = [block for block in blocks[start + 1 : end] if block.kind != "furniture"]
    lists = tuple(block.text for block in body if block.kind == "list_item")
    # A list counts as one block: how many items it has says nothing about how a section is built.
    return Heading(blocks[start].text, blocks[start].style, len(body) - len(lists) + bool(lists), lists)
