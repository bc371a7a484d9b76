"""Votes: who answered which statement how, in one canonical order whatever the order they came in."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import canonical_json

AGREE, PASS, DISAGREE = 1, 0, -1
IDS_PER_TABLE_ENTRY = 4  # a look-up table may be this many times longer than the votes before sorting is cheaper


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
        rows, row_ids = _positions(person, persons, "person")
        columns, column_ids = _positions(statement, statements, "statement")
        times = None if time is None else _times(time)
        lengths = {len(rows), len(columns), len(cells), len(cells) if times is None else len(times)}
        if len(lengths) > 1:
            raise MethodError(
                "votes_length",
                f"Persons, statements, values and times must be equally many, but they are {sorted(lengths)}.",
                lengths=sorted(lengths),
            )
        matrix = _canonical(rows, columns, cells, times, (len(row_ids), len(column_ids)))
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
        groups = 1 if labels is None else max(int(labels.max(initial=-1)) + 1, 0)
        wanted = np.zeros(self.shape[0], np.int64) if labels is None else labels.astype(np.int64)
        table = count_by_group(self.matrix, wanted, groups)
        if labels is None:
            table = table[:, 0]
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
        row = ~np.isin(self.persons, _id_array(list(persons))) if persons else np.ones(self.shape[0], bool)
        column = ~np.isin(self.statements, _id_array(list(statements))) if statements else np.ones(self.shape[1], bool)
        if drop:
            matrix = sparse.csr_array(self.matrix[row][:, column])
            first = None if self.first_at is None else self.first_at[row]
            return Votes(self.persons[row], self.statements[column], matrix, first)
        return self.masked(np.repeat(row, self.per_person) & column[self.matrix.indices])

    def masked(self, kept: NDArray[np.bool_]) -> Votes:
        """The same people and statements, only the stored votes that the mask keeps, shape (total,)."""
        ends = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])[self.matrix.indptr]
        parts = (self.matrix.data[kept], self.matrix.indices[kept], ends.astype(self.matrix.indptr.dtype))
        return Votes(self.persons, self.statements, sparse.csr_array(parts, shape=self.shape), self.first_at)

    def updated(self, person: Iterable[Hashable], statement: Iterable[Hashable], value: Iterable[float]) -> Votes:
        """These votes and later ones; equal to all of them read at once. Costs one pass, not a sort."""
        new = Votes.from_arrays(person, statement, value)
        rows, persons = _merge_ids(self.persons, new.persons)
        columns, statements = _merge_ids(self.statements, new.statements)
        shape = (len(persons), len(statements))
        matrix = _overlaid(
            _spread(self.matrix, rows[0], columns[0], shape), _spread(new.matrix, rows[1], columns[1], shape)
        )
        return Votes(persons, statements, matrix)

    def equals(self, other: Votes) -> bool:
        """Whether both hold the same votes of the same people on the same statements."""
        return self.shape == other.shape and self.sha256 == other.sha256


def count_by_group(matrix: sparse.csr_array, labels: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    """How often each group disagreed, passed and agreed, shape (3, G, S); people with label -1 are left out."""
    width = matrix.shape[1]
    table = np.zeros((groups + 1) * 3 * width, np.int64)
    if not groups or not width:
        return np.zeros((3, groups, width), np.int64)
    for start, stop in row_blocks(matrix.indptr, 2_000_000):
        votes = slice(matrix.indptr[start], matrix.indptr[stop])
        lengths = np.diff(matrix.indptr[start : stop + 1])
        code = np.repeat((labels[start:stop] % (groups + 1)) * (3 * width) + width, lengths)
        code += matrix.indices[votes]
        code += matrix.data[votes].astype(np.int32) * np.int32(width)
        table += np.bincount(code, minlength=len(table))
    return np.ascontiguousarray(table.reshape(groups + 1, 3, width)[:groups].transpose(1, 0, 2))


def row_blocks(indptr: NDArray[Any], size: int) -> list[tuple[int, int]]:
    """Row ranges that cover all rows with about ``size`` stored votes each."""
    rows = len(indptr) - 1
    if rows <= 0:
        return []
    cuts = np.searchsorted(indptr, np.arange(size, int(indptr[-1]), size))
    edges = np.unique(np.concatenate([[0], np.clip(cuts, 1, rows), [rows]]))
    return [(int(a), int(b)) for a, b in itertools.pairwise(edges)]


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


def _positions(
    given: Iterable[Hashable], also: Iterable[Hashable], what: str
) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Row number of each id in the canonical order of all ids, and that order."""
    ids = _id_array(given)
    extra = _id_array(also)
    if ids.dtype.kind in "iu" and (extra.dtype.kind in "iu" or not len(extra)):
        return _whole_number_positions(ids, extra.astype(ids.dtype))
    return _general_positions(ids, extra, what)


def _id_array(given: Iterable[Hashable]) -> NDArray[Any]:
    if isinstance(given, np.ndarray) and given.dtype.kind in "iuU":
        return given
    listed = given.tolist() if isinstance(given, np.ndarray) else list(given)
    if all(type(one) is int for one in listed) and listed:
        try:
            return np.array(listed, dtype=np.int64)
        except OverflowError:
            pass
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _whole_number_positions(ids: NDArray[Any], extra: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    if not len(ids) and not len(extra):
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    low = min(int(part.min()) for part in (ids, extra) if len(part))
    high = max(int(part.max()) for part in (ids, extra) if len(part))
    if high - low > IDS_PER_TABLE_ENTRY * (len(ids) + len(extra)) + 1000:
        order, inverse = np.unique(np.concatenate([ids, extra]), return_inverse=True)
        return inverse[: len(ids)].astype(np.int32), order.astype(np.int64)
    present = np.zeros(high - low + 1, bool)
    present[ids - low if low else ids] = True
    present[extra - low] = True
    if present.all() and low == 0:
        return ids.astype(np.int32, copy=False), np.arange(high + 1, dtype=np.int64)
    place = (np.cumsum(present) - 1).astype(np.int32)
    return place[ids - low], np.flatnonzero(present) + low


def _general_positions(ids: NDArray[Any], extra: NDArray[Any], what: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    if ids.dtype.kind == "U" and not len(extra):
        order, inverse = np.unique(ids, return_inverse=True)
        return inverse.astype(np.int32), order
    listed = ids.tolist()
    for row, one in enumerate(listed):
        if one is None or (isinstance(one, float) and math.isnan(one)):
            raise MethodError("id_missing", f"The {what} in row {row} has no id.", row=row, what=what)
    order = _id_array(sorted_ids(set(listed) | set(extra.tolist()), what))
    place = {one: number for number, one in enumerate(order.tolist())}
    return np.fromiter((place[one] for one in listed), np.int32, len(listed)), order


def sorted_ids(ids: Iterable[Hashable], what: str = "id") -> list[Any]:
    """Ids in canonical order: numbers by size, then texts, then other types by their name."""

    def rank(one: Any) -> tuple[int, str]:
        if isinstance(one, int | float | np.number):
            return 0, ""
        return (1, "") if isinstance(one, str) else (2, type(one).__name__)

    try:
        return sorted(ids, key=lambda one: (rank(one), one))
    except TypeError as error:
        sentence = f"The {what} ids cannot be brought into an order. Use whole numbers or texts."
        raise MethodError("id_unsortable", sentence, what=what) from error


def plain_ids(ids: NDArray[Any]) -> list[Any]:
    """Ids as whole numbers and texts, for JSON."""
    return [one if isinstance(one, int | str) else repr(one) for one in ids.tolist()]


def _canonical(
    rows: NDArray[np.int32],
    columns: NDArray[np.int32],
    cells: NDArray[np.int8],
    times: NDArray[np.int64] | None,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """Sort by person, then statement, and keep the last of each pair."""
    matrix, doubled = _sorted_votes(rows, columns, cells, shape)
    if doubled is None:
        return matrix
    if times is not None:
        order = np.lexsort((cells, times))
        matrix, doubled = _sorted_votes(rows[order], columns[order], cells[order], shape)
    kept = np.ones(matrix.nnz, bool)
    kept[:-1] = ~doubled if doubled is not None else True
    ends = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])[matrix.indptr].astype(np.int32)
    return sparse.csr_array((matrix.data[kept], matrix.indices[kept], ends), shape=shape)


def _sorted_votes(
    rows: NDArray[np.int32], columns: NDArray[np.int32], cells: NDArray[np.int8], shape: tuple[int, int]
) -> tuple[sparse.csr_array, NDArray[np.bool_] | None]:
    """Votes by person and statement, and where a vote is followed by a later one of the same pair.

    Two stable counting sorts in linear time: SciPy's change between compressed rows and columns is one.
    """
    if len(rows) >= np.iinfo(np.int32).max:
        raise MethodError("too_many_votes", "More than 2,147,483,646 votes do not fit into one conversation.")
    packed = (rows << 2) + (cells + np.int8(1)) if shape[0] < 1 << 29 else (rows.astype(np.int64) << 2) + (cells + 1)
    one_each = np.arange(len(rows) + 1, dtype=np.int32)
    by_statement = sparse.csr_array((packed, columns, one_each), shape=(len(rows), shape[1])).tocsc()
    packed, starts = by_statement.data, by_statement.indptr
    del by_statement, one_each
    cells = (packed & 3).astype(np.int8) - np.int8(1)
    packed >>= 2
    matrix = sparse.csc_array((cells, packed, starts), shape=shape).tocsr()
    matrix.has_sorted_indices = True
    columns, starts = matrix.indices, matrix.indptr
    doubled = columns[1:] == columns[:-1]
    edges = starts[1:-1]
    doubled[edges[(edges > 0) & (edges < len(columns))] - 1] = False
    return matrix, doubled if doubled.any() else None


def _merge_ids(
    old: NDArray[Any], new: NDArray[Any]
) -> tuple[tuple[NDArray[np.int32], NDArray[np.int32]], NDArray[Any]]:
    """Where the old and the new ids stand among all, and all."""
    both = list(new.tolist())
    known = set(old.tolist())
    if all(one in known for one in both):
        place = {one: number for number, one in enumerate(old.tolist())}
        return (np.arange(len(old), dtype=np.int32), np.array([place[one] for one in both], np.int32)), old
    merged = _id_array(sorted_ids(known | set(both)))
    place = {one: number for number, one in enumerate(merged.tolist())}
    first = np.array([place[one] for one in old.tolist()], np.int32)
    return (first, np.array([place[one] for one in both], np.int32)), merged


def _spread(
    matrix: sparse.csr_array, rows: NDArray[np.int32], columns: NDArray[np.int32], shape: tuple[int, int]
) -> sparse.csr_array:
    """The same votes in a larger matrix; the maps ascend, so that the order of stored votes stays."""
    lengths = np.zeros(shape[0], np.int64)
    lengths[rows] = np.diff(matrix.indptr)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return sparse.csr_array((matrix.data, columns[matrix.indices], starts), shape=shape)


def _overlaid(old: sparse.csr_array, new: sparse.csr_array) -> sparse.csr_array:
    """Old votes with new ones inserted or put in their place."""
    touched = np.flatnonzero(np.diff(new.indptr))
    key_old = _keys(old, touched)
    key_new = _keys(new, touched)
    places = np.flatnonzero(np.repeat(np.isin(np.arange(old.shape[0]), touched), np.diff(old.indptr)))
    at = np.searchsorted(key_old, key_new)
    same = np.zeros(len(key_new), bool)
    inside = at < len(key_old)
    same[inside] = key_old[at[inside]] == key_new[inside]
    data = old.data.copy()
    data[places[at[same]]] = new.data[same]
    bounds = np.concatenate([places, [old.nnz]])
    row_of_new = np.repeat(np.arange(new.shape[0]), np.diff(new.indptr))
    before = np.where(inside, bounds[np.minimum(at, len(places))], 0)
    ends = old.indptr[row_of_new + 1].astype(np.int64)
    insert = np.where(inside & (before < ends), before, ends)[~same]
    lengths = np.diff(old.indptr) + np.bincount(row_of_new[~same], minlength=old.shape[0])
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    cells = np.insert(data, insert, new.data[~same])
    columns = np.insert(old.indices, insert, new.indices[~same])
    return sparse.csr_array((cells, columns, starts), shape=old.shape)


def _keys(matrix: sparse.csr_array, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    part = matrix[rows]
    return np.asarray(np.repeat(rows, np.diff(part.indptr)) * matrix.shape[1] + part.indices, np.int64)
