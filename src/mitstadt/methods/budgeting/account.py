"""The money of voters followed through a count of equal shares: who paid what, and what was left."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer, total
from mitstadt.methods.budgeting.outcome import Outcome

CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Purchase:
    """How the supporters of a winner paid for it.

    Attributes
    ----------
    round : int
        Counted from 1.
    price : float
        Currency units that a supporter paid at most, per point where ballots carry points.
    rate : float
        Price per unit of utility; the project with the least rate is bought first.
    effective_votes : float
        Cost divided by price: as many full payers would have carried it.
    paid_in_full : int
        Supporters who paid the whole price.
    paid_their_rest : int
        Supporters who paid all they had left, less than the price.
    """

    round: int
    price: float
    rate: float
    effective_votes: float
    paid_in_full: int
    paid_their_rest: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a loser lacked.

    Attributes
    ----------
    money_left : float
        Currency units that its supporters had left together when the count ended.
    missing : float
        Cost minus that; 0 where it failed for another reason.
    more_votes : int or None
        With so many more ballots for it alone, at the same endowment, it would have been bought.
    at_cost : float
        Below this cost it would have been bought, everything else the same; 0 where no cost would have helped.
    """

    money_left: float
    missing: float
    more_votes: int | None
    at_cost: float


class Account:
    """The money of all groups of voters, followed through the purchases of an outcome of equal shares.

    Parameters
    ----------
    outcome : Outcome
        Of the rule equal shares, not replaced by the greedy outcome.
    """

    def __init__(self, outcome: Outcome) -> None:
        if outcome.ladder is None or outcome.market is None:
            raise ValueError("only outcomes of equal shares have accounts")
        self.outcome = outcome
        self.election = outcome.election
        self.market: Market = outcome.market
        self.unit = outcome.election.money_unit
        self.endowment = float(outcome.ladder.endowment * self.unit)
        self.money: FloatArray = np.full(self.market.groups, self.endowment)
        self.position_of = {offer.project: p for p, offer in enumerate(self.market.offers)}

    def purchases(self) -> list[tuple[int, Purchase]]:
        """Let every winner be paid for; afterwards ``money`` is what is left.

        Returns
        -------
        list of (int, Purchase)
            Projects with how they were bought.
        """
        found = []
        for number, project in enumerate(self.paid_for(), start=1 + len(self.market.free)):
            found.append((project, self.pay(self.market.offers[self.position_of[project]], number)))
        return found

    def paid_for(self) -> list[int]:
        """Projects that supporters bought, in order."""
        return [p for p in self.outcome.winners if self.outcome.stage_of[p] == "equal shares"]

    def price(self, offer: Offer) -> float:
        """What a supporter of value 1 pays at most now; infinite if the supporters cannot pay."""
        money = self.money[offer.places]
        ceiling = money if offer.value is None else money / offer.value
        rich = np.ones(len(money), dtype=bool)
        price = 0.0
        while True:
            worth = float(offer.worth[rich].sum())
            poor = total(offer.weight[~rich], money[~rich])
            if not worth:
                return float(ceiling.max()) if poor >= offer.cost * (1 - CLOSE) else float(np.inf)
            price = (offer.cost - poor) / worth
            still = rich & (ceiling >= price * (1 - CLOSE))
            if still.sum() == rich.sum():
                return price
            rich = still

    def pay(self, offer: Offer, number: int) -> Purchase:
        """Charge the supporters of one offer."""
        price = self.price(offer)
        money = self.money[offer.places]
        asked = np.full(len(money), price) if offer.value is None else price * offer.value
        full = money >= asked * (1 - CLOSE)
        left = np.where(full, money - asked, 0.0)
        self.money[offer.places] = np.where(left > self.endowment * CLOSE, left, 0.0)
        return Purchase(
            round=number,
            price=price / self.unit,
            rate=price / offer.scale / (1 if offer.scale == offer.cost else self.unit),
            effective_votes=offer.cost / price,
            paid_in_full=int(offer.weight[full].sum()),
            paid_their_rest=int(offer.weight[~full & (money > 0)].sum()),
        )

    def shortfall(self, project: int) -> Shortfall:
        """What a loser lacked at the end of the purchases."""
        position = self.position_of.get(project)
        cost = float(self.election.projects[project].cost)
        if position is None:
            return Shortfall(0.0, cost, None, 0.0)
        offer = self.market.offers[position]
        money = total(offer.weight, self.money[offer.places])
        missing = max(0.0, offer.cost - money)
        votes = ceil(missing / self.endowment * (1 - CLOSE)) if self.endowment else None
        return Shortfall(money / self.unit, missing / self.unit, votes, min(money, offer.cost) / self.unit)


def votes_to_beat(account: Account, offer: Offer, rate: float, *, wins_ties: bool) -> int | None:
    """How many more ballots for this offer alone would have it bought before another that is bought at this rate."""
    price = rate * offer.scale
    money = account.money[offer.places]
    collected = total(offer.weight, np.minimum(money, price if offer.value is None else price * offer.value))
    each = min(account.endowment, price)
    if not each:
        return None
    votes = (offer.cost - collected) / each
    if abs(votes - round(votes)) < CLOSE * max(1.0, votes):
        return round(votes) + (not wins_ties)
    return ceil(votes)


def cost_to_beat(account: Account, offer: Offer, rate: float, *, wins_ties: bool) -> float:
    """The cost below which supporters would have bought the offer before another that is bought at this rate."""
    money = account.money[offer.places]
    ceiling = money if offer.value is None else money / offer.value
    if offer.scale != offer.cost:
        return total(offer.weight, np.minimum(money, rate if offer.value is None else rate * offer.value))
    lift = rate * float(offer.worth[money > 0].sum())
    if lift <= 1 + CLOSE:
        # With cost utility so few supporters can at best draw level, as long as all of them can pay.
        return float(ceiling[money > 0].min()) / rate if wins_ties and lift >= 1 - CLOSE else 0.0
    cost = float(offer.cost)
    while True:
        rich = ceiling > rate * cost
        poor, worth = total(offer.weight[~rich], money[~rich]), float(offer.worth[rich].sum())
        lower = poor / (1 - rate * worth) if rate * worth < 1 else cost
        if lower >= cost * (1 - CLOSE):
            return min(cost, lower)
        cost = lower
