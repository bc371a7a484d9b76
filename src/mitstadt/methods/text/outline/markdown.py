"""Markdown becomes blocks, by the CommonMark rules."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.furniture import furnished
from mitstadt.methods.text.outline.html import blocks_of as html_blocks
from mitstadt.methods.text.outline.inline import InlineWords, Piece, inline_words, pieces_of
from mitstadt.methods.text.outline.judging import judged, with_bold_headings
from mitstadt.methods.text.outline.marks import could_be_heading
from mitstadt.methods.text.outline.model import Block, Kind
from mitstadt.methods.text.outline.words import normal

# The parser is thorough, not quick: this much of the worst kind takes about eight seconds of CPU, prose about one.
MOST_CHARACTERS = 600_000
FRONT_MATTER = re.compile(r"---\n(.{0,5000}?)\n(?:---|\.\.\.)\n", re.DOTALL)
FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
# What other dialects write behind headings: ``{-}``, ``{#ziele .unnumbered}``.
ATTRIBUTES = re.compile(r"\s*\{[#.\-][^{}]{0,200}\}$")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,20})\]")


def blocks_of(text: str) -> list[Block]:
    """All blocks of a Markdown text in order."""
    if len(text) > MOST_CHARACTERS:
        sentence = (
            f"This Markdown has {len(text)} characters; at most {MOST_CHARACTERS} can be read."
            " Open the text in several parts, or as plain text."
        )
        raise MethodError("text_too_large", sentence, size=len(text), most=MOST_CHARACTERS)
    front, text = _front_matter(text.lstrip("\n"))
    # A footnote is a paragraph of its own, not a link that shows nowhere.
    text = FOOTNOTE.sub(r"\\[\1\\]", text)
    # Offices indent paragraphs; nobody here writes code that way.
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
    blocks = [block for block in _Walk(reader.parse(text)).blocks if block.text]
    return furnished(front + judged(with_bold_headings(blocks)))


def _front_matter(text: str) -> tuple[list[Block], str]:
    found = FRONT_MATTER.match(text)
    if not found or ":" not in found.group(1):
        return [], text
    rest = text[found.end() :]
    title = FRONT_TITLE.search(found.group(1))
    heading = re.match(r"\s*#\s+(.+)", rest)
    again = title and heading and normal(ATTRIBUTES.sub("", heading.group(1))) == normal(title.group(1))
    named = [Block("title", title.group(1))] if title and not again else []
    matter = " ".join(found.group(1).split())
    return [Block("furniture", matter, reason="front_matter"), *named], rest


class _Walk:
    """Goes through the tokens once and gathers a block for every piece of text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.blocks: list[Block] = []
        self.lists: list[int | None] = []  # the next number of every open list, None for bullets
        self.marks: list[str] = []
        self.fresh_item = False
        self.quotes = 0
        self.heading = ""
        self.row: list[str] | None = None
        for token in tokens:
            self._take(token)

    def _take(self, token: Token) -> None:
        name, _, phase = token.type.rpartition("_")
        if token.type == "inline":
            self._inline(inline_words(token.children or []))
        elif token.type == "fence":
            self._text(token.content.strip("\n"))
        elif token.type == "html_block":
            self.blocks.extend(_inner_html(token.content))
        elif phase in {"open", "close"}:
            self._structure(name, token, opening=phase == "open")

    def _structure(self, name: str, token: Token, *, opening: bool) -> None:
        if name in {"bullet_list", "ordered_list"}:
            self._list(token, opening=opening, ordered=name == "ordered_list")
        elif name == "list_item" and opening:
            number = self.lists[-1]
            self.marks[-1] = "•" if number is None else f"{number}{token.markup or '.'}"
            self.lists[-1] = None if number is None else number + 1
            self.fresh_item = True
        elif name == "blockquote":
            self.quotes += 1 if opening else -1
        elif name == "heading":
            self.heading = token.tag if opening else ""
        elif name == "tr":
            self._row(opening=opening)

    def _list(self, token: Token, *, opening: bool, ordered: bool) -> None:
        if opening:
            self.lists.append(int(token.attrGet("start") or 1) if ordered else None)
            self.marks.append("")
        else:
            self.lists.pop()
            self.marks.pop()

    def _row(self, *, opening: bool) -> None:
        if opening:
            self.row = []
        elif self.row is not None:
            if any(self.row):
                self.blocks.append(Block("table_row", " | ".join(self.row)))
            self.row = None

    def _inline(self, words: InlineWords) -> None:
        first, *others = pieces_of(words.lines) if self.row is None and not self.heading else [Piece(words.text)]
        self._text(f"{first.mark} {first.text}".strip() if not others else first.text, first, bold=words.is_bold)
        for piece in others:
            self._piece(piece)
        if words.struck:
            self.blocks.append(Block("furniture", words.struck, reason="struck"))

    def _piece(self, piece: Piece) -> None:
        """A line with a mark of its own, which Markdown itself would pour into the paragraph."""
        if piece.style:
            self.blocks.append(Block("heading", piece.text, style=piece.style))
        elif piece.mark:
            self.blocks.append(Block("list_item", piece.text, depth=len(self.lists), marker=piece.mark))
        else:
            self.blocks.append(Block("paragraph", piece.text))

    def _text(self, text: str, piece: Piece | None = None, *, bold: bool = False) -> None:
        if self.row is not None:
            self.row.append(" ".join(text.split()))
        elif self.heading:
            words = ATTRIBUTES.sub("", " ".join(text.split()))
            self.blocks.append(Block("heading", words, style=self.heading))
        elif self.lists and self.fresh_item:
            self.blocks.append(Block("list_item", text, depth=len(self.lists) - 1, marker=self.marks[-1]))
            self.fresh_item = False
        elif self.lists and self.blocks and self.blocks[-1].kind == "list_item":
            # A second paragraph of the same item stays with it: people speak of the item.
            self.blocks[-1] = replace(self.blocks[-1], text=f"{self.blocks[-1].text}\n{text}")
        elif piece and not text.startswith(piece.mark or "\0") and (piece.mark or piece.style):
            self._piece(piece)
        else:
            kind: Kind = "quote" if self.quotes else "paragraph"
            style = "bold" if bold and not self.quotes and could_be_heading(text) else ""
            self.blocks.append(Block(kind, text, style=style))


def _inner_html(content: str) -> list[Block]:
    return [block for block in html_blocks(content) if block.text] if "<" in content else []
