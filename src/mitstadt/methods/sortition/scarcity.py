"""Before invitations are sent: of whom the pool has hardly enough, and whom to invite more of."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.relaxation import fair_shares

# In a cell where everyone is drawn with at least this probability, a few withdrawals can make the quotas infeasible.
NEARLY_EMPTY = 0.5
_MOST_CELLS = 40


@dataclass(frozen=True)
class ScarceCell:
    """People with one or two features who are hardly enough.

    Parameters
    ----------
    features : tuple of (category, feature)
    in_pool : int
        People who have them all.
    needed : float
        How many of them the fairest panel takes on average.
    invite : int
        How many more would bring their chance below one half.
    """

    features: tuple[tuple[str, str], ...]
    in_pool: int
    needed: float
    invite: int

    def sentence(self) -> str:
        """The warning in words."""
        who = " and ".join(f"{category} “{feature}”" for category, feature in self.features)
        return (
            f"Nearly empty: {who}. The pool has {self.in_pool}, a panel takes {self.needed:.1f}; "
            f"invite {self.invite} more."
        )


def scarce_cells(problem: Problem) -> tuple[ScarceCell, ...]:
    """Features, and pairs of features, of which the pool has hardly enough.

    A pair is named only where neither of its features is named already.

    Parameters
    ----------
    problem : Problem
        With at least one panel.
    """
    taken = fair_shares(problem).probability * problem.people
    quotas = len(problem.quotas)
    in_pool = problem.totals(problem.people)[:quotas]
    drawn = problem.totals(taken)[:quotas]
    single = [row for row in range(quotas) if _scarce(drawn[row], in_pool[row])]
    cells = [_cell(problem, (row,), in_pool[row], drawn[row]) for row in single]
    cells += _pairs(problem, taken, frozenset(single))
    return tuple(cells)


def _scarce(drawn: float, in_pool: float) -> bool:
    return drawn > 1e-6 and drawn >= NEARLY_EMPTY * in_pool


def _pairs(problem: Problem, taken: Reals, single: frozenset[int]) -> list[ScarceCell]:
    quotas = len(problem.quotas)
    columns = problem.rows.shape[1] - 2
    found: list[tuple[float, ScarceCell]] = []
    for left, right in combinations(range(columns), 2):
        key = problem.rows[:, left] * quotas + problem.rows[:, right]
        cells, place = np.unique(key, return_inverse=True)
        in_pool = np.bincount(place, weights=problem.people)
        drawn = np.bincount(place, weights=taken)
        for cell in np.flatnonzero((drawn > 0.5) & (drawn >= NEARLY_EMPTY * in_pool)):
            rows = divmod(int(cells[cell]), quotas)
            if not single.intersection(rows):
                found.append((-float(drawn[cell]), _cell(problem, rows, in_pool[cell], drawn[cell])))
    found.sort(key=lambda item: (item[0], item[1].features))
    return [cell for _, cell in found[:_MOST_CELLS]]


def _cell(problem: Problem, rows: tuple[int, ...], in_pool: float, drawn: float) -> ScarceCell:
    wanted = int(np.ceil(drawn / NEARLY_EMPTY)) + 1 - int(in_pool)
    return ScarceCell(tuple(problem.quotas[row].key for row in rows), int(in_pool), float(drawn), max(wanted, 1))
