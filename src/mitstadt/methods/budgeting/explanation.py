"""Why a project won or lost, in figures that the web and the command line turn into words."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import numpy as np

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer
from mitstadt.methods.budgeting.greedy import ranked
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
        At this cost or less it would have been bought, everything else the same.
    """

    money_left: float
    missing: float
    more_votes: int | None
    at_cost: float


@dataclass(frozen=True, slots=True)
class ProjectExplanation:
    """The fate of one project.

    Attributes
    ----------
    project : str
    cost : Fraction
    votes : int
    won : bool
    place : int or None
        Place among the winners, counted from 1.
    stage : str
        The step that brought it in: ``"equal shares"``, ``"greedy"``, ``"utilitarian"`` …; empty for losers.
    purchase : Purchase or None
        For projects that supporters paid for.
    shortfall : Shortfall or None
        For losers.
    """

    project: str
    cost: Fraction
    votes: int
    won: bool
    place: int | None
    stage: str
    purchase: Purchase | None = None
    shortfall: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one voter's share paid for.

    Attributes
    ----------
    project : str
    paid : float
        Currency units.
    """

    project: str
    paid: float


@dataclass(frozen=True, slots=True)
class BallotExplanation:
    """What became of one ballot.

    Attributes
    ----------
    ballot : int
        Place in the file, counted from 1.
    supported : tuple of str
        Projects on the ballot.
    funded : tuple of str
        Those of them that won.
    shares : tuple of Share
        What this voter's share paid, in order of purchase.
    left : float
        Currency units of the share that nothing was found for.
    """

    ballot: int
    supported: tuple[str, ...]
    funded: tuple[str, ...]
    shares: tuple[Share, ...]
    left: float


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
            poor = float(offer.weight[~rich] @ money[~rich])
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
        money = float(offer.weight @ self.money[offer.places])
        missing = max(0.0, offer.cost - money)
        votes = ceil(missing / self.endowment * (1 - CLOSE)) if self.endowment else None
        return Shortfall(money / self.unit, missing / self.unit, votes, min(money, offer.cost) / self.unit)


def explain(outcome: Outcome) -> tuple[ProjectExplanation, ...]:
    """Why each project won or lost.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    tuple of ProjectExplanation
        In the order of the file. For equal shares the shortfall of losers is what would certainly have been enough;
        `explain_project` finds the least.
    """
    basic = [_basic(outcome, project) for project in range(len(outcome.election.projects))]
    if outcome.rule == "equal-shares" and "preferred" not in "".join(set(outcome.stage_of.values())):
        return _with_account(outcome, basic)
    return _with_ranking(outcome, basic)


def _basic(outcome: Outcome, project: int) -> ProjectExplanation:
    election = outcome.election
    place = outcome.winners.index(project) + 1 if project in outcome.stage_of else None
    return ProjectExplanation(
        project=election.projects[project].id,
        cost=election.projects[project].cost,
        votes=int(election.votes[project]),
        won=place is not None,
        place=place,
        stage=outcome.stage_of.get(project, ""),
    )


def _with_account(outcome: Outcome, basic: list[ProjectExplanation]) -> tuple[ProjectExplanation, ...]:
    account = Account(outcome)
    for project, purchase in account.purchases():
        basic[project] = replace(basic[project], purchase=purchase)
    return tuple(e if e.won else replace(e, shortfall=account.shortfall(project)) for project, e in enumerate(basic))


def _with_ranking(outcome: Outcome, basic: list[ProjectExplanation]) -> tuple[ProjectExplanation, ...]:
    """For the other rules: what the others left of the budget, and for greedy the votes to come early enough."""
    spare = float(outcome.election.budget - outcome.cost)
    explained = []
    for project, e in enumerate(basic):
        if e.won:
            explained.append(e)
            continue
        votes, fits = _greedy_needs(outcome, project) if outcome.rule == "greedy" else (None, spare)
        explained.append(replace(e, shortfall=Shortfall(spare, max(0.0, float(e.cost) - spare), votes, fits)))
    return tuple(explained)


def _greedy_needs(outcome: Outcome, project: int) -> tuple[int | None, float]:
    """More votes with which a loser would have come early enough, and the cost that fitted when its turn came."""
    election = outcome.election
    ranking = ranked(election, utility=outcome.utility, order=outcome.order)
    left, fitting = election.budget, election.budget
    overtake: int | None = None
    before_its_turn = True
    for other in ranking:
        if other == project:
            fitting, before_its_turn = left, False
            break
        if left >= election.projects[project].cost:
            overtake = other
        if other in outcome.stage_of:
            left -= election.projects[other].cost
    if overtake is None or outcome.utility != "cost" or before_its_turn:
        return None, float(fitting)
    rank = {p: place for place, p in enumerate(outcome.order)}
    ahead = int(election.votes[overtake]) - int(election.votes[project])
    return ahead + (rank[project] > rank[overtake]), float(fitting)


def explain_project(outcome: Outcome, project: int) -> ProjectExplanation:
    """Why one project won or lost; for losers of equal shares the least that would have changed it.

    Looks at every round: with how many more ballots for it alone, or at how much lower a cost, it would have been
    bought then, at the same endowment and everything before unchanged. Boehmer, Faliszewski, Janeczko, Peters et al.:
    "Evaluation of Project Performance in Participatory Budgeting", IJCAI 2024.

    Parameters
    ----------
    outcome : Outcome
    project : int
        Index in the election.

    Returns
    -------
    ProjectExplanation
    """
    found = explain(outcome)[project]
    if found.shortfall is None or outcome.rule != "equal-shares" or not found.votes or found.shortfall.missing == 0:
        return found
    account = Account(outcome)
    offer = account.market.offers[account.position_of[project]]
    votes, cost = found.shortfall.more_votes, found.shortfall.at_cost * account.unit
    for number, winner in enumerate(account.paid_for(), start=1):
        rival = account.market.offers[account.position_of[winner]]
        rate = account.price(rival) / rival.scale
        votes = _fewer(votes, _votes_to_beat(account, offer, rate))
        cost = max(cost, _cost_to_beat(account, offer, rate))
        account.pay(rival, number)
    return replace(found, shortfall=replace(found.shortfall, more_votes=votes, at_cost=cost / account.unit))


def _fewer(one: int | None, other: int | None) -> int | None:
    return min((n for n in (one, other) if n is not None), default=None)


def _votes_to_beat(account: Account, offer: Offer, rate: float) -> int | None:
    price = rate * offer.scale
    money = account.money[offer.places]
    collected = float(offer.weight @ np.minimum(money, price if offer.value is None else price * offer.value))
    each = min(account.endowment, price)
    return ceil((offer.cost - collected) / each * (1 - CLOSE)) if each else None


def _cost_to_beat(account: Account, offer: Offer, rate: float) -> float:
    """The largest cost at which supporters could buy the offer at this rate."""
    money = account.money[offer.places]
    ceiling = money if offer.value is None else money / offer.value
    if offer.scale != offer.cost:
        return float(offer.weight @ np.minimum(money, rate if offer.value is None else rate * offer.value))
    cost = float(offer.cost)
    while True:
        rich = ceiling > rate * cost
        poor, worth = float(offer.weight[~rich] @ money[~rich]), float(offer.worth[rich].sum())
        lower = poor / (1 - rate * worth) if rate * worth < 1 else cost
        if lower >= cost * (1 - CLOSE):
            return min(cost, lower)
        cost = lower


def explain_ballots(outcome: Outcome, ballots: list[int]) -> tuple[BallotExplanation, ...]:
    """Which projects of a ballot were funded, and what the voter's share paid for.

    Parameters
    ----------
    outcome : Outcome
    ballots : list of int
        Places in the file, counted from 0.

    Returns
    -------
    tuple of BallotExplanation
    """
    election = outcome.election
    groups = [int(election.ballots.group_of[ballot]) for ballot in ballots]
    shares: dict[int, list[Share]] = {group: [] for group in groups}
    left = dict.fromkeys(groups, 0.0)
    if outcome.ladder is not None and "equal shares" in outcome.stage_of.values():
        _collect_shares(Account(outcome), shares, left)
    return tuple(_ballot(election, outcome, b, g, shares[g], left[g]) for b, g in zip(ballots, groups, strict=True))


def _collect_shares(account: Account, shares: dict[int, list[Share]], left: dict[int, float]) -> None:
    for number, project in enumerate(account.paid_for(), start=1):
        before = {group: float(account.money[group]) for group in shares}
        account.pay(account.market.offers[account.position_of[project]], number)
        for group, had in before.items():
            paid = had - float(account.money[group])
            if paid > 0:
                shares[group].append(Share(account.election.projects[project].id, paid / account.unit))
    for group in shares:
        left[group] = float(account.money[group]) / account.unit


def _ballot(  # noqa: PLR0913 - the parts of one record
    election: Election, outcome: Outcome, ballot: int, group: int, shares: list[Share], left: float
) -> BallotExplanation:
    chosen = election.ballots.chosen_by(group).tolist()
    if election.ballots.points is not None:
        bounds = election.ballots.starts[group : group + 2].tolist()
        points = election.ballots.points[bounds[0] : bounds[1]].tolist()
        chosen = [p for p, point in zip(chosen, points, strict=True) if point > 0]
    return BallotExplanation(
        ballot=ballot + 1,
        supported=tuple(election.projects[p].id for p in chosen),
        funded=tuple(election.projects[p].id for p in chosen if p in outcome.stage_of),
        shares=tuple(shares),
        left=left,
    )
