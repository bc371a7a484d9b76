"""Sparse matrices of votes: sorted in linear time, overlaid with later votes, counted by group."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.shared.errors import MethodError

VOTES_PER_PART = 1_000_000
SORTED_FROM = 20_000_000  # from here on counting sorts wait for memory more than they count
MOST_VOTES = np.iinfo(np.int32).max


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


def last_votes(
    rows: NDArray[np.int32],
    columns: NDArray[np.int32],
    cells: NDArray[np.int8],
    times: NDArray[np.int64] | None,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """Sort by person, then statement, and keep the last of each pair."""
    if len(rows) >= MOST_VOTES:
        raise MethodError("too_many_votes", "More than 2,147,483,646 votes do not fit into one conversation.")
    single = _sorted_if_single(rows, columns, cells, shape) if len(rows) >= SORTED_FROM else None
    if single is not None:
        return single
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


def _sorted_if_single(
    rows: NDArray[np.int32], columns: NDArray[np.int32], cells: NDArray[np.int8], shape: tuple[int, int]
) -> sparse.csr_array | None:
    """Votes by person and statement, if there is one of each pair; None if there are more.

    Each vote becomes one whole number. For many votes sorting these takes half the time of counting sorts, but it
    forgets which of several votes on one statement came last.
    """
    shift = max(shape[1] - 1, 1).bit_length() + 2
    if shape[0].bit_length() + shift > 63 or not len(rows):
        return None
    keys = np.empty(len(rows), np.int64)
    parts = [slice(start, start + VOTES_PER_PART) for start in range(0, len(rows), VOTES_PER_PART)]
    for part in parts:
        np.left_shift(rows[part], shift, out=keys[part], dtype=np.int64)
        keys[part] |= columns[part] << 2 if shift < 31 else columns[part].astype(np.int64) << 2
        keys[part] |= cells[part] + np.int8(1)
    keys.sort()
    data, indices = np.empty(len(keys), np.int8), np.empty(len(keys), np.int32)
    mask = (1 << shift) - 1
    for part in parts:
        after = keys[part.start : part.stop + 1]
        if ((after[1:] ^ after[:-1]) < 4).any():
            return None
        data[part] = (keys[part] & 3) - 1
        indices[part] = (keys[part] & mask) >> 2
    ends = np.searchsorted(keys, np.arange(shape[0] + 1, dtype=np.int64) << shift).astype(np.int32)
    matrix = sparse.csr_array((data, indices, ends), shape=shape)
    matrix.has_sorted_indices = True
    return matrix


def _sorted_votes(
    rows: NDArray[np.int32], columns: NDArray[np.int32], cells: NDArray[np.int8], shape: tuple[int, int]
) -> tuple[sparse.csr_array, NDArray[np.bool_] | None]:
    """Votes by person and statement, and where a vote is followed by a later one of the same pair.

    Two stable counting sorts in linear time: SciPy's change between compressed rows and columns is one.
    """
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


def spread(
    matrix: sparse.csr_array, rows: NDArray[np.int32], columns: NDArray[np.int32], shape: tuple[int, int]
) -> sparse.csr_array:
    """The same votes in a larger matrix; the maps ascend, so that the order of stored votes stays."""
    if matrix.shape == shape:
        return matrix
    lengths = np.zeros(shape[0], np.int64)
    lengths[rows] = np.diff(matrix.indptr)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return sparse.csr_array((matrix.data, columns[matrix.indices], starts), shape=shape)


def overlaid(old: sparse.csr_array, new: sparse.csr_array) -> sparse.csr_array:
    """Old votes with new ones inserted or put in their place."""
    touched = np.flatnonzero(np.diff(new.indptr))
    key_old = _keys(old, touched)
    key_new = _keys(new, touched)
    places = _stored_places(old.indptr, touched)
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


def _stored_places(indptr: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places of the stored votes of some rows, ascending."""
    lengths = indptr[rows + 1] - indptr[rows]
    before = np.cumsum(lengths, dtype=np.int64) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(indptr[rows] - before, lengths), np.int64)


def _keys(matrix: sparse.csr_array, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    part = matrix[rows]
    return np.asarray(np.repeat(rows, np.diff(part.indptr)) * matrix.shape[1] + part.indices, np.int64)
