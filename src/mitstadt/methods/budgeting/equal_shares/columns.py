"""Many counts at once: one column for every endowment, floating point with certified bounds, rationals in doubt.

Why it may be trusted
---------------------
A purchase maps the money of all voters to what is left. More money before never means less money after, and exactly the
cost is spent. Such a map never increases the total distance between two states (Crandall and Tartar 1980). So the
distance between floating point money and true money, summed over all voters, grows by no more than what each single
purchase adds: the residual of its payment (measured) and rounding (bounded). ``_doubt`` keeps that sum. Every comparison
leaves a margin of it; where the margin is not there, `ExactCount` decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.equal_shares.exact import ExactCount
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer

MARGIN = 2.0**-30
ROUNDING = 2.0**-53
ABOVE, BELOW = 1 + 2.0**-50, 1 - 2.0**-50
INFINITE = np.inf


@dataclass(slots=True)
class Trace:
    """What one column bought.

    Attributes
    ----------
    endowment : Fraction
        Money of every voter at the start, in money units.
    bought : list of int
        Positions of offers in order of purchase.
    ceilings : list of float
        For every purchase a number that the true rate does not exceed.
    pure : list of bool
        Whether that number is the rate itself: a ratio of whole numbers, correctly rounded.
    like_previous : bool
        True if every endowment between the column before and this one is certain to buy the same in the same order.
    refereed : int
        How many decisions needed rational numbers.
    """

    endowment: Fraction
    bought: list[int] = field(default_factory=list)
    ceilings: list[float] = field(default_factory=list)
    pure: list[bool] = field(default_factory=list)
    like_previous: bool = False
    refereed: int = 0
    ties: list[tuple[int, list[int]]] = field(default_factory=list)


class Columns:
    """Runs equal shares for several endowments side by side.

    Parameters
    ----------
    market : Market
    endowments : sequence of Fraction
        Ascending, in money units.
    """

    def __init__(self, market: Market, endowments: Sequence[Fraction]) -> None:
        self.market = market
        columns, offers = len(endowments), len(market.offers)
        start = np.array([float(e) for e in endowments])
        self._start = start
        self.money: FloatArray = np.repeat(start[np.newaxis, :], market.groups, axis=0)
        self.traces = [Trace(endowment=e) for e in endowments]
        self._doubt = start * market.voters * ROUNDING
        self._clean = np.ones(columns, dtype=bool)
        self._referees: dict[int, ExactCount] = {}
        self._scale = np.array([float(o.scale) for o in market.offers])
        self._prices: FloatArray = np.repeat([[o.cost / o.total_worth for o in market.offers]], columns, axis=0)
        self._worth: FloatArray = np.repeat([[float(o.total_worth) for o in market.offers]], columns, axis=0)
        self._floor: FloatArray = self._prices / self._scale * (1 - MARGIN)
        self._trust_pure = market.pure_rates_are_distinct if offers else True

    def run(self) -> list[Trace]:
        """Count every column to its end.

        Returns
        -------
        list of Trace
            One for every endowment.
        """
        active = np.arange(len(self.traces))
        while len(active):
            active = self._round(active)
        return self.traces

    def _round(self, active: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """One purchase in every active column; returns the columns that bought something."""
        state = _Round(self, active)
        state.settle()
        winners = state.winners()
        for position in np.unique(winners[winners >= 0]).tolist():
            self._buy(position, np.flatnonzero(winners == position), state)
        return np.flatnonzero(winners >= 0)

    def _buy(self, position: int, columns: npt.NDArray[np.int64], state: "_Round") -> None:
        offer = self.market.offers[position]
        price = state.price[columns, position]
        money, where = self._money_of(offer, columns)
        asked = price if offer.value is None else price * offer.value[:, np.newaxis]
        paid = np.minimum(money, asked)
        left = money - paid
        self._clean[columns] &= ~((left <= 0) & (money > asked * (1 - MARGIN))).any(axis=0)
        spent = offer.weight @ paid
        self.money[where] = left
        self._doubt[columns] += np.abs(spent - offer.cost) + self._rounding(offer)
        self._doubt[columns] += 2 * ROUNDING * float(offer.weight.sum()) * self._start[columns]
        self._floor[columns, position] = INFINITE
        for column in columns.tolist():
            self.traces[column].bought.append(position)
            self.traces[column].ceilings.append(float(state.ceiling[column, position]))
            self.traces[column].pure.append(bool(state.pure[column, position]))
            state.keep_referee_in_step(column, position)

    def _money_of(self, offer: Offer, columns: npt.NDArray[np.int64]) -> tuple[FloatArray, object]:
        first, last = int(columns[0]), int(columns[-1]) + 1
        if last - first == len(columns):
            if len(columns) == self.money.shape[1]:
                return self.money[offer.groups], offer.groups
            where: object = (offer.groups, slice(first, last))
            return self.money[offer.groups, first:last], where
        return self.money[offer.groups[:, np.newaxis], columns], (offer.groups[:, np.newaxis], columns)

    @staticmethod
    def _rounding(offer: Offer) -> float:
        return (len(offer.groups) + 16) * ROUNDING * 4 * offer.cost


class _Round:
    """One round of all active columns: looks at offers in order of their least possible rate until one is certain."""

    def __init__(self, counts: Columns, active: npt.NDArray[np.int64]) -> None:
        self.counts = counts
        shape = counts._floor.shape
        self.active = np.zeros(shape[0], dtype=bool)
        self.active[active] = True
        self.open = np.where(self.active[:, np.newaxis], counts._floor, INFINITE)
        self.rate = np.full(shape, INFINITE)
        self.price = np.zeros(shape)
        self.ceiling = np.full(shape, INFINITE)
        self.pure = np.zeros(shape, dtype=bool)
        self.best = np.full(shape[0], INFINITE)

    def settle(self) -> None:
        """Examine offers until in every column the best is known up to its bounds."""
        every = np.arange(len(self.best))
        while True:
            candidate = self.open.argmin(axis=1)
            least = self.open[every, candidate]
            asking = (least <= self.best) & (least < INFINITE)
            if not asking.any():
                return
            for position in np.unique(candidate[asking]).tolist():
                self._examine(position, np.flatnonzero(asking & (candidate == position)))

    def _examine(self, position: int, columns: npt.NDArray[np.int64]) -> None:
        counts, offer = self.counts, self.counts.market.offers[position]
        old = counts._prices[columns, position]
        known_worth = counts._worth[columns, position]
        margin = counts._doubt[columns] + counts._rounding(offer)
        line = np.maximum(old * (1 + MARGIN), old + 4 * margin / known_worth)
        money, _ = counts._money_of(offer, columns)
        asked = line if offer.value is None else line * offer.value[:, np.newaxis]
        rich = money > asked
        worth = offer.worth @ rich
        poor_money = offer.weight @ np.where(rich, 0.0, money)
        collected = poor_money + worth * line
        enough = collected >= offer.cost + margin
        doubtful = ~enough & (collected >= offer.cost - margin)
        ended = enough | doubtful
        dead = ~ended & (worth == 0)
        safe_worth = np.where(worth > 0, worth, 1.0)
        new = np.where(ended & (worth != known_worth), old, (offer.cost - poor_money) / safe_worth)
        new = np.where(worth > 0, np.maximum(new, old), old)
        goes_on = ~ended & ~dead
        counts._prices[columns[goes_on], position] = new[goes_on]
        counts._worth[columns[goes_on], position] = worth[goes_on]
        slope = counts._worth[columns, position]
        lower = np.maximum(counts._prices[columns, position] - margin / slope, 0.0) / offer.scale * BELOW
        floor = np.where(dead, INFINITE, np.maximum(lower, np.where(dead, 0.0, counts._floor[columns, position])))
        counts._floor[columns, position] = floor
        self.open[columns, position] = np.where(goes_on, floor, INFINITE)
        self._note(position, columns, ended, enough, new, line, worth == known_worth, poor_money, worth)

    def _note(self, position, columns, ended, enough, new, line, same, poor_money, worth) -> None:  # type: ignore
        offer = self.counts.market.offers[position]
        mine = columns[ended]
        if not len(mine):
            return
        pure = (ended & enough & same & (poor_money == 0) & self.counts._clean[columns])[ended]
        pure &= self.counts._trust_pure
        rate = new[ended] / offer.scale
        exact = self.counts.market.pure_rate(offer, 1.0) if False else None
        pure_rate = (1.0 / worth[ended]) if offer.scale == offer.cost else offer.cost / (offer.scale * worth[ended])
        rate = np.where(pure, pure_rate, rate)
        ceiling = np.where(enough[ended], np.where(pure, pure_rate, line[ended] / offer.scale * ABOVE), INFINITE)
        self.rate[mine, position] = rate
        self.price[mine, position] = new[ended]
        self.ceiling[mine, position] = ceiling
        self.pure[mine, position] = pure
        self.best[mine] = np.minimum(self.best[mine], ceiling)

    def winners(self) -> npt.NDArray[np.int64]:
        """The offer that every column buys, or -1 where nothing more can be bought."""
        floor = np.where(self.pure, self.rate, self.counts._floor)
        contends = (self.rate < INFINITE) & (floor <= self.best[:, np.newaxis])
        number = contends.sum(axis=1)
        unclear = contends & ~self.pure
        sole = (number == 1) & np.isfinite(self.best)
        certain = sole | ((number > 1) & ~unclear.any(axis=1))
        chosen = np.where(contends, self.rate, INFINITE).argmin(axis=1)
        winners = np.where(certain, chosen, -1)
        for column in np.flatnonzero(self.active & ~certain & (number > 0)).tolist():
            winners[column] = self._ask_referee(column, np.flatnonzero(contends[column]).tolist())
        winners[~self.active] = -1
        return winners

    def _ask_referee(self, column: int, contenders: list[int]) -> int:
        counts = self.counts
        trace = counts.traces[column]
        referee = counts._referees.get(column)
        if referee is None:
            referee = counts._referees[column] = ExactCount(counts.market, trace.endowment)
            for position in trace.bought:
                price = referee.price(position)
                assert price is not None
                referee.buy(position, price)
        trace.refereed += 1
        best, best_rate = -1, None
        prices = {}
        for position in contenders:
            price = referee.price(position)
            if price is None:
                counts._floor[column, position] = INFINITE
                continue
            prices[position] = price
            rate = price / counts.market.offers[position].scale
            if best_rate is None or rate < best_rate:
                best, best_rate = position, rate
        if best >= 0:
            self.price[column, best] = float(prices[best])
            self.ceiling[column, best] = float(best_rate) * ABOVE
            self.pure[column, best] = False
        return best

    def keep_referee_in_step(self, column: int, position: int) -> None:
        """After a purchase the referee buys too, and its money, exact to the last bit, replaces the column's."""
        referee = self.counts._referees.get(column)
        if referee is None:
            return
        price = referee.price(position)
        assert price is not None
        referee.buy(position, price)
        self.counts.money[:, column] = referee.money
        self.counts._doubt[column] = referee._drift * self.counts.market.voters
        self.counts._clean[column] = True
