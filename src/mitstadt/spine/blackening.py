"""Taking words out of a text: where they stand, what is left there, and a reason that does not repeat them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, override

# In every language the same bar, and a word that is read aloud and copied.
_BAR = "▇▇▇"
LEAST_SIGNS = 2
# So many words in a row are a quotation; of a shorter text all of them, where it has more than one.
_QUOTED_WORDS, _FEWEST_QUOTED = 5, 2
_TELLING_FIGURES = 5
# Figures with what people put between them in numbers of telephones and accounts.
_NUMBER = re.compile(r"\d[\d\s/().-]*")

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


def repeats(reason: str, texts: Iterable[str], *, names: Iterable[str] = ()) -> bool:
    """Whether a reason that everyone reads tells what goes: its numbers and addresses, five words of it, or a name.

    Where the text is shorter than that, all of it; of a name the last word is enough.
    """
    said = _words(reason)
    if any(_stands_in(_words(name)[-1:], said) for name in names):
        return True
    for text in texts:
        there = _words(text)
        if _same_number(reason, text) or any("@" in word and word in there for word in said):
            return True
        length = max(_FEWEST_QUOTED, min(_QUOTED_WORDS, len(there)))
        runs = (there[at : at + length] for at in range(len(there) - length + 1))
        if any(_stands_in(run, said) for run in runs):
            return True
    return False


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)


def _words(text: str) -> list[str]:
    return [word for word in (raw.strip(".,;:!?()[]„“”\"'").casefold() for raw in text.split()) if word]


def _stands_in(run: Sequence[str], said: Sequence[str]) -> bool:
    """Whether these words stand there in a row."""
    length = len(run)
    return length > 0 and any(said[at : at + length] == run for at in range(len(said) - length + 1))


def _same_number(reason: str, text: str) -> bool:
    """Whether a number of the one stands in one of the other, however their figures are grouped."""
    return any(one in other or other in one for one in _numbers(reason) for other in _numbers(text))


def _numbers(text: str) -> list[str]:
    """Those longer than years and paragraphs."""
    figures = ("".join(sign for sign in found if sign.isdigit()) for found in _NUMBER.findall(text))
    return [one for one in figures if len(one) >= _TELLING_FIGURES]
