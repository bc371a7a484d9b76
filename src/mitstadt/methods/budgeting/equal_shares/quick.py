"""One count of equal shares in floating point with certified bounds; rational numbers where those do not suffice.

Why it may be trusted
---------------------
A purchase maps the money of all voters to what is left. More money before never means less money after, and exactly the
cost is spent. Such a map never increases the total distance between two states (Crandall and Tartar 1980). So the
distance between floating point money and true money, summed over all voters, grows by no more than what each single
purchase adds: the residual of its payment (measured) and rounding (bounded). ``doubt`` keeps that sum. Every comparison
leaves a margin of it; where the margin is not there, `ExactCount` decides.

Why it is quick
---------------
The price of an offer never falls during a count, so old prices bound new ones and only offers that might be the best
are looked at. What supporters pay together is concave in the price, so a step along any earlier slope never overshoots.
With less money at the start and the same purchases so far, no rate is lower; so what a count with more money has
learned about rates bounds this one as well.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush, heapreplace

import numpy as np

from mitstadt.methods.budgeting.equal_shares.exact import ExactCount
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, total

WIDTH = 2.0**-30
ROUNDING = 2.0**-53
ABOVE, BELOW = 1 + 2.0**-49, 1 - 2.0**-49
INFINITE = float("inf")


@dataclass(slots=True)
class Trace:
    """What a count bought, and what it learned on the way.

    Attributes
    ----------
    endowment : Fraction
        Money of every voter at the start, in money units.
    bought : list of int
        Positions of offers in order of purchase.
    prices : list of float
        For every purchase, nearly, what a supporter of value 1 paid at most.
    ceilings : list of float
        For every purchase a number that the true rate does not exceed.
    rivals : list of float
        For every purchase a number that the true rates of all other offers, tied ones apart, are not below.
    tie_rates : list of float
        For every purchase the common rate where others had exactly the same, else 0.
    floors : list of list of float
        For every round a number for each offer that its true rate was not below.
    ties : list of (int, list of int)
        Rounds, counted from 1, with the offers that had exactly the same rate.
    refereed : int
        How many decisions needed rational numbers.
    """

    endowment: Fraction
    bought: list[int] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    ceilings: list[float] = field(default_factory=list)
    rivals: list[float] = field(default_factory=list)
    tie_rates: list[float] = field(default_factory=list)
    floors: list[list[float]] = field(default_factory=list)
    ties: list[tuple[int, list[int]]] = field(default_factory=list)
    refereed: int = 0

    def holds_until(self, richer: "Trace") -> bool:
        """Whether every endowment from this one to a richer one is certain to buy the same in the same order.

        Along one order of purchases more money never raises a rate. So if in every round what was bought here had no
        higher rate than all others have there, nothing in between can choose differently.
        """
        return (
            self.bought == richer.bought
            and len(richer.rivals) == len(richer.bought)
            and all(
                ceiling <= rival and tie in (0, own_tie)
                for ceiling, rival, own_tie, tie in zip(
                    self.ceilings, richer.rivals, self.tie_rates, richer.tie_rates, strict=True
                )
            )
        )


class QuickCount:
    """A count of one endowment.

    Parameters
    ----------
    market : Market
    endowment : Fraction
        In money units.
    richer : Trace, optional
        A finished count with more money, whose floors hold here as long as the purchases are the same.
    teach : bool
        Keep the floors of every round for poorer counts.
    slack : float
        If above 0, look at rivals until their rates are known to be this much above the best, relatively; makes
        `Trace.holds_until` succeed over wider gaps.
    """

    def __init__(
        self,
        market: Market,
        endowment: Fraction,
        *,
        richer: Trace | None = None,
        teach: bool = False,
        slack: float = 0.0,
    ) -> None:
        self.market = market
        self.offers = market.offers
        self.trace = Trace(endowment=endowment)
        self._richer = richer
        self._reach = 1 + slack
        self._teach = teach
        self._start = float(endowment)
        self.money: FloatArray = np.full(market.groups, self._start)
        self.doubt = self._start * market.voters * ROUNDING
        self._clean = True
        self._referee: ExactCount | None = None
        self._price = [offer.cost / offer.total for offer in self.offers]
        self._slope = [float(offer.total) for offer in self.offers]
        self._floor = [price / offer.scale * BELOW for price, offer in zip(self._price, self.offers, strict=True)]
        self._queue = [(floor, position) for position, floor in enumerate(self._floor)]
        heapify(self._queue)
        # What the last look at an offer found: money of its supporters, a price just above and what was missing there.
        self._looked: dict[int, tuple[FloatArray, float, float]] = {}

    def run(self) -> Trace:
        """Buy until nothing more can be bought.

        Returns
        -------
        Trace
        """
        while True:
            winner = self._round()
            if winner < 0:
                return self.trace
            self._buy(winner)

    def _round(self) -> int:
        """The offer to buy next, or -1."""
        floors = self._floors_from_richer()
        while True:
            found, best = self._settle(floors)
            if not found:
                return -1
            contenders = [p for p in found if self._floor[p] <= best]
            tie_rate, tied = 0.0, contenders[:1]
            if len(contenders) > 1 or best == INFINITE:
                tied, tie_rate, best = self._choose(contenders, best)
            for position in found:
                if not tied or position != tied[0]:
                    self._requeue(position)
            if tied:
                self._record(tied, tie_rate, best)
                return tied[0]

    def _floors_from_richer(self) -> list[float] | None:
        if self._richer is None:
            return None
        number = len(self.trace.bought)
        same = number < len(self._richer.floors) and (
            number == 0 or self._richer.bought[number - 1] == self.trace.bought[-1]
        )
        if not same:
            self._richer = None
            return None
        return self._richer.floors[number]

    def _settle(self, floors: list[float] | None) -> tuple[list[int], float]:
        """Examine offers in order of their floors until the best rate is known up to its bounds."""
        queue, own = self._queue, self._floor
        found: list[int] = []
        best = limit = INFINITE
        self._looked.clear()
        while queue and queue[0][0] <= limit:
            floor, position = queue[0]
            if floors is not None and floors[position] > floor:
                own[position] = floors[position]
                if floors[position] == INFINITE:
                    heappop(queue)
                else:
                    heapreplace(queue, (floors[position], position))
                continue
            ceiling = self._examine(position, limit)
            if ceiling is not None:
                heappop(queue)
                found.append(position)
                if ceiling < best:
                    best, limit = ceiling, ceiling * self._reach
            elif own[position] == INFINITE:
                heappop(queue)
            else:
                heapreplace(queue, (own[position], position))
        return found, best

    def _examine(self, position: int, limit: float) -> float | None:
        """Raise the floor of an offer above the limit or find its rate.

        Returns
        -------
        float or None
            A number that the rate does not exceed, infinite if that is in doubt; None if out of this round.
        """
        offer = self.offers[position]
        cost, scale, weight, value = offer.cost, offer.scale, offer.weight, offer.value
        margin = self.doubt + offer.rounding
        price, slope = self._price[position], self._slope[position]
        money = self.money[offer.places]
        while True:
            line = price * (1 + WIDTH) if price * WIDTH * slope > 4 * margin else price + 4 * margin / slope
            asked = line if value is None else line * value
            missing = cost - total(weight, np.minimum(money, asked))
            if missing <= -margin:
                break
            if missing > margin:
                price = line + (missing - margin) / slope
                floor = (price - margin / slope) / scale * BELOW
                if floor > limit:
                    self._price[position], self._floor[position] = price, floor
                    return None
            rich = float(offer.worth.dot(money > asked))
            if rich == 0 and missing > margin:
                self._floor[position] = INFINITE
                return None
            if rich == 0 or (missing <= margin and rich == slope):
                self._looked[position] = money, line, missing
                return INFINITE
            slope = self._slope[position] = rich
            if missing > margin:
                price = line + (missing - margin) / slope
        self._price[position] = price
        self._looked[position] = money, line, missing
        floor = (price - margin / slope) / scale * BELOW
        if floor > self._floor[position]:
            self._floor[position] = floor
        return line / scale * ABOVE

    def _requeue(self, position: int) -> None:
        if self._floor[position] < INFINITE:
            heappush(self._queue, (self._floor[position], position))

    def _record(self, tied: list[int], tie_rate: float, best: float) -> None:
        trace = self.trace
        if self._teach:
            trace.floors.append(self._floor.copy())
        if self._reach > 1:
            apart = len(tied) if tie_rate else 1
            trace.rivals.append(self._least_floor(tied[:apart]))
        trace.bought.append(tied[0])
        trace.ceilings.append(tie_rate or best)
        trace.tie_rates.append(tie_rate)
        if len(tied) > 1:
            trace.ties.append((len(trace.bought), tied))

    def _least_floor(self, apart: list[int]) -> float:
        """The least floor of all offers but these."""
        floors = self._floor.copy()
        for position in apart:
            floors[position] = INFINITE
        return min(floors)

    def _choose(self, contenders: list[int], best: float) -> tuple[list[int], float, float]:
        """Winner first among those exactly equal, their rate if it is a plain ratio, and a bound of the rate."""
        if self._clean and self.market.pure_rates_are_distinct and best < INFINITE:
            rates = [self._plain_rate(position) for position in contenders]
            if None not in rates:
                rate = min(r for r in rates if r is not None)
                tied = sorted(p for p, r in zip(contenders, rates, strict=True) if r == rate)
                return tied, rate if len(tied) > 1 else 0.0, best
        return self._ask_referee(contenders, best)

    def _plain_rate(self, position: int) -> float | None:
        """The rate as a correctly rounded ratio of whole numbers, where all who cannot pay have nothing at all."""
        offer = self.offers[position]
        money, line, _ = self._looked[position]
        rich = money > (line if offer.value is None else line * offer.value)
        if money[~rich].any() or not rich.any():
            return None
        return self.market.pure_rate(offer, float(offer.worth.dot(rich)))

    def _ask_referee(self, contenders: list[int], best: float) -> tuple[list[int], float, float]:
        self.trace.refereed += 1
        if self._referee is None:
            self._referee = ExactCount(self.market, self.trace.endowment)
            for position in self.trace.bought:
                self._referee.buy_now(position)
        rates = {position: self._referee.rate(position) for position in contenders}
        for position, rate in rates.items():
            if rate is None:
                self._floor[position] = INFINITE
        known = {position: rate for position, rate in rates.items() if rate is not None}
        if not known:
            return [], 0.0, best
        least = min(known.values())
        return sorted(p for p, rate in known.items() if rate == least), 0.0, float(least) * ABOVE

    def _buy(self, position: int) -> None:
        self._floor[position] = INFINITE
        if self._referee is not None:
            self._referee.buy_now(position)
            self.trace.prices.append(float(self._referee.rates[position]))
            self.money = self._referee.money.copy()
            self.doubt = self._referee.drift * self.market.voters
            self._clean = True
            return
        offer = self.offers[position]
        money, line, missing = self._looked[position]
        rich = money > (line if offer.value is None else line * offer.value)
        price = line + missing / max(float(offer.worth.dot(rich)), 1.0)
        self.trace.prices.append(price)
        left = money - (price if offer.value is None else price * offer.value)
        if np.count_nonzero(left > -2 * WIDTH * line) != np.count_nonzero(rich):
            self._clean = False
        np.maximum(left, 0.0, out=left)
        self.money[offer.places] = left
        spent = total(offer.weight, money - left)
        self.doubt += abs(spent - offer.cost) + offer.rounding + 2 * ROUNDING * offer.supporters * self._start
