"""What all share, three ways, each with an interval and with the number of votes that would change it.

- *product*: Polis' product over groups of (agree+1)/(seen+2);
- *minimum*: the least agreeing group decides, with the bounds of its Beta posterior;
- *bridging*: agreement of somebody in the middle of the map, from the statement's intercept: what is left of the
  agreement when position and tendency to agree are taken out (the idea of Community Notes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, polygamma, psi

from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.representativeness import share_of
from mitstadt.methods.opinion.votes import Counts

Floats = NDArray[np.float64]
LEVEL = 0.9
NORMAL = 1.6448536269514722  # half-width of a 90 % interval in standard deviations


@dataclass(frozen=True, eq=False)
class Ranking:
    """One number per statement with a 90 % interval; all arrays have shape (S,).

    Attributes
    ----------
    kind : str
    value, low, high : ndarray
    votes_to_change : ndarray of int
        Further contrary votes after which the value crosses its neutral point (one half a group).
    eligible : ndarray of bool
        Statements that take part: not silenced, and voted on.
    """

    kind: str
    value: Floats
    low: Floats
    high: Floats
    votes_to_change: NDArray[np.int64]
    eligible: NDArray[np.bool_]

    def order(self) -> list[int]:
        """Columns of eligible statements, highest value first, equal values by their order."""
        columns = np.flatnonzero(self.eligible)
        return [int(c) for c in columns[np.lexsort((columns, -self.low[columns], -self.value[columns]))]]


def eligible_statements(found: OpinionMap) -> NDArray[np.bool_]:
    """Statements that were not silenced and that somebody agreed or disagreed with."""
    counts = found.conversation.votes.counts()
    return np.asarray(~found.conversation.silenced & (counts.agree + counts.disagree > 0))


def group_counts(found: OpinionMap, labels: NDArray[np.int64]) -> Counts:
    """Counts per group; where there are none, everybody is one group."""
    if (labels >= 0).any():
        return found.conversation.votes.counts(labels)
    return found.conversation.votes.counts(np.zeros(len(labels), np.int64))


def product_consensus(found: OpinionMap, labels: NDArray[np.int64]) -> Ranking:
    """Polis' product over groups; the interval is that of the product of Beta posteriors."""
    counts = group_counts(found, labels)
    first, second = counts.agree + 1.0, counts.seen - counts.agree + 1.0
    value = share_of(counts.agree, counts.seen).prod(axis=0)
    middle = (psi(first) - psi(first + second)).sum(axis=0)
    spread = np.sqrt((polygamma(1, first) - polygamma(1, first + second)).sum(axis=0))
    low, high = np.exp(middle - NORMAL * spread), np.minimum(np.exp(middle + NORMAL * spread), 1.0)
    neutral = 0.5 ** len(counts.agree)
    least = share_of(counts.agree, counts.seen).argmin(axis=0)
    columns = np.arange(len(value))
    total = counts.seen[least, columns] + 2.0
    needed = np.where(
        value > neutral, total * (value / neutral - 1.0), total * (neutral / np.maximum(value, 1e-12) - 1.0)
    )
    return _ranking("product", found, (value, np.minimum(low, value), np.maximum(high, value)), needed)


def minimum_consensus(found: OpinionMap, labels: NDArray[np.int64]) -> Ranking:
    """Agreement in the least agreeing group, with the bounds of each group's Beta posterior."""
    counts = group_counts(found, labels)
    first, second = counts.agree + 1.0, counts.seen - counts.agree + 1.0
    share = first / (first + second)
    low = betaincinv(first, second, (1 - LEVEL) / 2).min(axis=0)
    high = betaincinv(first, second, (1 + LEVEL) / 2).min(axis=0)
    least = share.argmin(axis=0)
    columns = np.arange(share.shape[1])
    needed = np.abs(first[least, columns] - second[least, columns])
    value = share.min(axis=0)
    return _ranking("minimum", found, (value, np.minimum(low, value), np.maximum(high, value)), needed)


def bridging_consensus(found: OpinionMap) -> Ranking:
    """Probability that somebody in the middle of the map, of ordinary lean, agrees."""
    middle, spread = found.intercepts, found.intercept_deviation
    value = expit(middle)
    bend = value * (1.0 - value)
    known = 1.0 / np.maximum(spread**2 * bend, 1e-12)
    parts = (value, expit(middle - NORMAL * spread), expit(middle + NORMAL * spread))
    return _ranking("bridging", found, parts, known * np.abs(2.0 * value - 1.0))


def divisive(found: OpinionMap) -> Ranking:
    """How far apart people are on a statement: the standard deviation of their probability to agree.

    People are spread as the map shows them, uncertainty included; 0 when all answer alike, 0.5 when the map foresees
    half to agree and half to disagree for certain.
    """
    scatter = _position_scatter(found)
    pull = found.loadings @ scatter
    size = np.sqrt(np.maximum((pull * found.loadings).sum(axis=1), 0.0))
    blur = np.sqrt(np.maximum(np.einsum("sk,skl,sl->s", pull, found.loading_covariance, pull), 0.0))
    blur = blur / np.maximum(size, 1e-9)
    value = probability_spread(found.intercepts, size)
    low = probability_spread(found.intercepts, np.maximum(size - NORMAL * blur, 0.0))
    high = probability_spread(found.intercepts, size + NORMAL * blur)
    answers = found.conversation.votes.counts()
    needed = np.abs(answers.agree - answers.disagree).astype(np.float64)
    return _ranking("divisive", found, (value, np.minimum(low, value), np.maximum(high, value)), needed)


def _position_scatter(found: OpinionMap) -> Floats:
    """Covariance of positions over people who voted, uncertainty included."""
    active = found.conversation.heard.per_person > 0
    if not active.any():
        return np.zeros((found.dim, found.dim))
    centred = found.positions[active] - found.positions[active].mean(axis=0)
    return np.asarray(centred.T @ centred / active.sum() + found.covariance[active].mean(axis=0))


def probability_spread(middle: Floats, size: Floats) -> Floats:
    """Standard deviation of the logistic of a normal variable, by Gauss-Hermite quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    weights = weights / weights.sum()
    first, second = np.zeros(len(middle)), np.zeros(len(middle))
    for node, weight in zip(nodes, weights, strict=True):
        p = expit(middle + size * node)
        first, second = first + weight * p, second + weight * p * p
    return np.asarray(np.sqrt(np.maximum(second - first**2, 0.0)))


def without_each_group(counts: Counts) -> Floats:
    """The product over all groups but one, shape (G, S), as a mean per group so that it compares with all of them."""
    logs = np.log(share_of(counts.agree, counts.seen))
    groups = len(logs)
    return np.asarray(np.exp((logs.sum(axis=0)[None, :] - logs) / max(groups - 1, 1)))


def _ranking(kind: str, found: OpinionMap, parts: tuple[Any, Any, Any], needed: Floats) -> Ranking:
    votes = np.ceil(np.minimum(needed, 1e15)).astype(np.int64)
    value, low, high = (np.asarray(part) for part in parts)
    return Ranking(kind, value, low, high, np.maximum(votes, 1), eligible_statements(found))
