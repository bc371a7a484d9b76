"""What a person typed, as groups of stems: any of a group may occur, every group must.

A mistyped word is replaced by its neighbours among the words that occur in the city.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from mitstadt.spine.models import SearchWord
from mitstadt.spine.search.stems import stems_of

MOST_WORDS = 12
MOST_NEIGHBOURS = 6
# Short words have too many neighbours to guess among.
SHORTEST_TO_MEND = 4


@dataclass(frozen=True)
class Wanted:
    """One word of a query: the stems that satisfy it, and whether they were guessed."""

    typed: str
    stems: tuple[str, ...]
    guessed: bool = False


def wanted_words(text: str, language: str) -> list[Wanted]:
    """The words of a query with the stems that satisfy them; two queries, a third when words are unknown."""
    typed = text.split()[:MOST_WORDS]
    groups = [(word, _stems(word, language)) for word in typed]
    groups = [(word, stems) for word, stems in groups if stems]
    every = {stem for _word, stems in groups for stem in stems}
    known = set(SearchWord.objects.filter(stem__in=every).values_list("stem", flat=True))
    return [_wanted(word, stems, known) for word, stems in groups]


def _stems(word: str, language: str) -> tuple[str, ...]:
    found = [stems_of(word, each) for each in dict.fromkeys((language, "de", "en"))]
    return tuple(dict.fromkeys(stem for stems in found for stem in stems))


def _wanted(word: str, stems: tuple[str, ...], known: set[str]) -> Wanted:
    if known.intersection(stems) or len(stems[0]) < SHORTEST_TO_MEND:
        return Wanted(word, stems)
    neighbours = _neighbours(stems[0])
    return Wanted(word, tuple(neighbours) or stems, guessed=bool(neighbours))


def _neighbours(stem: str) -> list[str]:
    most = 1 if len(stem) < 7 else 2
    lengths = range(len(stem) - most, len(stem) + most + 1)
    alike = SearchWord.objects.filter(length__in=lengths).filter(_shares_an_end(stem))
    scored = ((distance(stem, other, most=most), other) for other in alike.values_list("stem", flat=True))
    return [other for d, other in sorted(scored) if d <= most][:MOST_NEIGHBOURS]


def _shares_an_end(stem: str) -> Q:
    return Q(stem__startswith=stem[:2]) | Q(stem__endswith=stem[-3:])


def distance(one: str, other: str, *, most: int) -> int:
    """Edits between two words (insert, delete, replace, swap neighbours); anything over `most` is `most` + 1.

    Source: optimal string alignment, Damerau 1964.

    >>> distance("radewg", "radweg", most=2)
    1
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def all_stems(wanted: Iterable[Wanted]) -> set[str]:
    """Every stem that may have matched, to mark it in a snippet."""
    return {stem for word in wanted for stem in word.stems}
