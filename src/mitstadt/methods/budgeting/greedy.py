"""Greedy counting: projects in order of votes, votes per cost or points, each taken if it still fits."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mitstadt.methods.budgeting.election import Election


def greedy(election: Election, *, utility: str, order: Sequence[int]) -> tuple[int, ...]:
    """Winners by the rule that most cities use today.

    Parameters
    ----------
    election : Election
    utility : str
        ``"cost"``: by votes (maximises cost-weighted approval per cost). ``"cardinality"``: by votes per cost.
        ``"additive"``: by points.
    order : sequence of int
        All projects as ties prefer them.

    Returns
    -------
    tuple of int
        In the order in which they were taken. Projects that do not fit are skipped.
    """
    return fill(election, ranked(election, utility=utility, order=order), taken=())


def ranked(election: Election, *, utility: str, order: Sequence[int]) -> list[int]:
    """All projects, the most preferred first."""
    amounts = (election.scores if utility == "additive" else election.votes).tolist()
    if utility != "cardinality":
        return sorted(order, key=lambda p: -amounts[p])
    costs = election.costs

    def per_cost(project: int) -> tuple[bool, Fraction]:
        if costs[project] == 0 and amounts[project] > 0:
            return (False, Fraction(0))
        return (True, -Fraction(amounts[project], costs[project] or 1))

    return sorted(order, key=per_cost)


def fill(election: Election, ranking: Iterable[int], *, taken: Sequence[int]) -> tuple[int, ...]:
    """Those of the ranking that fit into what ``taken`` leaves of the budget, one after the other."""
    left = int(election.budget * election.money_unit) - sum(election.costs[p] for p in taken)
    already = set(taken)
    chosen = []
    for project in ranking:
        if project not in already and election.costs[project] <= left:
            chosen.append(project)
            left -= election.costs[project]
    return tuple(chosen)
