"""Which words of a passage somebody speaks about: marked on the page, or one of its sentences."""

from __future__ import annotations

import re

# A sentence ends where a word of some length does, so that "z. B." and "Nr. 3" end none.
_END = re.compile(r"(?<=\w\w\w[.!?…])[\"“”»)]*\s+(?=[^\W_a-zäöüß]|[„“\"«»(])")

Span = tuple[int, int]
WHOLE: Span = (0, 0)


def sentences_in(words: str) -> list[Span]:
    """Where each sentence begins and ends; none where there is only one, for that is the whole passage."""
    breaks = [(found.start(), found.end()) for found in _END.finditer(words)]
    starts = [0, *(after for _before, after in breaks)]
    ends = [*(after for _before, after in breaks), len(words)]
    spans = [(start, start + len(words[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]
    return spans if len(spans) > 1 else []


def span_of(quote: str, words: str, *, near: int = 0) -> Span:
    """Where the marked words stand, of several places the one nearest to where they were marked; else the whole.

    A page breaks lines and adds blanks where the passage has others; what differs in nothing else is found.
    """
    marked = quote.split()
    if not marked:
        return WHOLE
    pattern = r"\s+".join(map(re.escape, marked))
    found = [match.span() for match in re.finditer(pattern, words)]
    return min(found, key=lambda span: abs(span[0] - near), default=WHOLE)
