"""How much of a proposed wording stands in the words that came after it: whole, partly, or not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mitstadt.methods.text.wording import TOKEN

# Which rule gave a result; a change of the rule gets a new number.
RULE = 1
# What closes a passage and changes with its place in a list.
ENDS = frozenset(".,;")

Verdict = Literal["whole", "partly", "not"]


@dataclass(frozen=True, slots=True)
class Adoption:
    """How much of what a wording changes was changed so. Words are counted as often as they occur."""

    verdict: Verdict
    added: int
    added_standing: int
    removed: int
    removed_gone: int

    @property
    def changes(self) -> int:
        """How many words the wording puts in and leaves out."""
        return self.added + self.removed

    @property
    def standing(self) -> int:
        """How many of these changes were made."""
        return self.added_standing + self.removed_gone


def adoption(before: str, wording: str, after: str, *, joined: bool = False) -> Adoption:
    """How much of the wording, proposed for the words before, stands in the words after.

    *Whole*: the words and signs after are those of the wording, one by one, blanks apart. Where the passage was
    `joined` with others, they stand in it as one unbroken stretch. A comma, semicolon or full stop at the very end is
    nobody's word: items of a list change it with their place. *Partly*: not whole, and at least one word that the
    wording adds is there more often than before, or one that it removes is there less often. *Not*: nothing of this.

    A word is told from another by every letter, great and small; signs count for *whole* alone. For each word ``w``,
    with its numbers ``b``, ``p`` and ``a`` before, in the proposal and after: the wording adds ``max(0, p - b)``, of
    these stand ``min(max(0, p - b), max(0, a - b))``; it removes ``max(0, b - p)``, of these are gone
    ``min(max(0, b - p), max(0, b - a))``.

    Examples
    --------
    >>> adoption("Der Platz ist laut.", "Der Platz ist grün und still.", "Der Platz ist still.")
    Adoption(verdict='partly', added=3, added_standing=1, removed=1, removed_gone=1)
    """
    signs = {name: _signs(text) for name, text in (("b", before), ("p", wording), ("a", after))}
    proposed, stands = _without_end(signs["p"]), _without_end(signs["a"])
    b, p, a = (_words(signs[name]) for name in "bpa")
    added, removed = p - b, b - p
    standing, gone = added & (a - b), removed & (b - a)
    is_whole = bool(proposed) and (_stands_in(proposed, stands) if joined else proposed == stands)
    return Adoption(
        verdict="whole" if is_whole else "partly" if standing or gone else "not",
        added=added.total(),
        added_standing=standing.total(),
        removed=removed.total(),
        removed_gone=gone.total(),
    )


def _signs(text: str) -> tuple[str, ...]:
    return tuple(match[1] for match in TOKEN.finditer(text))


def _without_end(signs: tuple[str, ...]) -> tuple[str, ...]:
    return signs[:-1] if len(signs) > 1 and signs[-1] in ENDS else signs


def _words(signs: Sequence[str]) -> Counter[str]:
    return Counter(sign for sign in signs if any(letter.isalnum() for letter in sign))


def _stands_in(stretch: tuple[str, ...], signs: tuple[str, ...]) -> bool:
    length = len(stretch)
    return any(signs[at : at + length] == stretch for at in range(len(signs) - length + 1))
