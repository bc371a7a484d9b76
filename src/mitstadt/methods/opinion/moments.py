"""Second moments of normal posteriors, packed so that sums over votes become sparse matrix products.

With p = (1, a, x) for a person and q = (b, 1, w) for a statement the log-odds are η = q · p, linear in either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


@cache
def _upper(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the upper triangle; asked for in every sweep."""
    rows, columns = np.triu_indices(size)
    return rows, columns


@dataclass(frozen=True, eq=False)
class MomentTable:
    """Moments of one side (statements seen by people, or people seen by statements).

    For that side with mean (c, u), where c is its intercept and u its place in the common space, the other side is
    solved by weighted sums over votes of

    Attributes
    ----------
    second : ndarray, shape (n, (d+1)(d+2)/2)
        E[s sᵀ] of s = (1, u), upper triangle.
    crossed : ndarray, shape (n, d+1)
        E[c s].
    first : ndarray, shape (n, d+1)
        E[s].
    paired : ndarray, shape (n, (d+2)(d+3)/2)
        Second moments of (c, 1, u), so that a product with ``pairs`` of the other side is E[η²].
    """

    second: NDArray[Any]
    crossed: NDArray[Any]
    first: NDArray[Any]
    paired: NDArray[Any]

    @classmethod
    def of(cls, mean: Floats, covariance: Floats, precision: Any) -> MomentTable:
        """Moments from posterior means, shape (n, 1+d), and covariances, shape (n, 1+d, 1+d)."""
        whole = _extended(mean, covariance)
        size = mean.shape[1]
        rows, columns = _upper(size)
        return cls(
            second=whole[:, rows + 1, columns + 1].astype(precision),
            crossed=whole[:, 0, 1:].astype(precision),
            first=whole[:, 1, 1:].astype(precision),
            paired=_packed(whole).astype(precision),
        )

    @staticmethod
    def pairs(mean: Floats, covariance: Floats, precision: Any) -> NDArray[Any]:
        """Second moments of (1, c, u): the order in which the other side meets (c, 1, u); off-diagonals doubled."""
        whole = _extended(mean, covariance)
        size = whole.shape[1]
        order = np.r_[1, 0, 2:size]
        turned = whole[:, order[:, None], order]
        rows, columns = _upper(size)
        return (_packed(turned) * np.where(rows == columns, 1.0, 2.0)).astype(precision)

    def sums(self, weights: Any, halves: Any) -> tuple[Floats, Floats]:
        """Precision (m, d+1, d+1) and linear term (m, d+1) that the votes give the other side."""
        size = self.first.shape[1]
        packed = np.asarray(weights @ self.second, np.float64)
        rows, columns = _upper(size)
        precision = np.empty((packed.shape[0], size, size))
        precision[:, rows, columns] = packed
        precision[:, columns, rows] = packed
        linear = np.asarray(halves @ self.first, np.float64) - np.asarray(weights @ self.crossed, np.float64)
        return precision, linear

    def solve(self, weights: sparse.csr_array, halves: sparse.csr_array, prior: Floats) -> tuple[Floats, Floats]:
        """Posterior mean and covariance of the other side under a zero-mean prior with this precision."""
        precision, linear = self.sums(weights, halves)
        covariance: Floats = np.asarray(np.linalg.inv(precision + prior), np.float64)
        return np.einsum("nkl,nl->nk", covariance, linear), covariance


def _extended(mean: Floats, covariance: Floats) -> Floats:
    """Second moments of (c, 1, u), shape (n, d+2, d+2)."""
    count, size = mean.shape
    vector = np.empty((count, size + 1))
    vector[:, 0], vector[:, 1], vector[:, 2:] = mean[:, 0], 1.0, mean[:, 1:]
    whole = vector[:, :, None] * vector[:, None, :]
    whole[:, 0, 0] += covariance[:, 0, 0]
    whole[:, 0, 2:] += covariance[:, 0, 1:]
    whole[:, 2:, 0] += covariance[:, 1:, 0]
    whole[:, 2:, 2:] += covariance[:, 1:, 1:]
    return whole


def _packed(whole: Floats) -> Floats:
    rows, columns = _upper(whole.shape[1])
    return np.asarray(whole[:, rows, columns])
