"""HTML becomes blocks: words and structure only; scripts, styles and addresses are dropped, nothing is fetched."""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.counting import written
from mitstadt.methods.text.outline.furniture import furnished
from mitstadt.methods.text.outline.html_furniture import FURNITURE_ELEMENTS, Opened, offered, reason_of
from mitstadt.methods.text.outline.judging import judged, with_bold_headings
from mitstadt.methods.text.outline.marks import could_be_heading
from mitstadt.methods.text.outline.model import LIMITS, Block, Kind
from mitstadt.methods.text.outline.signs import raised, sentences_apart

CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|encoding=[\"']([A-Za-z0-9_-]{2,40})"
)
# Elements without words for readers.
DROPPED = {"script", "style", "template", "object", "embed", "iframe", "canvas", "audio", "video", "head", "applet"}
DROPPED |= {"frameset", "desc", "metadata", "title"}
VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "source", "track", "wbr", "param", "embed"}
STRUCK = {"del", "s", "strike"}
LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LIST_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "body", "html", "address", "figure", "figcaption", "center"),
    *("dl", "dt", "dd", "fieldset", "details", "summary", "pre", "hgroup", "caption", "legend", "label", "hr", "table"),
    *("thead", "tbody", "tfoot", "blockquote", "ul", "ol", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"),
    *FURNITURE_ELEMENTS,
}
DEEPEST = 500


def declared_encoding(start: bytes) -> str:
    """The encoding that the page names itself, empty where it names none that exists."""
    if start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return ""
    found = CHARSET.search(start)
    try:
        name = codecs.lookup((found.group(1) or found.group(2)).decode()).name if found else ""
        # Browsers read Latin-1 as Windows letters; an encoding that is no text encoding is nobody's charset.
        name = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "", "utf-16-le": "", "utf-16-be": "utf-8"}.get(
            name, name
        )
        return name if b"a".decode(name or "utf-8") == "a" else ""
    except (LookupError, UnicodeError, TypeError):
        return ""


def blocks_of(text: str) -> list[Block]:
    """All blocks of a page in order.

    Raises
    ------
    MethodError
        ``text_nested_too_deep`` for pages built to exhaust programs, ``text_html_broken`` when nothing can be read.
    """
    target = _Page()
    parser = etree.HTMLParser(target=target, no_network=True, recover=True, huge_tree=False)
    try:
        # A declaration of an encoding would contradict the text, which is decoded already.
        parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        blocks: list[Block] = parser.close()
    except (etree.LxmlError, AssertionError, ValueError) as error:
        if isinstance(error, MethodError):
            raise
        sentence = "This page is broken in a way that cannot be read. Copy its text and paste it."
        raise MethodError("text_html_broken", sentence) from error
    return furnished(judged(with_bold_headings([block for block in blocks if block.text])))


class _Page:
    """Receives the elements of a page one by one; no tree is built."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.owners: list[Opened | None] = []
        self.words: list[str] = []
        self.struck: list[str] = []
        self.elements = 0
        self.path: list[Opened] = []
        self.open: Counter[str] = Counter()
        self.counters: list[tuple[str, int] | None] = []
        self.dropped = 0
        self.is_bold: bool | None = None
        self.fresh_item: int | None = None
        self.row: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.lower()
        self.elements += 1
        if self.elements > LIMITS.elements:
            sentence = f"This page has more than {LIMITS.elements} elements. Copy its text and paste it."
            raise MethodError("text_too_many_elements", sentence, most=LIMITS.elements)
        if tag == "br":
            self.words.append("\n")
        if tag in BLOCKS:
            self._flush()
        if tag in VOID:
            return
        if len(self.path) >= DEEPEST:
            sentence = f"This page nests its elements more than {DEEPEST} deep. Copy its text and paste it."
            raise MethodError("text_nested_too_deep", sentence, deepest=DEEPEST)
        style = attributes.get("style")
        struck = tag in STRUCK or bool(style and LINE_THROUGH.search(style))
        self.path.append(Opened(tag, reason_of(tag, attributes, self.open), self.elements, struck))
        self.open[tag] += 1
        self.open["struck"] += struck
        self.dropped += tag in DROPPED
        self._open(tag, attributes)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"ul", "ol"}:
            kind = LIST_KINDS.get(attributes.get("type") or "", "decimal")
            self.counters.append((kind, _whole(attributes.get("start"), 1)) if tag == "ol" else None)
        elif tag == "li":
            self.fresh_item = _whole(attributes.get("value"), 0)
        elif tag == "tr" and self.row is None:
            self.row = []
        elif tag in {"td", "th"} and self.row is not None and self.open["tr"] == 1:
            self.row.append("")
        elif tag == "option":
            self.words.append(" ")

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if tag in VOID or not self.open[tag]:
            return
        if tag in BLOCKS:
            self._flush()
        while True:
            closed = self.path.pop()
            self.open[closed.tag] -= 1
            self.open["struck"] -= closed.struck
            self.dropped -= closed.tag in DROPPED
            self._closed(closed)
            if closed.tag == tag:
                return

    def _closed(self, closed: Opened) -> None:
        if closed.tag in {"ul", "ol"} and self.counters:
            self.counters.pop()
        elif closed.tag == "tr" and self.row is not None and not self.open["tr"]:
            cells, self.row = [cell for cell in self.row if cell], None
            if len(cells) == 1:
                self._add(cells[0])
            elif cells:
                self._add(" | ".join(cells), kind="table_row")
            self._add_struck()
        elif closed.tag in {"td", "th"}:
            self.words.append(" ")

    def data(self, text: str) -> None:
        if self.dropped:
            return
        text = text if self.open["pre"] else re.sub(r"\s+", " ", text)
        if self.open["struck"]:
            self.struck.append(text)
            return
        self.words.append(raised(text) if self.open["sup"] else text)
        if not text.isspace():
            self.is_bold = self.is_bold is not False and bool(self.open["b"] + self.open["strong"])

    def comment(self, text: str) -> None:
        """Comments are not for readers."""

    def close(self) -> list[Block]:
        self._flush()
        return offered(self.blocks, self.owners)

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self.words).split("\n")]
        # Two line breaks part two paragraphs.
        paragraphs = [sentences_apart("\n".join(group)) for full, group in groupby(lines, key=bool) if full]
        self.words, bold, self.is_bold = [], bool(self.is_bold), None
        if self.row is not None:
            if paragraphs:
                self.row = self.row or [""]
                self.row[-1] = " ".join([*self.row[-1:], *paragraphs]).replace("\n", " ").strip()
            return
        for text in paragraphs:
            self._add(text, bold=bold)
        self._add_struck()

    def _add_struck(self) -> None:
        struck, self.struck = " ".join("".join(self.struck).split()), []
        if struck:
            self._put(Block("furniture", struck, reason="struck"), self._furniture())

    def _furniture(self) -> Opened | None:
        return next((each for each in self.path if each.reason), None)

    def _put(self, block: Block, owner: Opened | None) -> None:
        self.blocks.append(block)
        self.owners.append(owner)

    def _add(self, text: str, *, kind: Kind = "paragraph", bold: bool = False) -> None:
        owner = self._furniture()
        heading = next((tag for tag in HEADINGS if self.open[tag]), "")
        if heading:
            self._put(Block("heading", text.replace("\n", " "), style=heading), owner)
        elif kind == "table_row":
            self._put(Block(kind, text), owner)
        elif self.counters and self.open["li"]:
            self._add_item(text, owner)
        else:
            quote = bool(self.open["blockquote"])
            style = "bold" if bold and not quote and could_be_heading(text) else ""
            self._put(Block("quote" if quote else "paragraph", text, style=style), owner)

    def _add_item(self, text: str, owner: Opened | None) -> None:
        if self.fresh_item is None and self.blocks and self.blocks[-1].kind == "list_item":
            # A second paragraph of the same item stays with it: people speak of the item.
            self.blocks[-1] = replace(self.blocks[-1], text=f"{self.blocks[-1].text}\n{text}")
            return
        counter = self.counters[-1]
        marker = "•"
        if counter is not None:
            number = self.fresh_item or counter[1]
            marker = f"{written(number, counter[0])}."
            self.counters[-1] = (counter[0], number + 1)
        self.fresh_item = None
        self._put(Block("list_item", text, depth=len(self.counters) - 1, marker=marker), owner)


def _whole(written_number: str | None, otherwise: int) -> int:
    text = (written_number or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
