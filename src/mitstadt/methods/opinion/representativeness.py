"""Which statements set a group apart: Polis' two tests, in Polis' words and to its last digit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.votes import Counts

Floats = NDArray[np.float64]
SIGNIFICANT = 1.2816  # one-sided 90 %
SHOWN = 5


@dataclass(frozen=True, eq=False)
class Representativeness:
    """Polis' statistics of every group and statement; all arrays have shape (G, S).

    Attributes
    ----------
    share : (2, G, S)
        (n+1)/(seen+2) for agree and disagree.
    share_test : (2, G, S)
        One-proportion z against one half.
    ratio : (2, G, S)
        Share in the group over share among all other groups together.
    ratio_test : (2, G, S)
        Two-proportion z against all other groups together.
    counts : Counts
    """

    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats
    counts: Counts

    @property
    def metric(self) -> Floats:
        """Polis' score: the product of all four, shape (2, G, S)."""
        return self.ratio * self.ratio_test * self.share * self.share_test

    @property
    def sufficient(self) -> NDArray[np.bool_]:
        """Both tests beyond one-sided 90 %, shape (2, G, S)."""
        return (self.ratio_test > SIGNIFICANT) & (self.share_test > SIGNIFICANT)


def share_of(votes: NDArray[Any], seen: NDArray[Any]) -> Floats:
    """(votes + 1) / (seen + 2): the mean of a uniform prior after these votes."""
    return np.asarray((votes + 1.0) / (seen + 2.0))


def one_share_test(votes: NDArray[Any], seen: NDArray[Any]) -> Floats:
    """Polis' z of a share against one half, one added to votes and seen."""
    return np.asarray(2.0 * np.sqrt(seen + 1.0) * ((votes + 1.0) / (seen + 1.0) - 0.5))


def two_share_test(inside: NDArray[Any], outside: NDArray[Any], n_in: NDArray[Any], n_out: NDArray[Any]) -> Floats:
    """Polis' z of two shares, one added to all four numbers; 0 where all agree."""
    x_in, x_out, of_in, of_out = inside + 1.0, outside + 1.0, n_in + 1.0, n_out + 1.0
    pooled = (x_in + x_out) / (of_in + of_out)
    spread = pooled * (1.0 - pooled) * (1.0 / of_in + 1.0 / of_out)
    gap = x_in / of_in - x_out / of_out
    return np.divide(gap, np.sqrt(np.maximum(spread, 0.0)), out=np.zeros_like(gap), where=spread > 0)


def representativeness(counts: Counts) -> Representativeness:
    """The statistics of all groups from their counts, shape (G, S)."""
    both = np.stack([counts.agree, counts.disagree])
    seen = np.stack([counts.seen, counts.seen])
    others, unseen = both.sum(axis=1, keepdims=True) - both, seen.sum(axis=1, keepdims=True) - seen
    share = share_of(both, seen)
    return Representativeness(
        share=share,
        share_test=one_share_test(both, seen),
        ratio=share / share_of(others, unseen),
        ratio_test=two_share_test(both, others, seen, unseen),
        counts=counts,
    )


def representative_statements(
    found: Representativeness, group: int, allowed: NDArray[np.bool_]
) -> list[tuple[int, str, bool]]:
    """Polis' choice of up to five statements for a group: (column, "agree" or "disagree", is the best agreed one)."""
    direction = np.where(found.ratio_test[0, group] > found.ratio_test[1, group], 0, 1)
    columns = np.arange(len(direction))
    metric = found.metric[direction, group, columns]
    enough = (found.sufficient[0, group] | found.sufficient[1, group]) & allowed
    best = _best_agreed(found, group, allowed)
    ranked = [int(c) for c in np.lexsort((columns, -metric)) if enough[c] and c != best]
    if best is not None:
        chosen = [best, *ranked][:SHOWN]
    elif ranked:
        chosen = ranked[:SHOWN]
    else:
        chosen = _most_different(found, group, allowed)
    named = [(c, 0 if c == best else int(direction[c]), c == best) for c in chosen]
    return [(c, ("agree", "disagree")[side], first) for c, side, first in sorted(named, key=lambda one: one[1])]


def _best_agreed(found: Representativeness, group: int, allowed: NDArray[np.bool_]) -> int | None:
    """Polis' ladder through the statements in their order; it must be climbed one by one."""
    ratio, share = found.ratio[0, group], found.share[0, group]
    share_test, metric = found.share_test[0, group], found.metric[0, group]
    voted = (found.counts.agree[group] + found.counts.disagree[group]) > 0
    best: int | None = None
    for column in np.flatnonzero(allowed & voted):
        if best is None:
            better = share_test[column] > SIGNIFICANT or (ratio[column] > 1.0 and share[column] > 0.5)
        elif ratio[best] > 1.0:
            better = metric[column] > metric[best]
        else:
            better = share[column] * share_test[column] > share[best] * share_test[best]
        if better:
            best = int(column)
    return best


def _most_different(found: Representativeness, group: int, allowed: NDArray[np.bool_]) -> list[int]:
    if not allowed.any():
        return []
    size = np.where(allowed, found.ratio_test[:, group].max(axis=0), -np.inf)
    return [int(size.argmax())]


def majority_statements(counts: Counts, allowed: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Polis' consensus over everybody: up to five columns agreed on and up to five disagreed on, best first."""
    chosen = {}
    for name, votes in (("agree", counts.agree), ("disagree", counts.disagree)):
        share, test = share_of(votes, counts.seen), one_share_test(votes, counts.seen)
        fit = np.flatnonzero(allowed & (share > 0.5) & (test > SIGNIFICANT))
        chosen[name] = [int(c) for c in fit[np.lexsort((fit, -(share * test)[fit]))][:SHOWN]]
    return chosen


def group_aware_consensus(counts: Counts) -> Floats:
    """Product over groups of (agree+1)/(seen+2), shape (S,); 1 without groups."""
    return np.asarray(share_of(counts.agree, counts.seen).prod(axis=0))


def priorities(counts: Counts, extremity: Floats, meta: NDArray[np.bool_]) -> Floats:
    """Polis' weight with which a statement is drawn for the next voter, shape (S,).

    Parameters
    ----------
    counts : Counts
        Of all clustered people together, shape (S,).
    extremity : ndarray, shape (S,)
    meta : ndarray of bool, shape (S,)
        These get Polis' fixed weight 49.
    """
    agreed, passed = share_of(counts.agree, counts.seen), share_of(counts.passed, counts.seen)
    importance = (1.0 - passed) * (extremity + 1.0) * agreed
    novelty = 1.0 + 8.0 * 2.0 ** (-counts.seen / 5.0)
    return np.asarray(np.where(meta, 49.0, (importance * novelty) ** 2))
