"""What differs between two wordings, word by word, told so that people can read it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from mitstadt.methods.text.alignment import matched_pairs

# A word keeps its inner signs: "Bürger:innen", "Smart-City", "co-op's", "3,5".
TOKEN = re.compile(r"(\w+(?:[:*'’_/.,\-‑–]\w+)*|[^\w\s])(\s*)")
LEADING_SPACE = re.compile(r"\s*")
# An equal stretch of at most so many words between two larger changes is noise, not a message.
ISLAND_WORDS = 4
# Below this share of common letters the new wording is another wording, not an edit of the old one.
LEAST_COMMON = 0.25
MESSAGE_WORDS = 4
SENTENCE, CLAUSE = 3, 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words that both wordings have, or only the old, or only the new one."""

    kind: Literal["equal", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How much differs, in words, and as a sentence."""

    words_removed: int
    words_added: int
    words_kept: int
    sentence: str


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    space: str

    @property
    def text(self) -> str:
        return self.word + self.space


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of both token sequences: either equal words on both sides, or a change."""

    equal: bool
    i: int
    i_end: int
    j: int
    j_end: int


def compare(old: str, new: str) -> tuple[Segment, ...]:
    """The segments that lead from the old wording to the new one.

    Whole words are compared. Small islands of equal words between larger changes join the changes, a change lies at
    the edge of a sentence or clause where it can, and wordings with little in common are shown as replaced as a whole.

    Parameters
    ----------
    old, new : str
        Any texts; 20,000 words take well under a second.

    Returns
    -------
    tuple[Segment, ...]
        Without what was added they are the old text to the letter, without what was removed the new one.

    Examples
    --------
    >>> [(s.kind, s.text) for s in compare("Mehr Bäume am Platz.", "Mehr Bänke am Platz.")]
    [('equal', 'Mehr '), ('removed', 'Bäume '), ('added', 'Bänke '), ('equal', 'am Platz.')]
    """
    if old == new:
        return (Segment("equal", old),) if old else ()
    a, b = _tokens(old), _tokens(new)
    runs = _runs(matched_pairs([token.word for token in a], [token.word for token in b]), len(a), len(b))
    runs = _without_islands(runs, a)
    if _common_share(runs, a, b) < LEAST_COMMON and not any(_is_message(run, a) for run in runs):
        runs = [_Run(False, 0, len(a), 0, len(b))]
    return tuple(_merged(_segments(_moved_to_edges(runs, a, b), a, b)))


def summarise(segments: Sequence[Segment]) -> Summary:
    """How many words were removed, added and kept."""
    counts = {"equal": 0, "removed": 0, "added": 0}
    for segment in segments:
        counts[segment.kind] += sum(map(_is_word, _tokens(segment.text)))
    removed, added = counts["removed"], counts["added"]
    if removed or added:
        sentence = f"{_words(removed)} removed, {_words(added)} added, {_words(counts['equal'])} kept."
    elif any(segment.kind != "equal" for segment in segments):
        sentence = "Only punctuation or spacing differs."
    else:
        sentence = "Nothing differs."
    return Summary(removed, added, counts["equal"], sentence)


def _words(number: int) -> str:
    return f"{number} word{'' if number == 1 else 's'}"


def _tokens(text: str) -> list[_Token]:
    """The words and signs of a text, each with the space after it; leading space is a token without a word."""
    space = LEADING_SPACE.match(text)
    start = space.end() if space else 0
    leading = [_Token("", text[:start])] if start else []
    return leading + [_Token(word, gap) for word, gap in TOKEN.findall(text, start)]


def _is_word(token: _Token) -> bool:
    return token.word[:1].isalnum()


def _runs(pairs: Sequence[tuple[int, int]], old_length: int, new_length: int) -> list[_Run]:
    runs: list[_Run] = []
    i = j = 0
    for a, b in [*pairs, (old_length, new_length)]:
        if (i, j) != (a, b):
            runs.append(_Run(False, i, a, j, b))
        if a < old_length:
            if runs and runs[-1].equal:
                runs[-1] = _Run(True, runs[-1].i, a + 1, runs[-1].j, b + 1)
            else:
                runs.append(_Run(True, a, a + 1, b, b + 1))
        i, j = a + 1, b + 1
    return runs


def _without_islands(runs: Sequence[_Run], old: Sequence[_Token]) -> list[_Run]:
    """Equal stretches that are small beside the changes on both sides become part of one change."""
    result: list[_Run] = []
    for n, run in enumerate(runs):
        inside = 0 < n < len(runs) - 1
        swallowed = inside and run.equal and _is_island(run, result[-1], runs[n + 1], old)
        if swallowed or (n and not run.equal and not result[-1].equal):
            last = result.pop()
            result.append(_Run(False, last.i, run.i_end, last.j, run.j_end))
        else:
            result.append(run)
    return result


def _is_message(run: _Run, old: Sequence[_Token]) -> bool:
    """Whether a stretch of equal words is long enough to be worth showing in a wording that is otherwise new."""
    return run.equal and sum(map(_is_word, old[run.i : run.i_end])) >= MESSAGE_WORDS


def _is_island(run: _Run, before: _Run, after: _Run, old: Sequence[_Token]) -> bool:
    words = sum(map(_is_word, old[run.i : run.i_end]))
    smaller = min(_size(before), _size(after))
    # A change that only adds or only removes reads well beside a single common word.
    return (words == 0 and smaller > 1) or (words <= ISLAND_WORDS and words * 2 < smaller)


def _size(run: _Run) -> int:
    return min(run.i_end - run.i, run.j_end - run.j) + max(run.i_end - run.i, run.j_end - run.j)


def _common_share(runs: Sequence[_Run], old: Sequence[_Token], new: Sequence[_Token]) -> float:
    common = sum(len(token.word) for run in runs if run.equal for token in old[run.i : run.i_end] if _is_word(token))
    longest = max(sum(len(token.word) for token in side if _is_word(token)) for side in (old, new))
    shorter = min(sum(len(token.word) for token in side if _is_word(token)) for side in (old, new))
    # A text that only grew is an edit, however much was added.
    return max(common / longest, common / shorter - 0.5 if shorter else 0.0) if longest else 1.0


def _moved_to_edges(runs: Sequence[_Run], old: Sequence[_Token], new: Sequence[_Token]) -> list[_Run]:
    """Pure additions and removals slide along equal words to where a sentence or clause begins."""
    result = list(runs)
    for n in range(1, len(result) - 1):
        before, change, after = result[n - 1], result[n], result[n + 1]
        if change.equal or not (before.equal and after.equal):
            continue
        if change.i == change.i_end:
            step = _best_slide(new, change.j, change.j_end, before.j_end - before.j, after.j_end - after.j)
        elif change.j == change.j_end:
            step = _best_slide(old, change.i, change.i_end, before.i_end - before.i, after.i_end - after.i)
        else:
            continue
        result[n - 1] = _Run(True, before.i, before.i_end + step, before.j, before.j_end + step)
        result[n] = _Run(False, change.i + step, change.i_end + step, change.j + step, change.j_end + step)
        result[n + 1] = _Run(True, after.i + step, after.i_end, after.j + step, after.j_end)
    return [run for run in result if run.i != run.i_end or run.j != run.j_end]


def _best_slide(side: Sequence[_Token], start: int, end: int, back: int, forth: int) -> int:
    """By how many tokens a stretch moves so that it begins and ends at the strongest edges; 0 on a tie."""
    steps = [0]
    while -steps[-1] < back - 1 and side[start + steps[-1] - 1] == side[end + steps[-1] - 1]:
        steps.append(steps[-1] - 1)
    step = 0
    while step < forth - 1 and end + step < len(side) and side[start + step] == side[end + step]:
        step += 1
        steps.append(step)
    return max(steps, key=lambda by: (_edge(side, start + by) + _edge(side, end + by), -abs(by)))


def _edge(side: Sequence[_Token], position: int) -> int:
    """How strong an edge lies before a token: a sentence's, a clause's, or none."""
    if position == 0 or position >= len(side) or "\n" in side[position - 1].space:
        return SENTENCE
    before = side[position - 1].word
    return SENTENCE if before in ".!?…" else CLAUSE if before in ",;:–—" else 0


def _segments(runs: Sequence[_Run], old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[Segment]:
    for run in runs:
        if run.equal:
            for a, b in zip(old[run.i : run.i_end], new[run.j : run.j_end], strict=True):
                yield from _equal_word(a, b)
        else:
            yield Segment("removed", "".join(token.text for token in old[run.i : run.i_end]))
            yield Segment("added", "".join(token.text for token in new[run.j : run.j_end]))


def _equal_word(a: _Token, b: _Token) -> Iterator[Segment]:
    if a.space == b.space:
        yield Segment("equal", a.text)
        return
    yield Segment("equal", a.word)
    yield Segment("removed", a.space)
    yield Segment("added", b.space)


def _merged(segments: Iterator[Segment]) -> Iterator[Segment]:
    """Neighbouring segments as one; within a change the removed words come before the added ones."""
    for equal, group in groupby((s for s in segments if s.text), key=lambda s: s.kind == "equal"):
        members = list(group)
        if equal:
            yield Segment("equal", "".join(s.text for s in members))
            continue
        removed = "".join(s.text for s in members if s.kind == "removed")
        added = "".join(s.text for s in members if s.kind == "added")
        if removed:
            yield Segment("removed", removed)
        if added:
            yield Segment("added", added)
