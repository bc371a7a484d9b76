"""The numbers that Word prints before paragraphs: letters, brackets and signs, beginnings, restarts, shared counts."""

import io
import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from mitstadt.methods.text.outline.counting import written
from mitstadt.methods.text.outline.word.package import child, elements, is_on, local, number, value

PLACE = re.compile(r"%([1-9])")
BULLET = "•"
DEEPEST_LEVEL = 8
LONGEST_MARK = 60


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: ``text`` is the pattern of its mark, ``restart`` the level that ends it."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    style: str = ""
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One list of the file: where its levels are told, and which levels begin anew."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """All lists of a file, and how far each has counted."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level(self, list_id: str, depth: int) -> Level | None:
        """How a level of a list counts; None where the file does not say."""
        found = self.lists.get(list_id)
        if found is None:
            return None
        return found.levels.get(depth) or self.abstracts.get(found.abstract, {}).get(depth)

    def level_of_style(self, list_id: str, style_id: str) -> int | None:
        """The level of a list that belongs to a paragraph style."""
        found = self.lists.get(list_id)
        levels = self.abstracts.get(found.abstract, {}) if found else {}
        return next((depth for depth, level in levels.items() if style_id and level.style == style_id), None)

    def next_mark(self, list_id: str, depth: int, *, otherwise: str) -> str:
        """Count one paragraph, and give the mark that is printed before it."""
        level = self.level(list_id, depth)
        if level is None:
            level = Level(text=f"%{depth + 1}.") if otherwise != BULLET else Level(kind="bullet")
        self._count(list_id, depth, level)
        return self._printed(list_id, level)

    def _count(self, list_id: str, depth: int, level: Level) -> None:
        known = self.lists.get(list_id)
        counts = self.counts.setdefault(known.abstract if known else f"#{list_id}", {})
        fresh = known is not None and depth in known.starts and (list_id, depth) not in self.begun
        if fresh and known is not None:
            self.begun.add((list_id, depth))
            counts[depth] = known.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [each for each in counts if each > depth]:
            below = self.level(list_id, deeper)
            ends = below.restart if below else None
            if ends is None or (ends and depth < ends):
                del counts[deeper]

    def _printed(self, list_id: str, level: Level) -> str:
        if level.kind == "bullet":
            return BULLET
        known = self.lists.get(list_id)
        counts = self.counts[known.abstract if known else f"#{list_id}"]

        def counted(found: re.Match[str]) -> str:
            depth = int(found.group(1)) - 1
            other = self.level(list_id, depth) or level
            kind = "decimal" if level.legal else other.kind
            return written(counts.get(depth, other.start), kind)

        return " ".join(PLACE.sub(counted, level.text).split())[:LONGEST_MARK]


def numbering_of(stream: io.BytesIO) -> Numbering:
    """The lists of a file."""
    numbering = Numbering()
    style_lists: dict[str, str] = {}
    for element in elements(stream, "abstractNum", "num"):
        if local(element) == "abstractNum":
            abstract = value(element, "abstractNumId")
            numbering.abstracts[abstract] = dict(_levels(element))
            if linked := value(child(element, "numStyleLink")):
                numbering.linked[abstract] = linked
            if style := value(child(element, "styleLink")):
                style_lists[style] = abstract
        else:
            numbering.lists[value(element, "numId")] = _list(element, numbering)
    for each in numbering.lists.values():
        each.abstract = style_lists.get(numbering.linked.get(each.abstract, ""), each.abstract)
    return numbering


def _levels(element: Element) -> list[tuple[int, Level]]:
    return [(number(each, "ilvl"), _level(each)) for each in element if local(each) == "lvl"]


def _level(element: Element) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        kind=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")),
        start=number(child(element, "start"), otherwise=1),
        restart=None if restart is None else number(restart),
        style=value(child(element, "pStyle")),
        legal=bool(is_on(child(element, "isLgl"))),
    )


def _list(element: Element, numbering: Numbering) -> _List:
    found = _List(value(child(element, "abstractNumId")))
    for override in (each for each in element if local(each) == "lvlOverride"):
        depth = number(override, "ilvl")
        start = child(override, "startOverride")
        for _, level in _levels(override):
            found.levels[depth] = level
        if start is not None:
            found.starts[depth] = number(start, otherwise=1)
            known = found.levels.get(depth) or numbering.abstracts.get(found.abstract, {}).get(depth)
            if known:
                found.levels[depth] = replace(known, start=found.starts[depth])
    return found
