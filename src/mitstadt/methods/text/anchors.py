"""A place in a text, found again after edits."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Anchor:
    """Quote and position."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """Where it is now."""

    start: int
    end: int
    how: Literal["exact", "moved", "fuzzy"]
    score: float


def make(text: str, start: int, end: int) -> Anchor:
    """An anchor for text[start:end]."""
    return Anchor(text[start:end], text[max(0, start - 32) : start], text[end : end + 32], start, end)


def find(anchor: Anchor, text: str) -> Found | None:
    """Find it again."""
    at = text.find(anchor.exact)
    return None if at < 0 else Found(at, at + len(anchor.exact), "exact" if at == anchor.start else "moved", 1.0)
