"""Read cells that list projects and points; cells that say the same are looked at once."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import TypeVar

import numpy as np

from mitstadt.methods.budgeting.election import Ballots, IndexArray, IntArray, whole_points
from mitstadt.methods.budgeting.pabulib.complaints import fail
from mitstadt.methods.budgeting.pabulib.merging import merged
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.shared.errors import MethodError

Value = TypeVar("Value", bound=Hashable)


class ChoiceReader:
    """Collects the choices on ballots, a block of rows at a time.

    Parameters
    ----------
    index_of : mapping of str to int
        Position of every project by its id.
    """

    def __init__(self, index_of: Mapping[str, int]) -> None:
        self.index_of = index_of
        self.kind_of_ballot: list[IndexArray] = []
        self.row_of_kind: list[IntArray] = []
        self.sizes: list[IntArray] = []
        self.choices: list[IndexArray] = []
        self.points: list[IndexArray] = []
        self.points_known: dict[str, int] = {}
        self.amounts: list[Fraction] = []
        self.row_of_amount: list[int] = []

    def take(self, votes: Sequence[str], points: Sequence[str] | None, rows: IntArray) -> None:
        """Add the ballots of some rows.

        Parameters
        ----------
        votes : sequence of str
            Cells that list projects.
        points : sequence of str or None
            Cells that list the points beside them.
        rows : int64 array
            Where each ballot stands in the file.

        Raises
        ------
        MethodError
            ``unknown_project``, ``points_do_not_match``, ``points_negative``, ``not_a_number``.
        """
        if points is None:
            kinds, kind_of_ballot = _numbered(votes)
            texts, given = [vote.strip() for vote in kinds], None
        else:
            pairs, kind_of_ballot = _numbered(list(zip(votes, points, strict=True)))
            texts, given = [vote.strip() for vote, _ in pairs], [beside.strip() for _, beside in pairs]
        # Kinds are numbered as they come, so each begins where the highest number so far rises.
        own_rows = rows[np.flatnonzero(np.diff(np.maximum.accumulate(kind_of_ballot), prepend=-1))]
        sizes = _sizes(texts)
        self.kind_of_ballot.append(kind_of_ballot + np.int32(sum(map(len, self.sizes))))
        self.row_of_kind.append(own_rows)
        self.sizes.append(sizes)
        self.choices.append(self._choices(texts, int(sizes.sum()), own_rows))
        if given is not None:
            self.points.append(self._points(given, sizes, own_rows))

    def ballots(self, *, places: int | None) -> Ballots:
        """All ballots, equal ones counted together.

        Parameters
        ----------
        places : int or None
            If given, ballots are rankings of at most so many projects, which become points.

        Returns
        -------
        Ballots

        Raises
        ------
        MethodError
            ``project_twice_on_ballot``, ``points_too_long``.
        """
        if not self.sizes:
            nothing = np.zeros(0, dtype=np.int64)
            self.take((), None, nothing)
        sizes, choices = np.concatenate(self.sizes), np.concatenate(self.choices)
        points, unit = None, 1
        if self.points:
            whole, unit = self._whole_points(sum(map(len, self.kind_of_ballot)))
            points = whole[np.concatenate(self.points)]
        elif places is not None:
            points = _ranks(sizes, places)
        return merged(
            sizes, choices, points,
            unit=unit, rows=np.concatenate(self.row_of_kind), kind_of_ballot=np.concatenate(self.kind_of_ballot),
        )  # fmt: skip

    def _choices(self, texts: list[str], number: int, rows: IntArray) -> IndexArray:
        """Indices of the projects on every ballot."""
        names = ",".join(filter(None, texts)).split(",") if number else []
        try:
            return np.fromiter(map(self.index_of.__getitem__, names), np.int32, number)
        except KeyError:
            found = [self.index_of.get(name.strip(), -1) for name in names]
        if -1 in found:
            self._complain_of_unknown(texts, rows)
        return np.array(found, dtype=np.int32)

    def _complain_of_unknown(self, texts: list[str], rows: IntArray) -> None:
        for text, row in zip(texts, rows.tolist(), strict=True):
            for name in text.split(",") if text else ():
                if name.strip() not in self.index_of:
                    shown = f"names project “{name.strip()[:40]}”, which PROJECTS does not list."
                    fail("unknown_project", row, f"the ballot {shown}")

    def _points(self, texts: list[str], sizes: IntArray, rows: IntArray) -> IndexArray:
        """Which of the amounts known so far stands beside each choice."""
        found = _sizes(texts)
        if not np.array_equal(found, sizes):
            wrong = int(np.argmax(found != sizes))
            fail("points_do_not_match", int(rows[wrong]), f"{sizes[wrong]} projects but {found[wrong]} points.")
        known = self.points_known
        places: list[int] = []
        for text, row in zip(texts, rows.tolist(), strict=True):
            for part in text.split(",") if text else ():
                place = known.get(part)
                if place is None:
                    place = known[part] = self._amount(part, row)
                places.append(place)
        return np.array(places, dtype=np.int32)

    def _amount(self, text: str, row: int) -> int:
        value = amount(text, row=row, what="a number of points")
        if value < 0:
            fail("points_negative", row, f"{text.strip()} points; give 0 or more.")
        self.amounts.append(value)
        self.row_of_amount.append(row)
        return len(self.amounts) - 1

    def _whole_points(self, ballots: int) -> tuple[IntArray, int]:
        try:
            return whole_points(self.amounts, ballots=ballots)
        except MethodError as error:
            place = error.parameters["place"]
            fail(error.code, self.row_of_amount[place if isinstance(place, int) else 0], error.sentence)


def _numbered(values: Sequence[Value]) -> tuple[list[Value], IndexArray]:
    """The different values in the order in which they first occur, and for each value which it is."""
    number_of = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(number_of), np.fromiter(map(number_of.__getitem__, values), np.int32, len(values))


def _sizes(texts: list[str]) -> IntArray:
    """How many names each cell lists; none where it is empty."""
    commas = np.fromiter(map(str.count, texts, repeat(",")), np.int64, len(texts))
    return commas + np.fromiter(map(bool, texts), np.int64, len(texts))


def _ranks(sizes: IntArray, places: int) -> IntArray:
    """Rankings become points as cities count them: the first of m places is worth m points, the last 1."""
    starts = np.cumsum(sizes) - sizes
    most = max(places, int(sizes.max(initial=1)))
    return most - (np.arange(int(sizes.sum())) - np.repeat(starts, sizes))
