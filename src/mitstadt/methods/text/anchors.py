"""A place in a text, kept by its words and their surroundings, and found again after the text was edited.

The anchor is the pair of selectors of the W3C Web Annotation model: TextQuoteSelector (exact, prefix, suffix) and
TextPositionSelector (start, end). Offsets count Unicode code points.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.alignment import matched_pairs

CONTEXT = 40
# So many places of the same words are looked at; in a text that repeats them more often, position decides alone.
MOST_PLACES = 500
SHORT_QUOTE = 20
LEAST_SURROUNDING = 8
LEAST_CONTEXT = 0.3
LEAST_LIKENESS = 0.5
# Other words count as the same place only when likeness and surroundings together speak for it: a sentence that merely
# resembles a deleted one must not inherit the remarks made about it.
LEAST_EVIDENCE = 1.2
# Words of a quote that are compared one by one; of longer quotes, beginning and end.
MOST_WORDS = 400
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The marked words, up to 40 characters before and after them, and where they stood."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand now: ``exact`` at the same place, ``moved`` elsewhere, ``fuzzy`` in other words.

    ``score`` is 1 for the same words, otherwise the share of words in common.
    """

    start: int
    end: int
    how: Literal["exact", "moved", "fuzzy"]
    score: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def make(text: str, start: int, end: int) -> Anchor:
    """The anchor of ``text[start:end]``.

    Raises
    ------
    MethodError
        ``text_selection_outside`` when the place is empty or not inside the text.

    Examples
    --------
    >>> make("Mehr Bäume am Platz.", 5, 10).exact
    'Bäume'
    """
    if not 0 <= start < end <= len(text):
        sentence = f"Characters {start} to {end} are not in the text, which has {len(text)}. Select some words again."
        raise MethodError("text_selection_outside", sentence, start=start, end=end)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(text[start:end], before, after, start, end)


def find(anchor: Anchor, text: str) -> Found | None:
    """Where the marked words stand in another version of the text, or None where they are gone.

    The same words are looked for first; of several places the one with the same surroundings counts, then the
    nearest. Otherwise the stretch with most of the words is taken, if it has at least half of them.

    Examples
    --------
    >>> anchor = make("Mehr Bäume am Platz.", 5, 10)
    >>> find(anchor, "Wir wollen: Mehr Bäume am Platz.")
    Found(start=17, end=22, how='moved', score=1.0)
    """
    places = list(_places(anchor, text))
    if places:
        length = len(anchor.exact)
        best = max(places, key=lambda at: (_context(anchor, text, at, at + length), -abs(at - anchor.start)))
        end = best + length
        if _is_sure(anchor, text, best, end):
            return Found(best, end, "exact" if best == anchor.start else "moved", 1.0)
    return None if _is_cut_out(anchor, text) else _fuzzy(anchor, text)


def _is_cut_out(anchor: Anchor, text: str) -> bool:
    """Whether the old surroundings now stand side by side: the marked words were deleted, not reworded."""
    before, after = anchor.prefix.split(), anchor.suffix.split()
    if len("".join(before)) < LEAST_SURROUNDING or len("".join(after)) < LEAST_SURROUNDING:
        return False
    seam = r"\s+".join(map(re.escape, [*before[-3:], *after[:3]]))
    return re.search(seam, text) is not None


def _places(anchor: Anchor, text: str) -> Iterator[int]:
    """Where the same words stand, the old place first, at most ``MOST_PLACES``."""
    if text.startswith(anchor.exact, anchor.start):
        yield anchor.start
    start = text.find(anchor.exact)
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start
        start = text.find(anchor.exact, start + 1)


def _is_sure(anchor: Anchor, text: str, start: int, end: int) -> bool:
    """A few words occur in any text: only their surroundings make them the same ones."""
    return len(anchor.exact) >= SHORT_QUOTE or _context(anchor, text, start, end) >= LEAST_CONTEXT


def _context(anchor: Anchor, text: str, start: int, end: int) -> float:
    """How much of the surroundings is the same, between 0 and 1."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return (_tail(anchor.prefix, before) + _tail(anchor.suffix[::-1], after[::-1])) / 2


def _tail(expected: str, found: str) -> float:
    """Share of the expected ending that is there; an edge of the text is recognised as such."""
    if not expected:
        return 0.5 if found else 1.0
    same = 0
    for a, b in zip(reversed(expected), reversed(found), strict=False):
        if a != b:
            break
        same += 1
    common = Counter(WORD.findall(expected)) & Counter(WORD.findall(found))
    return max(same / len(expected), 0.8 * common.total() / max(1, len(WORD.findall(expected))))


def _fuzzy(anchor: Anchor, text: str) -> Found | None:
    quote = [word.text for word in _words(anchor.exact)]
    words = _words(text)
    if not quote or not words:
        return None
    candidates = [*_between_contexts(anchor, text, words), _densest(quote, words, anchor)]
    best: Found | None = None
    for first, last in candidates:
        found = _scored(quote, words, first, last)
        if not found or not _is_sure(anchor, text, found.start, found.end):
            continue
        if found.score + _context(anchor, text, found.start, found.end) < LEAST_EVIDENCE:
            continue
        if best is None or found.score > best.score:
            best = found
    return best


def _words(text: str) -> list[_Word]:
    return [_Word(found.group(), found.start(), found.end()) for found in WORD.finditer(text)]


def _between_contexts(anchor: Anchor, text: str, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """The stretch between the old surroundings, where both are still there in order."""
    prefix, suffix = anchor.prefix.strip()[-20:], anchor.suffix.strip()[:20]
    if len(prefix) < 8 or len(suffix) < 8:
        return
    at = text.find(prefix)
    to = text.find(suffix, at + len(prefix)) if at >= 0 else -1
    if to < 0 or to - at > 3 * len(anchor.exact) + 200:
        return
    inside = [n for n, word in enumerate(words) if word.start >= at + len(prefix) and word.end <= to]
    if inside:
        yield inside[0], inside[-1] + 1


def _densest(quote: Sequence[str], words: Sequence[_Word], anchor: Anchor) -> tuple[int, int]:
    """The window as long as the quote that has most of its words; the nearest to the old place on a tie."""
    wanted = Counter(quote)
    inside: Counter[str] = Counter()
    size = len(quote)
    hits, best, best_key = 0, 0, (-1, 0.0)
    for n, word in enumerate(words):
        inside[word.text] += 1
        hits += inside[word.text] <= wanted[word.text]
        if n >= size:
            gone = words[n - size].text
            hits -= inside[gone] <= wanted[gone]
            inside[gone] -= 1
        start = max(0, n - size + 1)
        key = (hits, -abs(words[start].start - anchor.start))
        if key > best_key:
            best, best_key = start, key
    margin = max(3, size // 4)
    return max(0, best - margin), min(len(words), best + size + margin)


def _scored(quote: Sequence[str], words: Sequence[_Word], first: int, last: int) -> Found | None:
    """The stretch from the first to the last word in common, with the share of words in common."""
    window = [word.text for word in words[first:last]]
    pairs = [(a, b) for a, b in matched_pairs(quote, window) if quote[a][:1].isalnum()]
    if not pairs:
        return None
    low, high = _tight(pairs)
    stretch = window[low : high + 1]
    likeness = _likeness(quote, stretch)
    if likeness < LEAST_LIKENESS:
        return None
    return Found(words[first + low].start, words[first + high].end, "fuzzy", round(likeness, 3))


def _tight(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First and last common word, without stragglers far from where they should be."""
    middle = len(pairs) // 2
    a0, b0 = pairs[middle]
    near = [b for a, b in pairs if abs((b - b0) - (a - a0)) <= max(4, len(pairs))]
    return near[0], near[-1]


def _likeness(quote: Sequence[str], stretch: Sequence[str]) -> float:
    half = MOST_WORDS // 2
    a = quote if len(quote) <= MOST_WORDS else [*quote[:half], *quote[-half:]]
    b = stretch if len(stretch) <= MOST_WORDS else [*stretch[:half], *stretch[-half:]]
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    common = sum(len(word) for start, _, size in blocks for word in a[start : start + size])
    # By letters, so that a lost noun weighs more than the little words that any sentence has.
    return min(0.999, 2 * common / sum(map(len, [*a, *b])))
