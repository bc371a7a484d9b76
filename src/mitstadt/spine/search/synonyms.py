"""Words that mean the same to people who search, from two lists that anyone can edit: ours and the city's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mitstadt.spine.search.stems import stems_of

_OURS = Path(__file__).with_name("synonyms.txt")


def same_meaning(stem: str) -> tuple[str, ...]:
    """The stems of the other words of its line; none where it stands in no line."""
    return _groups().get(stem, ())


def all_listed() -> Collection[str]:
    """Every stem of the lists."""
    return _groups()


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    """Read once; a list that was edited holds from the next start on."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in _lines():
        stems = [stem for word in line.split(",") for language in ("de", "en") for stem in stems_of(word, language)]
        for stem in stems:
            found[stem].update(dict.fromkeys(other for other in stems if other != stem))
    return {stem: tuple(others) for stem, others in found.items()}


def _lines() -> Iterator[str]:
    own = [Path(settings.SYNONYMS)] if settings.SYNONYMS else []
    for file in (_OURS, *own):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line
