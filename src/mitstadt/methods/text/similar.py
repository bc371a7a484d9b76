"""What others already said."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """A similar text."""

    key: str
    score: float
    shared: tuple[str, ...]


def rank(
    query: str, candidates: Iterable[tuple[str, str]], *, limit: int = 5, minimum: float = 0.15
) -> tuple[Match, ...]:
    """The most similar texts, by shared words."""
    words = set(query.lower().split())
    scored = []
    for key, text in candidates:
        shared = words & set(text.lower().split())
        score = len(shared) / max(1, len(words))
        if score >= minimum:
            scored.append(Match(key, score, tuple(sorted(shared))))
    return tuple(sorted(scored, key=lambda match: (-match.score, match.key))[:limit])
