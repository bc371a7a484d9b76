"""What Word's styles say of paragraphs and runs: names, ranks, lists, and what is bold, hidden or struck."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mitstadt.methods.text.outline.word.package import child, elements, is_on, local, number, value

HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|rubrik|título|titolo|kop|nagłówek)(?:\s*([1-9]))?", re.IGNORECASE
)
TITLE_NAME = re.compile(r"title|titel|haupttitel", re.IGNORECASE)
SWITCHES = ("b", "vanish", "strike", "dstrike", "vertAlign")
LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says about its paragraphs or runs."""

    name: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    based_on: str = ""
    switches: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class Styles:
    """All styles of a file; chains and switches are worked out once."""

    by_id: dict[str, Style] = field(default_factory=dict)
    usual: str = ""
    _chains: dict[str, tuple[Style, ...]] = field(default_factory=dict)
    _switches: dict[str, dict[str, bool]] = field(default_factory=dict)

    def chain(self, style_id: str) -> tuple[Style, ...]:
        """A style and those it is based on, nearest first."""
        style_id = style_id or self.usual
        if style_id not in self._chains:
            chain: list[Style] = []
            following = style_id
            while following in self.by_id and len(chain) < LONGEST_CHAIN:
                chain.append(self.by_id[following])
                following = chain[-1].based_on
            self._chains[style_id] = tuple(chain)
        return self._chains[style_id]

    def switches(self, style_id: str) -> dict[str, bool]:
        """What a style switches on or off, the nearest style deciding."""
        if style_id not in self._switches:
            found: dict[str, bool] = {}
            for style in reversed(self.chain(style_id)):
                found.update(style.switches)
            self._switches[style_id] = found
        return self._switches[style_id]

    def by_character(self, style_id: str) -> dict[str, bool]:
        """What a style of single words switches; nothing where a run has none."""
        return self.switches(style_id) if style_id else {}


def styles_of(stream: io.BytesIO) -> Styles:
    """The styles of a file."""
    styles = Styles()
    for element in elements(stream, "style"):
        style_id = value(element, "styleId")
        level = value(child(element, "pPr", "outlineLvl"))
        styles.by_id[style_id] = Style(
            name=value(child(element, "name")),
            outline=int(level) if level.isascii() and level.isdigit() else None,
            list_id=value(child(element, "pPr", "numPr", "numId")),
            list_level=number(child(element, "pPr", "numPr", "ilvl")),
            based_on=value(child(element, "basedOn")),
            switches=tuple(switches_in(child(element, "rPr")).items()),
        )
        if value(element, "type") == "paragraph" and value(element, "default") in {"1", "true"}:
            styles.usual = style_id
    return styles


def switches_in(properties: Element | None) -> dict[str, bool]:
    """What is switched on or off in the properties of a run; raised letters are ``vertAlign``."""
    found: dict[str, bool] = {}
    for mark in properties if properties is not None else ():
        name = local(mark)
        if name == "vertAlign":
            found[name] = value(mark) == "superscript"
        elif name in SWITCHES:
            found[name] = bool(is_on(mark))
    return found


def rank_of(properties: Element | None, chain: Sequence[Style]) -> int:
    """The depth of a heading, 0 for other paragraphs."""
    own = value(child(properties, "outlineLvl"))
    if own.isascii() and own.isdigit():
        return int(own) + 1 if int(own) < 9 else 0
    for style in chain:
        named = HEADING_NAME.fullmatch(style.name)
        if named and named.group(1):
            return int(named.group(1))
        if style.outline is not None:
            return style.outline + 1 if style.outline < 9 else 0
        if named:
            return 1
    return 0
