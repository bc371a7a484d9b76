"""Integer sufficient statistics: what the principal components need, exact, and cheap to carry on vote by vote."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

MOST_STATEMENTS = 5000  # three matrices of 8 bytes a cell: 600 MB at 5,000 statements
CELLS_PER_BLOCK = 8_000_000
SPARSE_ADVANTAGE = 200.0  # a sparse product costs about as much per multiplication as this many in a dense one


@dataclass(frozen=True, eq=False)
class Statistics:
    """Co-occurrence sums of votes V and of the mask M of seen cells; integers, so that their order never matters.

    Attributes
    ----------
    votes_votes : ndarray of int64, shape (S, S)
        VᵀV.
    votes_seen : ndarray of int64, shape (S, S)
        VᵀM; its diagonal is the sum of votes of each statement.
    seen_seen : ndarray of int64, shape (S, S)
        MᵀM; its diagonal is the number of votes of each statement.
    """

    votes_votes: NDArray[np.int64]
    votes_seen: NDArray[np.int64]
    seen_seen: NDArray[np.int64]

    @classmethod
    def of(cls, votes: Votes) -> Statistics:
        """The statistics of all votes at once.

        Raises
        ------
        MethodError
            ``too_many_statements`` above 5,000 statements; the sparse engine has no such limit.
        """
        width = votes.shape[1]
        if width > MOST_STATEMENTS:
            sentence = f"Co-occurrences of {width} statements need too much memory; the limit is {MOST_STATEMENTS}."
            raise MethodError("too_many_statements", sentence, statements=width, limit=MOST_STATEMENTS)
        pairs = float((votes.per_person.astype(np.float64) ** 2).sum())
        if pairs * SPARSE_ADVANTAGE < float(votes.shape[0]) * width * width:
            return _sparse_statistics(votes.matrix)
        return _dense_statistics(votes.matrix)

    def updated(self, before: Votes, after: Votes, touched: NDArray[np.int64]) -> Statistics:
        """The statistics after some people voted again; bit for bit those of all votes counted anew.

        Parameters
        ----------
        before, after : Votes
            With the same people and statements.
        touched : ndarray of int
            Rows that hold all differences.
        """
        old, old_seen = _integers(before.matrix, touched)
        new, new_seen = _integers(after.matrix, touched)
        change, change_seen = new - old, new_seen - old_seen
        cross = change.T @ old
        return Statistics(
            self.votes_votes + _dense(cross + cross.T + change.T @ change),
            self.votes_seen + _dense(change.T @ new_seen + old.T @ change_seen),
            self.seen_seen + _dense(change_seen.T @ new_seen + old_seen.T @ change_seen),
        )

    def widened(self, places: NDArray[np.int32], width: int) -> Statistics:
        """The same statistics among more statements; ``places`` says where the old ones stand."""
        grown = []
        for old in (self.votes_votes, self.votes_seen, self.seen_seen):
            new = np.zeros((width, width), np.int64)
            new[np.ix_(places, places)] = old
            grown.append(new)
        return Statistics(*grown)

    def means(self) -> NDArray[np.float64]:
        """Mean vote of each statement, 0 where nobody voted, shape (S,)."""
        return means_of(np.diagonal(self.votes_seen), np.diagonal(self.seen_seen))

    def covariance(self) -> NDArray[np.float64]:
        """DᵀD for the deviations D of seen votes from their statement's mean, 0 elsewhere, shape (S, S)."""
        mean = self.means()
        mixed = self.votes_seen * mean[None, :]
        scatter = self.votes_votes - mixed - mixed.T + self.seen_seen * (mean[:, None] * mean[None, :])
        return np.asarray((scatter + scatter.T) / 2.0)


def means_of(sums: NDArray[np.int64], seen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum over number, and 0 where the number is 0."""
    return np.divide(sums, seen, out=np.zeros(len(sums)), where=seen > 0)


def _integers(matrix: sparse.csr_array, rows: NDArray[np.int64]) -> tuple[sparse.csr_array, sparse.csr_array]:
    part = sparse.csr_array(matrix[rows])
    data = part.data.astype(np.int64)
    shape = part.shape
    votes = sparse.csr_array((data, part.indices, part.indptr), shape=shape)
    seen = sparse.csr_array((np.ones_like(data), part.indices, part.indptr), shape=shape)
    return votes, seen


def _dense(product: sparse.csr_array) -> NDArray[np.int64]:
    return np.asarray(product.toarray(), np.int64)


def _sparse_statistics(matrix: sparse.csr_array) -> Statistics:
    votes, seen = _integers(matrix, np.arange(matrix.shape[0]))
    return Statistics(_dense(votes.T @ votes), _dense(votes.T @ seen), _dense(seen.T @ seen))


def _dense_statistics(matrix: sparse.csr_array) -> Statistics:
    """Blocks of rows as dense single precision: sums of ones stay exact below 2²⁴ rows a block."""
    width = matrix.shape[1]
    sums = [np.zeros((width, width), np.int64) for _ in range(3)]
    rows_per_block = max(1, min(1 << 20, CELLS_PER_BLOCK // max(1, width)))
    for start in range(0, matrix.shape[0], rows_per_block):
        part = matrix[start : start + rows_per_block]
        votes = part.toarray().astype(np.float32)
        seen = np.zeros_like(votes)
        seen[np.repeat(np.arange(part.shape[0]), np.diff(part.indptr)), part.indices] = 1.0
        for total, product in zip(sums, (votes.T @ votes, votes.T @ seen, seen.T @ seen), strict=True):
            total += product.astype(np.int64)
    return Statistics(*sums)
