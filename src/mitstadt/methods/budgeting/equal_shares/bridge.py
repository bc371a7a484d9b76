"""Whether two counts that buy the same hold for every endowment between them, although rates come close to each other.

Between two endowments the money of every voter moves nearly along a straight line: it bends only where someone who
could pay a price at one end cannot at the other. How far is bounded like the doubt in `quick`: a purchase never
increases the distance, summed over voters, between two states, so the distance to the straight line grows by no more
than what the purchase itself bends. Somebody who has ``x`` too much at one end and ``y`` too little at the other pays
at the part ``t`` of the way at most ``min(t * y, (1 - t) * x)`` more than on a straight line.

If a rival cannot collect its cost at the rate of what is bought, at both ends, and what it lacks between them is more
than that bend, it cannot anywhere between them. What it lacks moves along a straight line and the bend is nothing at
the ends, so this holds over wide gaps and up to the very place where two rates cross.
"""

from typing import NamedTuple

import numpy as np

from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer, total
from mitstadt.methods.budgeting.equal_shares.quick import ABOVE, ROUNDING, Trace

Ends = tuple[float, float]
SAFETY = 1 + 2.0**-20


def holds_between(market: Market, poorer: Trace, richer: Trace) -> bool:
    """Whether every endowment between two counts of the same purchases is certain to buy the same in the same order.

    Parameters
    ----------
    market : Market
    poorer, richer : Trace
        Counted with ``teach``, so that they know the floors of every round.
    """
    if len(richer.floors) != len(richer.bought) or poorer.bought != richer.bought:
        return False
    bridge = _Bridge(market, poorer, richer)
    return all(bridge.crosses(number) for number in range(len(poorer.bought)))


class Bend(NamedTuple):
    """A bound ``base + min(t * rising, (1 - t) * falling)`` at every part ``t`` of the way."""

    base: float = 0.0
    rising: float = 0.0
    falling: float = 0.0

    def plus(self, other: "Bend", *, times: float = 1.0) -> "Bend":
        """The bound of a sum: of this and ``times`` the other."""
        return Bend(
            self.base + times * other.base, self.rising + times * other.rising, self.falling + times * other.falling
        )

    @property
    def top(self) -> Ends:
        """Where it is highest, and how high it is there."""
        both = self.rising + self.falling
        place = self.falling / both if both else 0.0
        return place, self.base + place * self.rising * SAFETY

    def is_below(self, ends: Ends) -> bool:
        """Whether it lies below the straight line between two numbers everywhere."""
        place, height = self.top
        return min(ends) > self.base and ends[0] + place * (ends[1] - ends[0]) > height


class _Bridge:
    """Both counts once more side by side, with a bound of how far anything between them is from a straight line."""

    def __init__(self, market: Market, poorer: Trace, richer: Trace) -> None:
        self.market = market
        self.ends = (poorer, richer)
        self.money: tuple[FloatArray, FloatArray] = (
            np.full(market.groups, float(poorer.endowment)),
            np.full(market.groups, float(richer.endowment)),
        )
        self.grain = 8 * ROUNDING * float(richer.endowment)
        self.bend = Bend(self.grain * market.voters)
        self.ties = {number: set(among) for number, among in richer.ties}

    def crosses(self, number: int) -> bool:
        """Whether a round buys the same everywhere between the ends; follows the purchase."""
        poorer, richer = self.ends
        offer = self.market.offers[poorer.bought[number]]
        prices = poorer.prices[number], richer.prices[number]
        over, paid = self._asked(offer, prices)
        missed = Bend(max(abs(paid[0] - offer.cost), abs(paid[1] - offer.cost)) + self._fuzz(offer))
        able = _able(offer, over, missing=self.bend.plus(missed).top[1])
        if not able:
            return False
        # The price may be this much above the straight line between the prices at the ends.
        above = Bend().plus(self.bend.plus(missed), times=2 / able / offer.scale)
        rates = prices[0] / offer.scale * ABOVE, prices[1] / offer.scale * ABOVE
        if not all(self._stays_behind(self.market.offers[p], rates, above) for p in self._close_rivals(number)):
            return False
        self.bend = self.bend.plus(missed).plus(_kinks(offer, over), times=2)
        for state, left in zip(self.money, over, strict=True):
            state[offer.places] = np.maximum(left, 0.0)
        return True

    def _close_rivals(self, number: int) -> list[int]:
        """Offers whose rate at the richer end may be below that of the winner at the poorer end."""
        poorer, richer = self.ends
        winner, ceiling = poorer.bought[number], poorer.ceilings[number]
        tie = richer.tie_rates[number]
        if tie not in (0, poorer.tie_rates[number]):
            apart: set[int] = set()
        elif len(richer.rivals) == len(richer.bought) and richer.rivals[number] >= ceiling:
            return []
        else:
            # One and the same plain rate at both ends is the winner's everywhere, and ties fall the same way.
            apart = self.ties.get(number + 1, set()) if tie else set()
        close = np.flatnonzero(np.array(richer.floors[number]) < ceiling).tolist()
        return [position for position in close if position != winner and position not in apart]

    def _stays_behind(self, offer: Offer, rates: Ends, above: Bend) -> bool:
        over, paid = self._asked(offer, (rates[0] * offer.scale, rates[1] * offer.scale))
        paying = float(offer.worth.dot(np.maximum(over[0], over[1]) > 0))
        need = self.bend.plus(Bend(self._fuzz(offer))).plus(_kinks(offer, over))
        need = need.plus(above, times=offer.scale * paying * SAFETY)
        return need.is_below((offer.cost - paid[0], offer.cost - paid[1]))

    def _asked(self, offer: Offer, prices: Ends) -> tuple[tuple[FloatArray, FloatArray], Ends]:
        """What supporters have beyond what they are asked, below 0 where they have less, and what they pay together."""
        over, paid = [], []
        for state, price in zip(self.money, prices, strict=True):
            money = state[offer.places]
            asked = price if offer.value is None else price * offer.value
            over.append(money - asked)
            paid.append(total(offer.weight, np.minimum(money, asked)))
        return (over[0], over[1]), (paid[0], paid[1])

    def _fuzz(self, offer: Offer) -> float:
        """Bound of the rounding errors in what an offer's supporters pay."""
        return offer.rounding + self.grain * offer.supporters


def _kinks(offer: Offer, over: tuple[FloatArray, FloatArray]) -> Bend:
    """How much more than on a straight line supporters may pay who can at one end and not at the other."""
    changed = np.flatnonzero((over[0] > 0) != (over[1] > 0))
    if not len(changed):
        return Bend()
    weight = offer.weight[changed] * SAFETY
    return Bend(0.0, float(weight.dot(np.abs(over[1][changed]))), float(weight.dot(np.abs(over[0][changed]))))


def _able(offer: Offer, over: tuple[FloatArray, FloatArray], *, missing: float) -> float:
    """Worth of those who can pay more at both ends, if half of it can pay what collects the missing; else 0."""
    least = np.minimum(over[0], over[1])
    able = float(offer.worth.dot(least > 0))
    if not able:
        return 0.0
    more = 2 * missing / able
    still = float(offer.worth.dot(least >= (more if offer.value is None else more * offer.value)))
    return able if 2 * still >= able else 0.0
