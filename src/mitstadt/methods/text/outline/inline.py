"""The words inside a paragraph of Markdown: what is struck kept apart, and lines that bear a mark of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from mitstadt.methods.text.outline.marks import SECTION_SIGN, could_be_heading, list_marker
from mitstadt.methods.text.outline.signs import raised, sentences_apart

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
STRUCK = {"del", "s", "strike"}
SOFT_BREAK = "\v"


@dataclass(frozen=True, slots=True)
class InlineWords:
    """The words of a paragraph by its lines, the struck ones, and whether all are bold."""

    lines: tuple[str, ...]
    struck: str = ""
    is_bold: bool = False

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together; the first may bear a mark or be a heading of its own."""

    text: str
    mark: str = ""
    style: str = ""


class _Gathering:
    """Walks over the tokens of one paragraph."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.struck: list[str] = []
        self.open = {"struck": 0, "sup": 0, "bold": 0}
        self.bold: bool | None = None

    def take(self, token: Token) -> None:
        if token.type in {"text", "code_inline", "image"}:
            self._put(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            self.parts.append(SOFT_BREAK if token.type == "softbreak" else "\n")
        elif token.type == "html_inline":
            self._tag(token.content)
        elif token.type in {"s_open", "s_close"}:
            self.open["struck"] += token.nesting
        elif token.type in {"strong_open", "strong_close"}:
            self.open["bold"] += token.nesting

    def _tag(self, written: str) -> None:
        found = TAG.match(written)
        name = found.group(2).lower() if found else ""
        step = -1 if found and found.group(1) else 1
        if name == "br":
            self.parts.append("\n")
        elif name in STRUCK:
            self.open["struck"] = max(0, self.open["struck"] + step)
        elif name == "sup":
            self.open["sup"] = max(0, self.open["sup"] + step)

    def _put(self, words: str) -> None:
        if self.open["struck"] > 0:
            self.struck.append(words)
            return
        self.parts.append(raised(words) if self.open["sup"] else words)
        if words.strip():
            self.bold = self.bold is not False and self.open["bold"] > 0


def inline_words(children: Sequence[Token]) -> InlineWords:
    """The words of a paragraph."""
    found = _Gathering()
    for child in children:
        found.take(child)
    lines = "".join(found.parts).split(SOFT_BREAK)
    clean = ("\n".join(" ".join(line.split()) for line in each.split("\n")).strip() for each in lines)
    struck = " ".join("".join(found.struck).split())
    return InlineWords(tuple(sentences_apart(line) for line in clean if line) or ("",), struck, bool(found.bold))


def pieces_of(lines: Sequence[str]) -> list[Piece]:
    """The lines in pieces: a new one begins with a mark that begins or continues a count, and around a §-heading."""
    pieces: list[list[str]] = [[]]
    marks: list[tuple[str, str]] = [("", "")]
    counts: dict[str, int] = {}
    for line in lines:
        marker = list_marker(line)
        if marker and marker.order and marker.order == counts.get(marker.family, 0) + 1:
            counts[marker.family] = marker.order
            pieces.append([line[marker.width :]])
            marks.append((marker.written, ""))
        elif SECTION_SIGN.match(line) and could_be_heading(line):
            counts = {}
            pieces += [[line], []]
            marks += [("", "sign"), ("", "")]
        else:
            pieces[-1].append(line)
    found = [Piece(" ".join(words), *mark) for words, mark in zip(pieces, marks, strict=True) if words]
    return found or [Piece("")]
