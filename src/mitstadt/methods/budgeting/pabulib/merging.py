"""Count equal ballots together: rows of project indices become groups with multiplicities."""

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Ballots, IndexArray, IntArray
from mitstadt.methods.budgeting.pabulib.complaints import fail


def merged(
    sizes: IntArray,
    choices: IndexArray,
    points: IntArray | None,
    *,
    unit: int,
    rows: IntArray,
    kind_of_ballot: IndexArray,
) -> Ballots:
    """Order the projects within every kind of ballot and count kinds together that then say the same.

    Parameters
    ----------
    sizes : int64 array, shape (kinds,)
        Number of choices on every kind of ballot.
    choices : int32 array
        All choices, kind after kind.
    points : int64 array or None
        Points beside every choice, in units of ``1 / unit``.
    unit : int
    rows : int64 array, shape (kinds,)
        Where every kind first stands in the file, for the complaint.
    kind_of_ballot : int32 array, shape (ballots,)
        Numbered in the order in which kinds first occur.

    Returns
    -------
    Ballots

    Raises
    ------
    MethodError
        ``project_twice_on_ballot``.
    """
    choices, points = _ordered(sizes, choices, points, rows)
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    first, group_of_kind = _equal_rows(starts, sizes, choices, points)
    if len(first) < len(sizes):
        keep = np.zeros(len(sizes), dtype=bool)
        keep[first] = True
        entries = np.repeat(keep, sizes)
        starts = np.concatenate(([0], np.cumsum(sizes[keep]))).astype(np.int64)
        choices = choices[entries]
        points = None if points is None else points[entries]
    group_of = group_of_kind[kind_of_ballot]
    return Ballots(
        starts=starts,
        choices=choices,
        points=points,
        multiplicity=np.bincount(group_of, minlength=len(first)).astype(np.int64),
        group_of=group_of,
        points_unit=unit,
    )


def _ordered(
    sizes: IntArray, choices: IndexArray, points: IntArray | None, rows: IntArray
) -> tuple[IndexArray, IntArray | None]:
    ballot = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    within = ballot[1:] == ballot[:-1]
    if (within & (choices[1:] < choices[:-1])).any():
        width = int(choices.max()) + 1
        key = ballot.astype(np.int64) * width + choices
        if points is None:
            key.sort()
        else:
            order = np.argsort(key)
            key, points = key[order], points[order]
        choices = (key % width).astype(np.int32)
    twice = within & (choices[1:] == choices[:-1])
    if twice.any():
        row = int(rows[ballot[np.argmax(twice)]])
        fail("project_twice_on_ballot", row, "the ballot names a project twice.")
    return choices, points


def _equal_rows(
    starts: IntArray, sizes: IntArray, choices: IndexArray, points: IntArray | None
) -> tuple[npt.NDArray[np.int64], IndexArray]:
    """The first ballot of every kind, and the kind of every ballot in order of first occurrence."""
    mark = _marks(starts, choices, points) + sizes.astype(np.uint64)
    _, first, kind = np.unique(mark, return_index=True, return_inverse=True)
    if not _really_equal(starts, sizes, choices, points, first[kind]):
        return _equal_rows_compared(starts, choices, points)
    order = np.argsort(first)
    place = np.empty(len(first), dtype=np.int32)
    place[order] = np.arange(len(first), dtype=np.int32)
    return first[order], place[kind.reshape(-1)]


def _marks(starts: IntArray, choices: IndexArray, points: IntArray | None) -> npt.NDArray[np.uint64]:
    """A 64-bit sum for every ballot that equal ballots share; others hardly ever do, and that is checked afterwards."""
    words = _scattered(np.arange(1, int(choices.max(initial=0)) + 2, dtype=np.uint64))
    each = words[choices]
    if points is not None:
        each = _scattered(each + points.astype(np.uint64))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(each, dtype=np.uint64)))
    result: npt.NDArray[np.uint64] = sums[starts[1:]] - sums[starts[:-1]]
    return result


def _scattered(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread numbers over 64 bits (the finaliser of SplitMix64; Steele, Lea, Flood 2014)."""
    mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _really_equal(
    starts: IntArray, sizes: IntArray, choices: IndexArray, points: IntArray | None, twin: npt.NDArray[np.int64]
) -> bool:
    others = np.flatnonzero(twin != np.arange(len(sizes)))
    if not np.array_equal(sizes[others], sizes[twin[others]]):
        return False
    length = sizes[others]
    offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    own = offset + np.repeat(starts[others], length)
    theirs = offset + np.repeat(starts[twin[others]], length)
    same = np.array_equal(choices[own], choices[theirs])
    return same and (points is None or np.array_equal(points[own], points[theirs]))


def _equal_rows_compared(
    starts: IntArray, choices: IndexArray, points: IntArray | None
) -> tuple[npt.NDArray[np.int64], IndexArray]:
    """The same by comparing whole ballots, for the case that two different ones share a mark."""
    known: dict[tuple[bytes, bytes], int] = {}
    first: list[int] = []
    kind = np.empty(len(starts) - 1, dtype=np.int32)
    bounds = starts.tolist()
    for ballot in range(len(bounds) - 1):
        part = slice(bounds[ballot], bounds[ballot + 1])
        key = (choices[part].tobytes(), b"" if points is None else points[part].tobytes())
        kind[ballot] = known.setdefault(key, len(first))
        if kind[ballot] == len(first):
            first.append(ballot)
    return np.array(first, dtype=np.int64), kind
