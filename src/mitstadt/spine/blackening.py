"""Taking words out of a text: where they stand, what is left there, and a reason that does not repeat them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, override

# In every language the same bar, and a word that is read aloud and copied.
_BAR = "▇▇▇"
LEAST_SIGNS = 2
# So many words in a row are a quotation.
_QUOTED_WORDS = 5

Span = tuple[int, int]


def mark_in(language: str) -> str:
    """What stands where words were."""
    with override(language or "de"):
        return f"{_BAR} [{gettext('geschwärzt')}]"


def spans_of(words: Iterable[str], text: str) -> list[Span]:
    """Where these words stand, in any letter case and with any space between them; what overlaps is one."""
    found = sorted(match.span() for one in words if one.strip() for match in _pattern(one).finditer(text))
    joined: list[Span] = []
    for begin, end in found:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def blackened(text: str, spans: Sequence[Sequence[int]], *, mark: str, most: int | None = None) -> str:
    """The text without what stood there; a field that holds fewer signs holds the beginning."""
    for begin, end in sorted(((begin, end) for begin, end in spans), reverse=True):
        text = f"{text[:begin]}{mark}{text[end:]}"
    return text if most is None else text[:most]


def repeats(reason: str, texts: Iterable[str]) -> bool:
    """Whether a reason that everyone reads tells what is taken out: its numbers and addresses, or five words of it."""
    said = _words(reason)
    for text in texts:
        there = _words(text)
        if {one for one in said if _is_telling(one)} & set(there):
            return True
        runs = {tuple(there[at : at + _QUOTED_WORDS]) for at in range(len(there) - _QUOTED_WORDS + 1)}
        if any(tuple(said[at : at + _QUOTED_WORDS]) in runs for at in range(len(said) - _QUOTED_WORDS + 1)):
            return True
    return False


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)


def _words(text: str) -> list[str]:
    return [word for word in (raw.strip(".,;:!?()[]„“”\"'").casefold() for raw in text.split()) if word]


def _is_telling(word: str) -> bool:
    """An address, or a number longer than those of dates and paragraphs."""
    return "@" in word or sum(sign.isdigit() for sign in word) >= _QUOTED_WORDS
