"""The referee: one count in rational numbers, asked wherever floating point cannot tell two cases apart."""

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer, Places

NEAR = 2.0**-30
ROUNDING = 2.0**-52


class ExactCount:
    """A count of equal shares whose every amount is a rational number.

    Money of a group that is not used up is the endowment minus what it paid for each project bought, so every sum over
    groups needs only whole-number counts and one rational per project bought. Floating point money is kept beside it
    to see quickly who is clearly rich or poor; groups near the line are compared as rationals.

    Parameters
    ----------
    market : Market
    endowment : Fraction
        Money of every voter at the start, in money units.
    """

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self.endowment = endowment
        self.money: FloatArray = np.full(market.groups, float(endowment))
        self.bought: list[int] = []
        self.rates: dict[int, Fraction] = {}
        self.drift = float(endowment) * ROUNDING

    def price(self, position: int) -> Fraction | None:
        """What a supporter of value 1 pays at most for this offer now; None if they cannot pay for it together."""
        offer = self.market.offers[position]
        money = self.money[offer.places]
        value = offer.value if offer.value is not None else np.ones(len(money))
        ceiling = money / value
        rich = np.ones(len(money), dtype=bool)
        while True:
            poor_money = self._exact_sum(offer, ~rich & (money > 0))
            worth = int(offer.worth[rich].sum())
            if not worth:
                return self._all_in(offer, ceiling, poor_money)
            price = (offer.cost - poor_money) / worth
            still_rich = rich & self._can_pay(offer, ceiling, money, price)
            if still_rich.sum() == rich.sum():
                return price
            rich = still_rich

    def rate(self, position: int) -> Fraction | None:
        """Price for one unit of utility; None if the offer cannot be bought."""
        price = self.price(position)
        return None if price is None else price / self.market.offers[position].scale

    def buy(self, position: int, price: Fraction) -> None:
        """Let the supporters pay: all of it by those who can, the rest of their money by the others."""
        offer = self.market.offers[position]
        money = self.money[offer.places]
        value = offer.value if offer.value is not None else np.ones(len(money))
        richer = self._can_pay(offer, money / value, money, price, strictly=True)
        left = np.where(richer, money - float(price) * value, 0.0)
        self.money[offer.places] = np.where(richer, np.maximum(left, np.finfo(float).tiny), 0.0)
        self.drift += 2 * ROUNDING * float(self.endowment)
        self.bought.append(position)
        self.rates[position] = price

    def buy_now(self, position: int) -> None:
        """Buy an offer that its supporters can afford, at its present price."""
        price = self.price(position)
        if price is None:
            raise AssertionError(f"offer {position} was bought in floating point but cannot be afforded")
        self.buy(position, price)

    def balance(self, group: int) -> Fraction:
        """Exact money of one voter of a group."""
        if self.money[group] == 0:
            return Fraction(0)
        chosen = slice(self.market.starts[group], self.market.starts[group + 1])
        values = self.market.values
        paid = Fraction(0)
        for entry, position in enumerate(self.market.choices[chosen].tolist()):
            if position in self.rates:
                paid += self.rates[position] * (1 if values is None else int(values[chosen][entry]))
        return self.endowment - paid

    def ceiling(self, offer: Offer, place: int) -> Fraction:
        """The price at which one supporter's money is used up."""
        own = 1 if offer.value is None else int(offer.value[place])
        return self.balance(int(offer.places[place])) / own

    def collected(self, offer: Offer, price: Fraction) -> Fraction:
        """What the supporters pay together at this price."""
        money = self.money[offer.places]
        ceiling = money if offer.value is None else money / offer.value
        rich = self._can_pay(offer, ceiling, money, price)
        return self._exact_sum(offer, ~rich & (money > 0)) + price * int(offer.worth[rich].sum())

    def _can_pay(
        self, offer: Offer, ceiling: FloatArray, money: FloatArray, price: Fraction, *, strictly: bool = False
    ) -> npt.NDArray[np.bool_]:
        line = float(price)
        able = ceiling > line
        tolerance = NEAR * line + self.drift
        for place in np.flatnonzero((money > 0) & (np.abs(ceiling - line) <= tolerance)).tolist():
            ceiling_here = self.ceiling(offer, place)
            able[place] = ceiling_here > price or (ceiling_here == price and not strictly)
        return able

    def _all_in(self, offer: Offer, ceiling: FloatArray, total: Fraction) -> Fraction | None:
        if total < offer.cost:
            return None
        top = ceiling.max()
        near = np.flatnonzero(ceiling >= top - NEAR * top - self.drift).tolist()
        return max(self.ceiling(offer, place) for place in near)

    def _exact_sum(self, offer: Offer, chosen: npt.NDArray[np.bool_]) -> Fraction:
        groups = offer.places[chosen]
        if not len(groups):
            return Fraction(0)
        weight = offer.weight[chosen]
        total = int(weight.sum()) * self.endowment
        counts = self._bought_by(groups, weight)
        for position in self.bought:
            if counts[position]:
                total -= int(counts[position]) * self.rates[position]
        return total

    def _bought_by(self, groups: Places, weight: FloatArray) -> FloatArray:
        """Worth of every offer to these groups, counting whole numbers."""
        market = self.market
        starts = market.starts[groups]
        sizes = market.starts[groups + 1] - starts
        ends = np.cumsum(sizes)
        entries = np.arange(int(ends[-1])) + np.repeat(starts - (ends - sizes), sizes)
        worth: FloatArray = np.repeat(weight, sizes)
        if market.values is not None:
            worth = worth * market.values[entries]
        return np.bincount(market.choices[entries], weights=worth, minlength=len(market.offers)).astype(np.float64)
