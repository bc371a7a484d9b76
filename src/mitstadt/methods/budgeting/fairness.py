"""How fair an outcome is: who has a project and who has none, and whether a large enough group was passed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Election, Trait
from mitstadt.methods.budgeting.equal_shares.market import FloatArray, Market, Offer, market_of, total
from mitstadt.methods.budgeting.outcome import Outcome
from mitstadt.methods.budgeting.support import supported

SMALLEST_CELL = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of voters.

    Attributes
    ----------
    voters : int
    with_a_project : float
        Share of them who support at least one winner.
    """

    voters: int
    with_a_project: float


@dataclass(frozen=True, slots=True)
class Violation:
    """A group that all supported one project, could have paid for it and more, and got too little.

    Attributes
    ----------
    project : str
        The project that all of them supported and that was not funded.
    voters : int
        Size of the group.
    entitled_to : float
        Their share of the budget in currency units.
    best_off : float
        Cost of the winners that the best-off of them supports; with the project added it is still less than the share.
    """

    project: str
    voters: int
    entitled_to: float
    best_off: float


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures of one outcome.

    Attributes
    ----------
    exclusion_ratio : float
        Share of voters who support no winner.
    with_a_project : float
        Share who support at least one.
    mean_winners : float
        Winners that a voter supports on average.
    mean_spending_share : float
        Share of the spending that goes to projects a voter supports, on average.
    gini : float
        Inequality of the cost of supported winners among voters: 0 equal, near 1 very unequal.
    budget_used : float
        Share of the budget.
    ejr_plus_violations : int
        Projects with a group passed over, see `Violation`.
    ejr_plus_witness : Violation or None
        The clearest of them.
    by_trait : mapping of str to mapping of str to Cell
        Per area and group of voters; groups smaller than ``SMALLEST_CELL`` are left out, and a second one where the
        first could be worked out from the rest.
    spending_by : mapping of str to mapping of str to float
        Currency units by what the file says about projects: district, category …
    """

    exclusion_ratio: float
    with_a_project: float
    mean_winners: float
    mean_spending_share: float
    gini: float
    budget_used: float
    ejr_plus_violations: int
    ejr_plus_witness: Violation | None
    by_trait: Mapping[str, Mapping[str, Cell]]
    spending_by: Mapping[str, Mapping[str, float]]


def measure(outcome: Outcome) -> Measures:
    """Fairness figures of an outcome.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    Measures
    """
    election = outcome.election
    weight = election.ballots.multiplicity.astype(np.float64)
    voters = float(election.ballots.count)
    number = supported(election, outcome.winners)
    money = supported(election, outcome.winners, by_cost=True)
    spent = float(outcome.cost * election.money_unit)
    happy = float(weight[number > 0].sum()) / voters
    violations = ejr_plus_violations(election, outcome.winners, market=outcome.market)
    return Measures(
        exclusion_ratio=1 - happy,
        with_a_project=happy,
        mean_winners=total(weight, number) / voters,
        mean_spending_share=total(weight, money) / voters / spent if spent else 0.0,
        gini=_gini(money, weight),
        budget_used=float(outcome.cost / election.budget),
        ejr_plus_violations=len(violations),
        ejr_plus_witness=max(violations, key=lambda v: v.voters, default=None),
        by_trait={name: _cells(election, trait, number > 0) for name, trait in election.traits.items()},
        spending_by=_spending(outcome),
    )


def _gini(amount: FloatArray, weight: FloatArray) -> float:
    order = np.argsort(amount)
    amount, weight = amount[order], weight[order]
    together = total(weight, amount)
    if together == 0:
        return 0.0
    below = np.cumsum(weight) - weight / 2
    return 2 * total(weight * below, amount) / (float(weight.sum()) * together) - 1


def _cells(election: Election, trait: Trait, happy: npt.NDArray[np.bool_]) -> Mapping[str, Cell]:
    of_ballot = happy[election.ballots.group_of]
    voters = np.bincount(trait.code_of, minlength=len(trait.labels))
    with_one = np.bincount(trait.code_of[of_ballot], minlength=len(trait.labels))
    hidden = {code for code, n in enumerate(voters.tolist()) if n < SMALLEST_CELL}
    if len(hidden) == 1 and len(voters) > 1:
        # One hidden cell alone could be worked out from the total, so the next smallest goes with it.
        hidden.add(min((c for c in range(len(voters)) if c not in hidden), key=lambda c: int(voters[c])))
    shown = [c for c in np.argsort(np.array(trait.labels)).tolist() if c not in hidden]
    return {trait.labels[c]: Cell(int(voters[c]), float(with_one[c] / voters[c])) for c in shown}


def _spending(outcome: Outcome) -> Mapping[str, Mapping[str, float]]:
    result: dict[str, dict[str, float]] = {}
    for column in ("district", "neighborhood", "subunit", "category"):
        for index in outcome.winners:
            project = outcome.election.projects[index]
            label = project.attribute(column)
            if label:
                cell = result.setdefault(column, {})
                cell[label] = cell.get(label, 0.0) + float(project.cost)
    return result


def ejr_plus_violations(
    election: Election, winners: Sequence[int], *, market: Market | None = None
) -> tuple[Violation, ...]:
    """Groups that were passed over: extended justified representation, strengthened and up to one project.

    A project that lost is a violation if some ``t`` of its supporters, each of whom supports winners worth ``u`` or
    less, are entitled to more than ``u`` plus its cost: ``t * budget / voters > u + cost``. Brill, Peters: "Robust and
    Verifiable Proportionality Axioms for Multiwinner Voting", EC 2023, section 3, with costs. Equal shares with cost
    utility has none.

    Parameters
    ----------
    election : Election
    winners : sequence of int
    market : Market, optional
        Of this election with any utility, where one is at hand.

    Returns
    -------
    tuple of Violation
        One for each project, with the largest group that shows it.
    """
    market = market or market_of(election, utility="cost", order=range(len(election.projects)))
    enjoyed = supported(election, winners, by_cost=True)
    won = set(winners)
    found = (_passed_over(election, offer, enjoyed) for offer in market.offers if offer.project not in won)
    return tuple(violation for violation in found if violation)


def _passed_over(election: Election, offer: Offer, enjoyed: FloatArray) -> Violation | None:
    """The largest group: start with all supporters, send home who has enough for the share of those who stay."""
    budget, voters, unit = int(election.budget * election.money_unit), election.ballots.count, election.money_unit
    people, weight, own = offer.supporters, offer.weight, None
    while people:
        # Whole numbers below this are less than the share of so many people without the project's cost.
        enough = -((offer.cost * voters - people * budget) // voters)
        if enough <= 0:
            return None
        own = enjoyed[offer.places] if own is None else own
        stay = own < enough
        if stay.all():
            return Violation(
                project=election.projects[offer.project].id,
                voters=people,
                entitled_to=float(Fraction(people * budget, voters * unit)),
                best_off=float(own.max()) / unit,
            )
        own, weight = own[stay], weight[stay]
        people = int(weight.sum())
    return None
