"""Many neighbouring endowments at once, one column each: for ladders whose projects have few different supporters.

The same bounds as in `quick`, without a referee: a column in which floating point cannot tell two cases apart is given
back as None, and `QuickCount` takes it from the start.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer
from mitstadt.methods.budgeting.equal_shares.quick import ABOVE, BELOW, INFINITE, ROUNDING, WIDTH

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Look = tuple[FloatArray, FloatArray, FloatArray]


def purchases(market: Market, endowments: Sequence[Fraction]) -> list[list[int] | None]:
    """What equal shares buys at each of several endowments.

    Parameters
    ----------
    market : Market
    endowments : sequence of Fraction
        In money units.

    Returns
    -------
    list of (list of int or None)
        Positions of offers in order of purchase; None where rational numbers are needed.
    """
    return _Batch(market, endowments).run()


class _Batch:
    """Columns in step: every round each of them buys one offer."""

    def __init__(self, market: Market, endowments: Sequence[Fraction]) -> None:
        self.offers = market.offers
        self.market = market
        columns = len(endowments)
        self.start = np.array([float(e) for e in endowments])
        self.money: FloatArray = np.repeat(self.start[np.newaxis, :], market.groups, axis=0)
        self.doubt: FloatArray = self.start * market.voters * ROUNDING
        self.every = np.arange(columns)
        self.active = np.ones(columns, dtype=bool)
        self.sure = np.ones(columns, dtype=bool)
        total = np.array([float(o.total) for o in self.offers])
        price = np.array([o.cost / o.total for o in self.offers])
        scale = np.array([float(o.scale) for o in self.offers])
        self.price: FloatArray = np.repeat(price[:, np.newaxis], columns, axis=1)
        self.slope: FloatArray = np.repeat(total[:, np.newaxis], columns, axis=1)
        self.floor: FloatArray = np.repeat((price / scale * BELOW)[np.newaxis, :], columns, axis=0)
        self.history: list[Places] = []

    def run(self) -> list[list[int] | None]:
        """All columns to their ends."""
        while self.active.any():
            looks, best, found = self._settle()
            winners = self._winners(looks, best, found)
            self.active &= winners >= 0
            for position in np.unique(winners[winners >= 0]).tolist():
                self._buy(position, winners == position, looks[position])
            self.history.append(winners)
        order = np.array(self.history).T if self.history else np.empty((len(self.every), 0), dtype=np.int64)
        return [
            [p for p in row.tolist() if p >= 0] if sure else None for row, sure in zip(order, self.sure, strict=True)
        ]

    def _settle(self) -> tuple[dict[int, Look], FloatArray, Flags]:
        """Examine offers until in every column the best rate is known up to its bounds."""
        looks: dict[int, Look] = {}
        best = np.where(self.active, INFINITE, -1.0)
        found = np.zeros(self.floor.shape, dtype=bool)
        open_ = self.floor.copy()
        while True:
            candidate = open_.argmin(axis=1)
            least = open_[self.every, candidate]
            asking = (least <= best) & (least < INFINITE)
            if not asking.any():
                return looks, best, found
            for position in np.flatnonzero(np.bincount(candidate[asking])).tolist():
                ended = self._examine(position, asking & (candidate == position), looks, best)
                found[:, position] |= ended
                open_[:, position] = np.where(found[:, position], INFINITE, self.floor[:, position])

    def _examine(self, position: int, asking: Flags, looks: dict[int, Look], best: FloatArray) -> Flags:
        """Raise the floor of one offer in all columns; returns where its rate is now known."""
        offer = self.offers[position]
        cost, value = offer.cost, offer.value
        margin = self.doubt + offer.rounding
        price, slope = self.price[position], self.slope[position]
        live = self.active & (self.floor[:, position] < INFINITE)
        money = looks[position][0] if position in looks else self.money.take(offer.places, axis=0)
        while True:
            line = np.maximum(price * (1 + WIDTH), price + 4 * margin / slope)
            asked = line if value is None else line * value[:, np.newaxis]
            missing = cost - offer.weight @ np.minimum(money, asked)
            enough = missing <= -margin
            price = np.where(missing > margin, line + (missing - margin) / slope, price)
            floor = (price - margin / slope) / offer.scale * BELOW
            if (enough | (floor > best))[asking].all():
                break
            rich = offer.worth @ (money > asked)
            dead = (missing > margin) & (rich == 0)
            unsure = ~enough & (missing <= margin) & ((rich == slope) | (rich == 0))
            floor[dead] = INFINITE
            self._give_up(unsure & live)
            best[unsure & live] = -1.0
            slope = np.where(rich > 0, rich, slope)
            price = np.where(missing > margin, line + (missing - margin) / slope, price)
            if (enough | dead | unsure)[asking].all():
                break
        self.price[position], self.slope[position] = price, slope
        looks[position] = money, line, missing
        self.floor[:, position] = np.maximum(self.floor[:, position], floor)
        ended: Flags = enough & live
        np.minimum(best, line / offer.scale * ABOVE, out=best, where=ended)
        return ended

    def _winners(self, looks: dict[int, Look], best: FloatArray, found: Flags) -> Places:
        contends = found & (self.floor <= best[:, np.newaxis]) & self.active[:, np.newaxis]
        number = contends.sum(axis=1)
        winners = np.where(number > 0, contends.argmax(axis=1), -1)
        tied = np.flatnonzero(number > 1)
        if len(tied):
            winners[tied] = self._first_of_equals(tied, contends[tied], looks)
        return winners

    def _first_of_equals(self, columns: Places, contends: Flags, looks: dict[int, Look]) -> Places:
        """Among offers with plain ratios as rates the least, in tie order; -1 and unsure for columns with others."""
        rates = np.full(contends.shape, INFINITE)
        for position in np.flatnonzero(contends.any(axis=0)).tolist():
            offer = self.offers[position]
            money, line, _ = looks[position]
            money, line = money[:, columns], line[columns]
            asked = line if offer.value is None else line * offer.value[:, np.newaxis]
            rich = money > asked
            worth = offer.worth @ rich
            plain = ~((money > 0) & ~rich).any(axis=0) & (worth > 0)
            rate = [self.market.pure_rate(offer, w) if w else np.nan for w in worth.tolist()]
            rates[:, position] = np.where(contends[:, position], np.where(plain, rate, np.nan), INFINITE)
        unsure = np.isnan(rates).any(axis=1) | (not self.market.pure_rates_are_distinct)
        self.sure[columns[unsure]] = False
        return np.where(unsure, -1, np.where(np.isnan(rates), INFINITE, rates).argmin(axis=1))

    def _buy(self, position: int, buying: Flags, look: Look) -> None:
        offer = self.offers[position]
        columns = np.flatnonzero(buying)
        money, line, missing = look[0][:, columns], look[1][columns], look[2][columns]
        rich = money > (line if offer.value is None else line * offer.value[:, np.newaxis])
        price = line + missing / np.maximum(offer.worth @ rich, 1.0)
        left = money - (price if offer.value is None else price * offer.value[:, np.newaxis])
        near = ((left > -2 * WIDTH * line) ^ rich).any(axis=0)
        np.maximum(left, 0.0, out=left)
        self._put(offer, columns, left)
        spent = offer.weight @ (money - left)
        rounding = offer.rounding + 2 * ROUNDING * offer.supporters * self.start[columns]
        self.doubt[columns] += np.abs(spent - offer.cost) + rounding
        self.floor[columns, position] = INFINITE
        self._give_up(columns[near])

    def _give_up(self, columns: Flags | Places) -> None:
        self.sure[columns] = False
        self.active[columns] = False

    def _put(self, offer: Offer, columns: Places, left: FloatArray) -> None:
        if len(columns) == len(self.every):
            self.money[offer.places] = left
        else:
            self.money[offer.places[:, np.newaxis], columns] = left
