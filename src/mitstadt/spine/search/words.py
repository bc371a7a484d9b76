"""What a person typed, as groups of stems: any of a group may occur, every group must.

A mistyped word is replaced by its neighbours among the words that occur in the city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from mitstadt.spine.models import SearchWord
from mitstadt.spine.search.stems import stems_of
from mitstadt.spine.search.synonyms import all_listed, same_meaning

MOST_WORDS = 12
MOST_NEIGHBOURS = 6
# Short words have too many neighbours to guess among.
SHORTEST_TO_MEND = 4


# Nothing shorter is looked for inside other words, and no compound is taken apart into shorter pieces.
SHORTEST_PIECE = 4
MOST_COMPOUNDS = 40
# What stands between the pieces of a German compound, and belongs to neither.
_NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?")
_BETWEEN = ("", "s", "n", "en", "es", "e")


@dataclass(frozen=True)
class Wanted:
    """One word of a query: the stems that satisfy it, and whether they were guessed."""

    typed: str
    stems: tuple[str, ...]
    guessed: bool = False


def wanted_words(text: str, language: str) -> list[Wanted]:
    """The words of a query with the stems that satisfy them; three queries, two more for each word that is unknown.

    A word is also found by what means the same, and by compounds that end with it; those that begin with it are found
    as they are.
    """
    typed = _words_of(text)
    groups = [(word, _stems(word, language)) for word in typed]
    groups = [(word, stems) for word, stems in groups if stems]
    alike = {stem: same_meaning(stem) for _word, stems in groups for stem in stems}
    every = {stem for stem, others in alike.items() for stem in (stem, *others)}
    known = set(SearchWord.objects.filter(stem__in=every).values_list("stem", flat=True))
    ending = _compounds(every)
    return [
        _wanted(word, stems, [other for stem in stems for other in alike[stem]], known, ending)
        for word, stems in groups
    ]


def _words_of(text: str) -> list[str]:
    """What was typed, word by word: beside words, a house number or a postcode narrows nothing."""
    typed = text.split()[:MOST_WORDS]
    return [word for word in typed if not _NUMBER.fullmatch(word.strip(","))] or typed


def _stems(word: str, language: str) -> tuple[str, ...]:
    found = [stems_of(word, each) for each in dict.fromkeys((language, "de", "en"))]
    return tuple(dict.fromkeys(stem for stems in found for stem in stems))


def _wanted(word: str, stems: tuple[str, ...], alike: Sequence[str], known: set[str], ending: Sequence[str]) -> Wanted:
    said = (*stems, *(other for other in alike if other in known))
    inside = [other for other in ending if any(_ends_with(other, stem) for stem in said)]
    if known.intersection(said) or inside or len(word) < SHORTEST_TO_MEND:
        return Wanted(word, tuple(dict.fromkeys((*said, *inside))))
    stem = stems[0]
    likely = _neighbours(stem, most=1) or _of_our_list(stem) or _pieces(stem) or _neighbours(stem, most=2)
    return Wanted(word, tuple(likely) or stems, guessed=bool(likely))


def _compounds(stems: Iterable[str]) -> list[str]:
    """The words that end with one of these: “winterspielplatz” for “spielplatz”; one query."""
    wanted = Q()
    for stem in stems:
        if len(stem) >= SHORTEST_PIECE:
            wanted |= Q(backwards__startswith=stem[::-1])
    if not wanted:
        return []
    return list(
        SearchWord.objects.filter(wanted).order_by("length", "stem").values_list("stem", flat=True)[:MOST_COMPOUNDS]
    )


def _ends_with(word: str, stem: str) -> bool:
    return len(stem) >= SHORTEST_PIECE and word != stem and word.endswith(stem)


def _pieces(stem: str) -> list[str]:
    """What a compound that nobody wrote is made of, as far as people wrote that: “trink” and “brunn”; one query.

    The last piece says what it is, the first one what it is about; either of them alone is better than nothing.
    """
    cuts = range(SHORTEST_PIECE, len(stem) - SHORTEST_PIECE + 1)
    pairs = [(_without(stem[:cut], between), stem[cut:]) for cut in cuts for between in _BETWEEN]
    every = {piece for pair in pairs for piece in pair if len(piece) >= SHORTEST_PIECE}
    known = set(SearchWord.objects.filter(stem__in=every).values_list("stem", flat=True))
    for first, last in pairs:
        if first in known and last in known:
            return [last, first]
    alone = [piece for place in (1, 0) for pair in pairs if (piece := pair[place]) in known]
    return alone[:1]


def _of_our_list(stem: str) -> list[str]:
    """What means the same as the word of our list that somebody mistyped; known words alone, one query."""
    meant = [other for listed in all_listed() if distance(stem, listed, most=1) == 1 for other in same_meaning(listed)]
    return list(SearchWord.objects.filter(stem__in=meant).values_list("stem", flat=True)) if meant else []


def _without(piece: str, between: str) -> str:
    return piece.removesuffix(between) if between else piece


def _neighbours(stem: str, *, most: int) -> list[str]:
    """Known words that few edits away stand for this one; a short word bears one edit."""
    most = min(most, 1 if len(stem) < 7 else 2)
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
