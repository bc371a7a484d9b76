"""Which elements of two sequences belong together, in order: exact, quick, and bounded however odd the input."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

# Cells of comparison that all gaps without unique elements may cost together, and a single one of them.
MOST_CELLS = 3_000_000
MOST_CELLS_PER_GAP = 250_000
DEEPEST = 12

Gap = tuple[int, int, int, int]


def matched_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Positions of equal elements, increasing on both sides.

    Patience alignment: elements that occur once on both sides are matched along the longest common order, and so on
    inside the gaps between them; what remains is compared by difflib within a fixed budget, so that the time grows
    little faster than the length.

    >>> matched_pairs("abcd", "axcd")
    [(0, 0), (2, 2), (3, 3)]
    """
    pairs: list[tuple[int, int]] = []
    budget = MOST_CELLS
    open_gaps: list[tuple[Gap, int]] = [((0, len(old), 0, len(new)), 0)]
    while open_gaps:
        gap, depth = open_gaps.pop()
        anchors = _anchors(old, new, gap) if depth < DEEPEST else []
        if anchors:
            pairs.extend(anchors)
            open_gaps.extend((inner, depth + 1) for inner in _between(anchors, gap) if _is_open(inner))
            continue
        gap, ends = _trimmed(old, new, gap)
        pairs.extend(ends)
        cells = (gap[1] - gap[0]) * (gap[3] - gap[2])
        if cells <= min(budget, MOST_CELLS_PER_GAP):
            budget -= cells
            pairs.extend(_compared(old, new, gap))
    return sorted(pairs)


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> tuple[Gap, list[tuple[int, int]]]:
    """The gap without equal beginnings and endings.

    Before a match the endings go first: what precedes it on both sides belongs to it, as a heading to its text.
    """
    i, i_end, j, j_end = gap
    pairs = []
    for ending in (False, True) if i_end == len(old) else (True, False):
        while i < i_end and j < j_end and (old[i_end - 1] == new[j_end - 1] if ending else old[i] == new[j]):
            if ending:
                i_end, j_end = i_end - 1, j_end - 1
                pairs.append((i_end, j_end))
            else:
                pairs.append((i, j))
                i, j = i + 1, j + 1
    return (i, i_end, j, j_end), pairs


def _is_open(gap: Gap) -> bool:
    return gap[0] < gap[1] and gap[2] < gap[3]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[tuple[int, int]]:
    i, i_end, j, j_end = gap
    in_old, in_new = Counter(old[i:i_end]), Counter(new[j:j_end])
    where = {new[n]: n for n in range(j, j_end) if in_new[new[n]] == 1}
    common = [(n, where[old[n]]) for n in range(i, i_end) if in_old[old[n]] == 1 and old[n] in where]
    return longest_increasing(common)


def _between(anchors: Sequence[tuple[int, int]], gap: Gap) -> Iterator[Gap]:
    i, i_end, j, j_end = gap
    for a, b in [*anchors, (i_end, j_end)]:
        yield (i, a, j, b)
        i, j = a + 1, b + 1


def _compared(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Iterator[tuple[int, int]]:
    i, i_end, j, j_end = gap
    matcher = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        yield from ((i + a + n, j + b + n) for n in range(size))


def longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given by rising first place, whose second place rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, b) in enumerate(pairs):
        length = bisect_left(tails, b)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [b]
        ends[length : length + 1] = [n]
    run: list[tuple[int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]
