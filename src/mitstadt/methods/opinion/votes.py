"""Votes: who answered which statement how, in one canonical order whatever the order they came in."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.opinion.cells import count_by_group, last_votes, overlaid, spread
from mitstadt.methods.opinion.ids import id_array, merged_ids, plain_ids, positions
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import canonical_json

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True)
class Counts:
    """Agreements, disagreements and passes per statement, as integers.

    Attributes
    ----------
    agree, disagree, passed : ndarray of int64, shape (S,) or (G, S)
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    passed: NDArray[np.int64]

    @property
    def seen(self) -> NDArray[np.int64]:
        """Votes of any kind."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, eq=False)
class Votes:
    """All votes of a conversation: one row per person, one column per statement, the last vote of each pair.

    Rows and columns stand in the canonical order of their ids (numbers first and by size, then texts), so that the same
    votes are the same object whatever the order they arrived in.

    Attributes
    ----------
    persons, statements : ndarray, shape (P,) and (S,)
        Ids that rows and columns of ``matrix`` belong to.
    matrix : csr_array of int8, shape (P, S)
        1 agree, -1 disagree, *stored* 0 pass; what is not stored was not voted on. Column indices ascend in each row.
    first_at : ndarray of int64, shape (P,), or None
        Time of each person's earliest vote that still counts, where times are known.

    Examples
    --------
    >>> votes = Votes.from_arrays(["Linh", "Malik", "Linh"], [7, 7, 7], [1, -1, 0])
    >>> votes.persons.tolist(), votes.matrix.toarray().ravel().tolist()
    (['Linh', 'Malik'], [0, -1])
    """

    persons: NDArray[Any]
    statements: NDArray[Any]
    matrix: sparse.csr_array
    first_at: NDArray[np.int64] | None = None

    @classmethod
    def from_arrays(
        cls,
        person: Iterable[Hashable],
        statement: Iterable[Hashable],
        value: Iterable[float],
        time: Iterable[int] | None = None,
        *,
        persons: Iterable[Hashable] = (),
        statements: Iterable[Hashable] = (),
    ) -> Votes:
        """Votes from three parallel sequences; of several votes on one statement by one person the last counts.

        Parameters
        ----------
        person, statement : sequence of hashable, shape (n,)
            Ids: whole numbers or texts (or any type whose values can be sorted).
        value : sequence, shape (n,)
            1 agree, 0 pass, -1 disagree.
        time : sequence of int, shape (n,), optional
            "Last" then means the latest time, and among equal times the larger value, so that the order of the
            sequences plays no part at all. Without times "last" means last in the sequence.
        persons, statements : sequence of hashable, optional
            Ids that have a row or column even without a vote.

        Raises
        ------
        MethodError
            ``votes_length``, ``vote_value``, ``id_missing``, ``id_unsortable``, each naming the row, counted from 0.
        """
        cells = _vote_values(value)
        rows, row_ids = positions(person, persons, "person")
        columns, column_ids = positions(statement, statements, "statement")
        times = None if time is None else _times(time)
        lengths = {len(rows), len(columns), len(cells), len(cells) if times is None else len(times)}
        if len(lengths) > 1:
            raise MethodError(
                "votes_length",
                f"Persons, statements, values and times must be equally many, but they are {sorted(lengths)}.",
                lengths=sorted(lengths),
            )
        matrix = last_votes(rows, columns, cells, times, (len(row_ids), len(column_ids)))
        first = None if times is None or not len(times) else _first_times(rows, times, len(row_ids))
        return cls(row_ids, column_ids, matrix, first)

    @property
    def shape(self) -> tuple[int, int]:
        """People and statements."""
        return len(self.persons), len(self.statements)

    @property
    def total(self) -> int:
        """Votes of any kind."""
        return int(self.matrix.nnz)

    @cached_property
    def per_person(self) -> NDArray[np.int64]:
        """Votes of each person, shape (P,)."""
        return np.asarray(np.diff(self.matrix.indptr), np.int64)

    @cached_property
    def sha256(self) -> str:
        """Names this input: the same votes have the same hash, whatever their order."""
        digest = hashlib.sha256(canonical_json([plain_ids(self.persons), plain_ids(self.statements)]))
        for part in (self.matrix.indptr.astype("<i8"), self.matrix.indices.astype("<i4"), self.matrix.data):
            digest.update(np.ascontiguousarray(part).data)
        return digest.hexdigest()

    def counts(self, labels: NDArray[np.integer[Any]] | None = None) -> Counts:
        """Agreements, disagreements and passes per statement, or per group and statement.

        Parameters
        ----------
        labels : ndarray of int, shape (P,), optional
            Group of each person from 0; people with -1 are left out. Without labels everybody counts, shape (S,).
        """
        if labels is None:
            return self._totals
        groups = max(int(labels.max(initial=-1)) + 1, 0)
        table = count_by_group(self.matrix, labels.astype(np.int64), groups)
        return Counts(agree=table[2], disagree=table[0], passed=table[1])

    @cached_property
    def _totals(self) -> Counts:
        table = count_by_group(self.matrix, np.zeros(self.shape[0], np.int64), 1)[:, 0]
        table.flags.writeable = False
        return Counts(agree=table[2], disagree=table[0], passed=table[1])

    def rows(self, chosen: NDArray[Any]) -> Votes:
        """The same statements, only the people chosen by a mask or by ascending row numbers."""
        first = None if self.first_at is None else self.first_at[chosen]
        return Votes(self.persons[chosen], self.statements, sparse.csr_array(self.matrix[chosen]), first)

    def without(
        self, statements: Iterable[Hashable] = (), persons: Iterable[Hashable] = (), *, drop: bool = True
    ) -> Votes:
        """These votes without those of some statements or people.

        Parameters
        ----------
        statements, persons : iterable of ids
        drop : bool
            Remove rows and columns as well; otherwise they stay, empty.
        """
        row = ~np.isin(self.persons, id_array(list(persons))) if persons else np.ones(self.shape[0], bool)
        column = ~np.isin(self.statements, id_array(list(statements))) if statements else np.ones(self.shape[1], bool)
        if drop:
            matrix = sparse.csr_array(self.matrix[row][:, column])
            first = None if self.first_at is None else self.first_at[row]
            return Votes(self.persons[row], self.statements[column], matrix, first)
        return self.masked(np.repeat(row, self.per_person) & column[self.matrix.indices])

    def masked(self, kept: NDArray[np.bool_]) -> Votes:
        """The same people and statements, only the stored votes that the mask keeps, shape (total,)."""
        kept_before = np.zeros(len(kept) + 1, self.matrix.indptr.dtype)
        np.cumsum(kept, out=kept_before[1:])
        parts = (self.matrix.data[kept], self.matrix.indices[kept], kept_before[self.matrix.indptr])
        return Votes(self.persons, self.statements, sparse.csr_array(parts, shape=self.shape), self.first_at)

    def updated(self, person: Iterable[Hashable], statement: Iterable[Hashable], value: Iterable[float]) -> Votes:
        """These votes and later ones; equal to all of them read at once. Costs one pass, not a sort."""
        return self.overlaid(Votes.from_arrays(person, statement, value))

    def overlaid(self, new: Votes) -> Votes:
        """These votes with ``new`` ones inserted or put in their place."""
        rows, persons = merged_ids(self.persons, new.persons)
        columns, statements = merged_ids(self.statements, new.statements)
        shape = (len(persons), len(statements))
        matrix = overlaid(
            spread(self.matrix, rows[0], columns[0], shape), spread(new.matrix, rows[1], columns[1], shape)
        )
        return Votes(persons, statements, matrix)

    def equals(self, other: Votes) -> bool:
        """Whether both hold the same votes of the same people on the same statements."""
        return self.shape == other.shape and self.sha256 == other.sha256


def _vote_values(value: Iterable[float]) -> NDArray[np.int8]:
    given = value if isinstance(value, np.ndarray) else np.asarray(list(value), dtype=object)
    if given.dtype == np.int8 and given.ndim == 1:
        wrong = (given > AGREE) | (given < DISAGREE)
        if not wrong.any():
            return given
    for row, one in _odd_votes(given):
        raise MethodError(
            "vote_value",
            f"The vote in row {row} is {one!r}. A vote is 1 (agree), 0 (pass) or -1 (disagree).",
            row=row,
            value=str(one),
        )
    return np.asarray(given, dtype=np.int8)


def _odd_votes(given: NDArray[Any]) -> Iterable[tuple[int, object]]:
    if given.dtype == object:
        return ((row, one) for row, one in enumerate(given.tolist()) if one not in (AGREE, PASS, DISAGREE))
    if given.dtype.kind not in "iufb":
        return enumerate(given.tolist()[:1])
    rows = np.flatnonzero(~((given == AGREE) | (given == PASS) | (given == DISAGREE)))[:1]
    return [(int(row), given[row].item()) for row in rows]


def _times(time: Iterable[int]) -> NDArray[np.int64]:
    given = np.asarray(time if isinstance(time, np.ndarray) else list(time))
    if len(given) and given.dtype.kind not in "iu":
        raise MethodError("vote_time", "The times of votes must be whole numbers.")
    return given.astype(np.int64)


def _first_times(rows: NDArray[np.int32], times: NDArray[np.int64], persons: int) -> NDArray[np.int64]:
    first = np.full(persons, np.iinfo(np.int64).max)
    np.minimum.at(first, rows, times)
    return first
