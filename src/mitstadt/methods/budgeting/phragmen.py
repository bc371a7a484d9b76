"""Sequential Phragmén: everybody earns at the same speed, a project is bought as soon as its supporters can."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, market_of
from mitstadt.methods.budgeting.outcome import Tie

NEAR = 2.0**-40


class _Earnings:
    """When every offer could be bought: supporters' last payments are counted, so each time is one exact sum."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.moments: list[Fraction] = [Fraction(0)]
        self.paid_at = np.zeros(market.groups, dtype=np.int64)
        self.votes = np.array([float(o.total) for o in market.offers])
        self.costs = np.array([float(o.cost) for o in market.offers])
        # column k: ballots among the supporters of an offer that last paid at moment k
        self.last_paid: FloatArray = self.votes[:, np.newaxis].copy()

    def approximate(self) -> FloatArray:
        moments = np.array([float(m) for m in self.moments])
        times: FloatArray = (self.costs + self.last_paid @ moments) / self.votes
        return times

    def exact(self, position: int) -> Fraction:
        counts = self.last_paid[position]
        owed = sum((int(counts[k]) * self.moments[k] for k in np.flatnonzero(counts).tolist()), Fraction(0))
        return (self.market.offers[position].cost + owed) / int(self.votes[position])

    def buy(self, position: int, moment: Fraction) -> None:
        market, groups = self.market, self.market.offers[position].places
        self.moments.append(moment)
        self.last_paid = np.hstack([self.last_paid, np.zeros((len(market.offers), 1))])
        starts, sizes = market.starts[groups], market.starts[groups + 1] - market.starts[groups]
        ends = np.cumsum(sizes)
        entries = np.arange(int(ends[-1])) + np.repeat(starts - (ends - sizes), sizes)
        offers, before = market.choices[entries], np.repeat(self.paid_at[groups], sizes)
        weight = np.repeat(market.multiplicity[groups], sizes)
        width = self.last_paid.shape[1]
        moved = np.bincount(offers * width + before, weights=weight, minlength=self.last_paid.size)
        moved = moved.reshape(self.last_paid.shape)
        self.last_paid -= moved
        self.last_paid[:, -1] += moved.sum(axis=1)
        self.paid_at[groups] = width - 1


def phragmen(election: Election, *, order: Sequence[int]) -> tuple[tuple[int, ...], tuple[Tie, ...]]:
    """Winners of sequential Phragmén.

    Stops at the first moment at which a project could be bought only by overspending (Los, Christoff, Grossi:
    "Proportional Budget Allocations: Towards a Systematization", IJCAI 2022). Points on ballots count as approval.

    Parameters
    ----------
    election : Election
    order : sequence of int
        All projects as ties prefer them.

    Returns
    -------
    winners : tuple of int
        In order of purchase.
    ties : tuple of Tie
    """
    market = market_of(election, utility="cost", order=order)
    winners, ties = list(market.free), []
    left = market.budget
    earnings = _Earnings(market)
    waiting = {p for p, offer in enumerate(market.offers) if offer.cost <= left}
    while waiting:
        first, moment = _first(earnings, waiting)
        if any(market.offers[p].cost > left for p in first):
            break
        if len(first) > 1:
            projects = tuple(market.offers[p].project for p in first)
            ties.append(Tie(round=len(winners) + 1, chosen=projects[0], among=projects))
        earnings.buy(first[0], moment)
        waiting.remove(first[0])
        left -= market.offers[first[0]].cost
        winners.append(market.offers[first[0]].project)
    return tuple(winners), tuple(ties)


def _first(earnings: _Earnings, waiting: set[int]) -> tuple[list[int], Fraction]:
    """The offers that can be bought first, in tie order, and when: floats choose who is asked, rationals decide."""
    guess = earnings.approximate()
    candidates = sorted(waiting)
    line = guess[candidates].min() * (1 + NEAR)
    moments = {p: earnings.exact(p) for p in candidates if guess[p] <= line}
    moment = min(moments.values())
    return [p for p in candidates if moments.get(p) == moment], moment
