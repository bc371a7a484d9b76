"""An opinion map: where people stand, how sure that is, and which statements pull them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mitstadt.methods.opinion.conversation import Conversation

Floats = NDArray[np.float64]
Settings = dict[str, Any]


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Positions of people and directions of statements, with their uncertainty.

    The log-odds that person i agrees rather than disagrees with statement j are
    ``intercept[j] + lean[i] + position[i] @ loading[j]``.

    Attributes
    ----------
    conversation : Conversation
    model : str
    positions : ndarray, shape (P, d)
    covariance : ndarray, shape (P, d, d)
        Of each position.
    lean : ndarray, shape (P,)
        Tendency to agree with whatever is asked; 0 where a model knows none.
    lean_deviation : ndarray, shape (P,)
        Standard deviation of ``lean``.
    loadings : ndarray, shape (S, d)
    loading_covariance : ndarray, shape (S, d, d)
    intercepts, intercept_deviation : ndarray, shape (S,)
        The bridging part: agreement of somebody in the middle of the map.
    settings : dict
        All that is needed to compute the same map again.
    """

    conversation: Conversation
    model: str
    positions: Floats
    covariance: Floats
    lean: Floats
    lean_deviation: Floats
    loadings: Floats
    loading_covariance: Floats
    intercepts: Floats
    intercept_deviation: Floats
    settings: Settings

    @property
    def dim(self) -> int:
        """Number of axes."""
        return int(self.positions.shape[1])

    @property
    def uncertainty(self) -> Floats:
        """Standard deviation along each axis, shape (P, d)."""
        return np.asarray(np.sqrt(np.maximum(np.diagonal(self.covariance, axis1=1, axis2=2), 0.0)))

    def predict(self, persons: NDArray[Any], statements: NDArray[Any]) -> Floats:
        """Probability of agreeing rather than disagreeing, for pairs of row and column numbers (broadcast).

        The uncertainty of person and statement pulls it towards one half.
        """
        rows, columns = np.broadcast_arrays(persons, statements)
        flat_rows, flat_columns = rows.ravel(), columns.ravel()
        result = np.empty(len(flat_rows))
        for start in range(0, len(result), 200_000):
            part = slice(start, start + 200_000)
            result[part] = self._predicted(flat_rows[part], flat_columns[part])
        return result.reshape(rows.shape)

    def _predicted(self, rows: NDArray[Any], columns: NDArray[Any]) -> Floats:
        x, w = self.positions[rows], self.loadings[columns]
        x_var, w_var = self.covariance[rows], self.loading_covariance[columns]
        middle = self.intercepts[columns] + self.lean[rows] + (x * w).sum(axis=1)
        spread = np.einsum("nk,nkl,nl->n", w, x_var, w) + np.einsum("nk,nkl,nl->n", x, w_var, x)
        spread += np.einsum("nkl,nkl->n", x_var, w_var)
        spread += self.lean_deviation[rows] ** 2 + self.intercept_deviation[columns] ** 2
        return averaged_probability(middle, spread)


def averaged_probability(middle: Floats, variance: Floats) -> Floats:
    """Mean of the logistic function over a normal distribution (MacKay's approximation)."""
    return np.asarray(expit(middle / np.sqrt(1.0 + np.pi * variance / 8.0)))
