"""Equal shares with bounded overspending: supporters may buy a good project together a little beyond their means."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.equal_shares.exact import ExactCount
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer, Places, market_of
from mitstadt.methods.budgeting.outcome import Tie

NEAR = 2.0**-26
LARGEST_DENOMINATOR = 2048
GRID = 2**4096
SAME = Fraction(1, 2**1024)


@dataclass(frozen=True, slots=True)
class Bid:
    """The best way for the supporters of an offer to buy it.

    Attributes
    ----------
    burden : Fraction
        The rate divided by the share of the cost that is covered: the least goes first.
    covered : Fraction
        Share of the cost that supporters pay at this rate, at most 1.
    price : Fraction
        What a supporter of value 1 is charged at most.
    """

    burden: Fraction
    covered: Fraction
    price: Fraction


def bounded_overspending(
    election: Election, *, utility: str, order: Sequence[int]
) -> tuple[tuple[int, ...], tuple[Tie, ...], int]:
    """Winners of equal shares with bounded overspending (BOS).

    In each round, among projects that still fit into the budget, buys the one with the least ratio of rate to covered
    share of its cost: at ``x`` per unit of value the supporters collect ``F(x) = sum(min(money, x * value))``, cover
    ``a = min(1, F(x) / cost)`` and would be charged ``x / a``. Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs:
    "Method of Equal Shares with Bounded Overspending", 2024, section 5. Between equal ratios of one project the larger
    covered share is taken.

    Parameters
    ----------
    election : Election
    utility : str
    order : sequence of int
        All projects as ties prefer them.

    Returns
    -------
    winners : tuple of int
        In order of purchase.
    ties : tuple of Tie
    refereed : int
        Rounds in which more than one project came close enough to be compared as rationals.

    Notes
    -----
    Prices are exact while their denominators have at most 2,048 bits, which they do for any small election. They double
    in length with every project bought beyond its supporters' means; longer ones are rounded to 4,096 bits, and burdens
    that then agree to 1,024 bits count as tied.
    """
    market = market_of(election, utility=utility, order=order)
    state = ExactCount(market, Fraction(market.budget, market.voters))
    winners, refereed = list(market.free), 0
    ties: list[Tie] = []
    left = market.budget
    least = np.zeros(len(market.offers))
    waiting = set(range(len(market.offers)))
    while True:
        waiting = {p for p in waiting if market.offers[p].cost <= left}
        near = _nearest(market, state, waiting, least)
        if not near:
            return tuple(winners), tuple(ties), refereed
        refereed += len(near) > 1
        bids = {p: best_bid(state, market.offers[p], p) for p in near}
        first = min(bids[p].burden for p in near)
        equal = [p for p in near if bids[p].burden - first <= first * SAME]
        chosen = equal[0]
        if len(equal) > 1:
            projects = tuple(market.offers[p].project for p in equal)
            ties.append(Tie(round=len(winners) + 1, chosen=projects[0], among=projects))
        state.buy(chosen, _shortened(bids[chosen].price))
        waiting.remove(chosen)
        left -= market.offers[chosen].cost
        winners.append(market.offers[chosen].project)


def _nearest(market: Market, state: ExactCount, waiting: set[int], least: FloatArray) -> list[int]:
    """Offers whose burden may be the least, in tie order; burdens only rise, so old ones bound new ones."""
    best = np.inf
    looked: dict[int, float] = {}
    for position in sorted(waiting, key=lambda p: (least[p], p)):
        if least[position] > best * (1 + NEAR):
            break
        burden = _approximate(state, market.offers[position])
        least[position] = burden
        looked[position] = burden
        best = min(best, burden)
    return sorted(p for p, burden in looked.items() if burden <= best * (1 + NEAR) and burden < np.inf)


def _curve(state: ExactCount, offer: Offer) -> tuple[FloatArray, Places, FloatArray, FloatArray]:
    """Ceilings of supporters with money, ascending; their places; what is collected at each and how fast it rose."""
    money = state.money[offer.places]
    places = np.flatnonzero(money > 0)
    ceiling = money[places] if offer.value is None else money[places] / offer.value[places]
    order = np.argsort(ceiling, kind="stable")
    places, ceiling = places[order], ceiling[order]
    worth = offer.worth[places]
    slope = np.cumsum(worth[::-1])[::-1]
    collected = np.cumsum(offer.weight[places] * money[places]) + ceiling * (slope - worth)
    return ceiling, places, collected, slope


def _approximate(state: ExactCount, offer: Offer) -> float:
    ceiling, _, collected, slope = _curve(state, offer)
    if not len(ceiling):
        return float(np.inf)
    best = float((ceiling * (offer.cost / np.minimum(collected, offer.cost)) ** 2).min())
    full = int(np.searchsorted(collected, offer.cost))
    if full < len(ceiling):
        best = min(best, float(ceiling[full] - (collected[full] - offer.cost) / slope[full]))
    return best / offer.scale


def best_bid(state: ExactCount, offer: Offer, position: int) -> Bid:
    """The least burden at which an offer can be bought, as rationals.

    Parameters
    ----------
    state : ExactCount
    offer : Offer
        With at least one supporter who has money.
    position : int
        Of the offer.

    Returns
    -------
    Bid
    """
    ceiling, places, collected, _ = _curve(state, offer)
    burdens = ceiling * (offer.cost / np.minimum(collected, offer.cost)) ** 2
    line = _approximate(state, offer) * offer.scale * (1 + NEAR)
    steps = {state.ceiling(offer, int(place)) for place in places[burdens <= line].tolist()}
    full = state.price(position)
    if full is not None:
        steps.add(full)
    bids = [_bid(state, offer, step) for step in steps]
    return min(bids, key=lambda bid: (bid.burden, -bid.covered))


def _bid(state: ExactCount, offer: Offer, step: Fraction) -> Bid:
    collected = state.collected(offer, step)
    covered = min(Fraction(1), collected / offer.cost)
    price = step / covered
    return Bid(burden=price / covered / offer.scale, covered=covered, price=price)


def _shortened(price: Fraction) -> Fraction:
    if price.denominator.bit_length() <= LARGEST_DENOMINATOR:
        return price
    return Fraction(round(price * GRID), GRID)
