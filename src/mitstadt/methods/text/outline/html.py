"""HTML becomes blocks: words and structure only; scripts, styles and addresses are dropped, nothing is fetched."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.furniture import furnished
from mitstadt.methods.text.outline.model import LIMITS, Block, Kind
from mitstadt.methods.text.outline.plain import judged

CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|encoding=[\"']([A-Za-z0-9_-]{2,40})"
)
# Elements without words for readers.
DROPPED = {
    *(
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "object",
        "embed",
        "iframe",
        "canvas",
        "audio",
        "video",
    ),
    *("head", "select", "option", "datalist", "textarea", "applet", "frameset"),
}
VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "source", "track", "wbr", "param", "embed"}
FURNITURE_ELEMENTS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "dialog": "dialog",
    "menu": "navigation",
}
FURNITURE_ROLES = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "search": "form",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?P<cookies>cookie\w*|consent)|(?P<breadcrumb>breadcrumbs?|brotkrumen?)|(?P<share>share|sharing|social\w*)"
    r"|(?P<skip_link>skip(?:link|nav|-link|-nav)?\w*)|(?P<comments>comments?|disqus\w*))(?:$|[\s_-])",
    re.IGNORECASE,
)
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
    return furnished(judged([block for block in blocks if block.text]))


class _Page:
    """Receives the elements of a page one by one; no tree is built."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.elements = 0
        self.path: list[tuple[str, str]] = []  # element and the reason why it is furniture
        self.counters: list[int | None] = []
        self.dropped = 0
        self.fresh_item = False
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
        self.path.append((tag, _reason(tag, attributes, [name for name, _ in self.path])))
        self.dropped += tag in DROPPED
        self._open(tag, attributes)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"ul", "ol"}:
            start = attributes.get("start") or "1"
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
            self.counters.append(first if tag == "ol" else None)
        elif tag == "li":
            self.fresh_item = True
        elif tag == "tr" and self.row is None:
            self.row = []

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if tag in VOID or all(name != tag for name, _ in self.path):
            return
        if tag in BLOCKS:
            self._flush()
        while True:
            name, _ = self.path.pop()
            self.dropped -= name in DROPPED
            self._closed(name)
            if name == tag:
                return

    def _closed(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.counters:
            self.counters.pop()
        elif tag == "tr" and self.row is not None and all(name != "tr" for name, _ in self.path):
            cells, self.row = [cell for cell in self.row if cell], None
            if len(cells) == 1:
                self._add(cells[0])
            elif cells:
                self._add(" | ".join(cells), kind="table_row")
        elif tag in {"td", "th"}:
            self.words.append(" ")

    def data(self, text: str) -> None:
        if not self.dropped:
            self.words.append(text if self._inside("pre") else re.sub(r"\s+", " ", text))

    def comment(self, text: str) -> None:
        """Comments are not for readers."""

    def close(self) -> list[Block]:
        self._flush()
        return self.blocks

    def _inside(self, *tags: str) -> str:
        return next((name for name, _ in reversed(self.path) if name in tags), "")

    def _flush(self) -> None:
        lines = "".join(self.words).split("\n")
        text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
        self.words = []
        if not text:
            return
        if self.row is not None:
            self.row.append(text.replace("\n", " "))
        else:
            self._add(text)

    def _add(self, text: str, *, kind: Kind = "paragraph") -> None:
        reason = next((reason for _, reason in self.path if reason), "")
        heading = self._inside("h1", "h2", "h3", "h4", "h5", "h6")
        if reason:
            self.blocks.append(Block("furniture", text.replace("\n", " "), reason=reason))
        elif heading:
            self.blocks.append(Block("heading", text.replace("\n", " "), style=heading))
        elif kind == "table_row":
            self.blocks.append(Block(kind, text))
        elif self.counters and self._inside("li"):
            self._add_item(text)
        else:
            self.blocks.append(Block("quote" if self._inside("blockquote") else "paragraph", text))

    def _add_item(self, text: str) -> None:
        if not self.fresh_item and self.blocks and self.blocks[-1].kind == "list_item":
            # A second paragraph of the same item stays with it: people speak of the item.
            self.blocks[-1] = replace(self.blocks[-1], text=f"{self.blocks[-1].text}\n{text}")
            return
        number = self.counters[-1]
        marker = "•" if number is None else f"{number}."
        self.counters[-1] = None if number is None else number + 1
        self.fresh_item = False
        self.blocks.append(Block("list_item", text, depth=len(self.counters) - 1, marker=marker))


def _reason(tag: str, attributes: Mapping[str, str], path: list[str]) -> str:
    """Why an element is page furniture, empty when it is not."""
    if tag in {"body", "html", "main", "article"}:
        return ""
    if tag == "header" and not {"article", "main", "section"} & set(path):
        return "header"
    if "hidden" in attributes or re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", attributes.get("style", "")):
        return "hidden"
    named = FURNITURE_NAMES.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500])
    by_name = next((reason for reason, found in named.groupdict().items() if found), "") if named else ""
    role = FURNITURE_ROLES.get(attributes.get("role", ""), "")
    return FURNITURE_ELEMENTS.get(tag, "") or role or by_name
