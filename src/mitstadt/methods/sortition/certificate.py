"""A proof, checkable with pencil and paper, that no lottery gives everybody more than a bound (weak duality).

Every feature gets a price (positive ones count against the maximum, negative ones against the minimum), and so does a
place on the panel. Whoever is weighed by the sum of the own prices cannot, on a weighted average over the pool, be
drawn more often than the prices of all quotas together allow.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.relaxation import maximin_prices


@dataclass(frozen=True)
class BoundProof:
    """Prices that prove a bound.

    Parameters
    ----------
    prices : tuple of (category, feature, price)
    size : float
        Price of a place.
    extra : Reals, shape (t,)
        Weight of a person beyond the sum of the own prices, per class (households, people who are always drawn).
    bound : float
        What they prove.
    """

    prices: tuple[tuple[str, str, float], ...]
    size: float
    extra: Reals
    bound: float


def prove_bound(problem: Problem) -> BoundProof:
    """Prices from the linear program of the maximin bound, and the bound that they prove in exact arithmetic."""
    rows, extra = maximin_prices(problem)
    quotas = len(problem.quotas)
    rows = np.where(np.abs(rows) < 1e-12, 0.0, rows)
    prices = tuple((*quota.key, float(rows[i])) for i, quota in enumerate(problem.quotas) if rows[i])
    return BoundProof(prices, float(rows[quotas]), extra, _proved(problem, rows[: quotas + 1], extra))


def _proved(problem: Problem, rows: Reals, extra: Reals) -> float:
    quotas = len(problem.quotas)
    price = [Fraction(float(value)) for value in rows]
    worth = [sum((price[r] for r in own[:-1]), Fraction(0)) for own in problem.rows]
    weight = [max(Fraction(0), w + Fraction(float(e))) for w, e in zip(worth, extra, strict=True)]
    most = price[quotas] * problem.size
    for row, quota in enumerate(problem.quotas):
        most += max(price[row] * quota.minimum, price[row] * quota.maximum)
    for household in problem.households:
        surplus = max(max(Fraction(0), weight[c] - worth[c]) for c in household.classes)
        most += surplus * len(household.homes)
    total = sum(w * int(n) for w, n in zip(weight, problem.people, strict=True))
    return float(most / total) if total else 1.0
