"""The slice's door to the methods: rows in, plain input to `mitstadt.methods.text`, plain results out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import cast

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import Json, canonical_json, sha256_hex
from mitstadt.methods.text import adoption, anchors, outline, similar, tracing, wording
from mitstadt.participation.drafting.links import CHANGED_TO, KEPT_AS
from mitstadt.participation.drafting.models import Shape
from mitstadt.spine.links import MERGED_INTO, SPLIT_INTO, LinkType

# How much of a wording stands in later words, and the number of the rule that says so (docs/methods/text.md).
Adoption = adoption.Adoption
adopted = adoption.adoption
ADOPTION_RULE = adoption.RULE
# What a reader of texts raises where it cannot read one: a code, its parameters, a sentence.
ReadingError = MethodError


@dataclass(frozen=True)
class ReadPassage:
    """One passage as it was recognised in a file."""

    level: int
    shape: Shape
    words: str


@dataclass(frozen=True)
class ReadText:
    """A file as it was read: its passages, and sentences about what was removed or repaired."""

    title: str
    passages: tuple[ReadPassage, ...]
    notices: tuple[tuple[str, int], ...]


def read_file(data: bytes, name: str) -> ReadText:
    """Read an uploaded file; a `ReadingError` says in a sentence what is wrong with it."""
    return _as_read(outline.read_file(data, name))


def read_pasted(text: str) -> ReadText:
    """Read pasted text."""
    return _as_read(outline.read_text(text))


def _as_read(found: outline.Outline) -> ReadText:
    passages = tuple(ReadPassage(p.level, Shape(p.kind), _with_number(p)) for p in found.passages)
    return ReadText(found.title, passages, tuple((notice.code, notice.count) for notice in found.notices))


def _with_number(passage: outline.Passage) -> str:
    """The words of a passage with the number or letter it is cited by (“§ 4 (2) b)”); a bullet is only drawn."""
    cited = any(sign.isalnum() for sign in passage.marker)
    return f"{passage.marker} {passage.text}" if cited else passage.text


def numbers_of(passages: Iterable[tuple[int, str, str]]) -> list[str]:
    """The numbers that people say, for passages given as (level, shape, words)."""
    rows = tuple(
        outline.Passage(level=level, kind=cast("outline.Kind", shape), text=words) for level, shape, words in passages
    )
    whole = outline.Outline(passages=rows, notices=(), source_format="text", encoding="")
    return [passage.ref for passage in outline.renumber(whole).passages]


def mark_of(level: int, shape: str, words: str) -> str:
    """A short mark of a working passage, to notice that somebody else changed it.

    The level counts for headings alone: that of other passages follows from where they stand.
    """
    rank = level if shape in {Shape.TITLE, Shape.HEADING} else 0
    return sha256_hex(canonical_json([rank, shape, words]))[:12]


def mark_of_draft(rows: Sequence[object], wordings: Sequence[object]) -> str:
    """The same for a whole draft, and for the wordings that were taken into it."""
    return sha256_hex(canonical_json(cast("Json", [list(rows), list(wordings)])))[:16]


@dataclass(frozen=True)
class OldPassage:
    """A passage of the edition before."""

    key: str
    words: str


@dataclass(frozen=True)
class NewPassage:
    """A passage of the edition to come, with the predecessors that the editors declared."""

    key: str
    words: str
    predecessors: tuple[str, ...] | None


_LINK_TYPES = {
    "kept": KEPT_AS,
    "changed": CHANGED_TO,
    "split": SPLIT_INTO,
    "merged": MERGED_INTO,
}


@dataclass(frozen=True)
class Descent:
    """An arrow from an old passage to a new one."""

    old: str
    new: str
    type: LinkType


def trace(old: Sequence[OldPassage], new: Sequence[NewPassage]) -> tuple[list[Descent], list[str]]:
    """The arrows between two editions, and the keys of old passages that were dropped."""
    traced = tracing.trace(
        [tracing.Versioned(ref=passage.key, text=passage.words) for passage in old],
        [tracing.Versioned(ref=p.key, text=p.words, predecessors=p.predecessors) for p in new],
    )
    departures = {departure.ref: departure for departure in traced.departures}
    arrows = [
        Descent(before, arrival.ref, _LINK_TYPES[_state(arrival.state, departures[before].state)])
        for arrival in traced.arrivals
        for before in arrival.predecessors
    ]
    return arrows, [departure.ref for departure in traced.departures if departure.state == "dropped"]


def _state(arrived: str, departed: str) -> str:
    """How one arrow reads: a merger is told from the new side, a split from the old one."""
    if arrived == "merged":
        return "merged"
    return "split" if departed == "split" else arrived


def word_differences(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Segments of (equal | removed | added, text), as a person would mark them in a manuscript."""
    return tuple((segment.kind, segment.text) for segment in wording.compare(old, new))


def make_anchor(text: str, start: int, end: int) -> dict[str, object]:
    """An anchor for the selected words, ready to store; empty when nothing (or nonsense) is selected."""
    if not 0 <= start < end <= len(text):
        return {}
    return asdict(anchors.make(text, start, end))


def most_similar(query: str, candidates: Iterable[tuple[str, str]], *, limit: int = 3) -> list[str]:
    """The keys of the most similar texts, most similar first."""
    return [match.key for match in similar.rank(query, candidates, limit=limit)]
