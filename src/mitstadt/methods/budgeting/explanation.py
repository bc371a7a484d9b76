"""Why a project won or lost, in figures that the web and the command line turn into words."""

from dataclasses import dataclass, replace
from fractions import Fraction

from mitstadt.methods.budgeting.account import Account, Purchase, Shortfall, cost_to_beat, votes_to_beat
from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.greedy import ranked
from mitstadt.methods.budgeting.outcome import Outcome


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
    own = account.position_of[project]
    offer = account.market.offers[own]
    votes, cost = found.shortfall.more_votes, found.shortfall.at_cost * account.unit
    for number, winner in enumerate(account.paid_for(), start=1):
        position = account.position_of[winner]
        rival = account.market.offers[position]
        rate = account.price(rival) / rival.scale
        votes = _fewer(votes, votes_to_beat(account, offer, rate, wins_ties=own < position))
        cost = max(cost, min(offer.cost, cost_to_beat(account, offer, rate, wins_ties=own < position)))
        account.pay(rival, number)
    return replace(found, shortfall=replace(found.shortfall, more_votes=votes, at_cost=cost / account.unit))


def _fewer(one: int | None, other: int | None) -> int | None:
    return min((n for n in (one, other) if n is not None), default=None)


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
    stages = set(outcome.stage_of.values())
    # Where nothing was funded at all, everybody's share is left whole.
    if outcome.ladder is not None and ("equal shares" in stages or not stages):
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


def _ballot(
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
