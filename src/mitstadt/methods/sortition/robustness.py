"""What a draw is worth beyond its objective: who gains by a false answer, and what the panel looks like elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.solution import Solution
from mitstadt.methods.sortition.targets import target_of

_EXACT = 5
_MOST_CELLS = 30


@dataclass(frozen=True)
class Misreport:
    """One person of a class claims another feature.

    Parameters
    ----------
    features : tuple of (category, feature)
        True features.
    category, claimed : str
    honest, dishonest : float
        Probability of being drawn with the true and with the false answer.
    """

    features: tuple[tuple[str, str], ...]
    category: str
    claimed: str
    honest: float
    dishonest: float

    @property
    def gain(self) -> float:
        """What the false answer is worth."""
        return self.dishonest - self.honest


@dataclass(frozen=True)
class CellRepresentation:
    """How many of a panel are expected from a group without a quota of its own, and how many mirror the pool."""

    features: tuple[tuple[str, str], ...]
    in_pool: int
    expected: float
    proportional: float


def misreports(solution: Solution, *, exact: int = _EXACT) -> tuple[Misreport, ...]:
    """The false answers that gain most, computed anew with the changed pool for the relaxed optimum.

    All changes of one answer by one person are ranked by the probability that the claimed class has now; the `exact`
    first are solved anew. Households are left as they are: only classes of people who live alone are looked at.
    """
    problem, objective = solution.problem, solution.objective
    place = {tuple(int(row) for row in rows[:-1]): t for t, rows in enumerate(problem.rows) if rows[-1] < 0}
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, quota in enumerate(problem.quotas):
        rows_of[quota.category].append(row)
    ranked: list[tuple[float, int, int, int]] = []
    for own, class_ in place.items():
        for column, row in enumerate(own[:-1]):
            for other in rows_of[problem.quotas[row].category]:
                claimed = place.get((*own[:column], other, *own[column + 1 :]))
                if other != row and claimed is not None:
                    ranked.append((float(solution.target[class_] - solution.target[claimed]), class_, claimed, other))
    ranked.sort()
    aim = "leximin" if objective in {"legacy", "maximin"} else objective
    return tuple(_solved(problem, aim, entry, solution.target) for entry in ranked[:exact])


def _solved(problem: Problem, objective: str, entry: tuple[float, int, int, int], target: Reals) -> Misreport:
    _, class_, claimed, row = entry
    people, cap = problem.people.copy(), problem.cap.copy()
    for changed, by in ((class_, -1.0), (claimed, 1.0)):
        people[changed] += by
        cap[changed] += by
    # An emptied class keeps a person of no weight, so that shapes stay as they are.
    gone = people <= 0
    moved = replace(problem, people=np.where(gone, 1.0, people), cap=np.where(gone, 1.0, cap))
    if gone.any():
        moved = _without_class(moved, int(class_))
    probability = target_of(objective, moved).counts / moved.people
    place = claimed - int(gone.any() and claimed > class_)
    quota = problem.quotas[row]
    return Misreport(
        tuple(problem.features_of(class_).items()),
        quota.category,
        quota.feature,
        float(target[class_]),
        float(probability[place]),
    )


def _without_class(problem: Problem, class_: int) -> Problem:
    keep = np.arange(problem.class_count) != class_
    return replace(problem, people=problem.people[keep], cap=problem.cap[keep], rows=problem.rows[keep])


def representation(solution: Solution) -> tuple[CellRepresentation, ...]:
    """Expected members from columns without quotas, and from the pairs of features that differ most from the pool."""
    pool = solution.pool
    columns = list(zip(*pool.features, strict=True))
    named = list(pool.categories)
    cells: list[CellRepresentation] = []
    for place, category in enumerate(pool.extra_categories):
        values = [extra[place] for extra in pool.extras]
        if len(set(values)) <= 50:
            cells += _cells(solution, [((category, value),) for value in values])
    pairs: list[CellRepresentation] = []
    for left, right in combinations(range(len(named)), 2):
        keys = [((named[left], a), (named[right], b)) for a, b in zip(columns[left], columns[right], strict=True)]
        pairs += _cells(solution, keys)
    pairs.sort(key=lambda cell: (-abs(cell.expected - cell.proportional), cell.features))
    return tuple(cells + pairs[:_MOST_CELLS])


def _cells(solution: Solution, keys: Sequence[tuple[tuple[str, str], ...]]) -> list[CellRepresentation]:
    count = Counter(keys)
    expected: dict[tuple[tuple[str, str], ...], float] = defaultdict(float)
    for person, key in zip(solution.pool.ids, keys, strict=True):
        expected[key] += solution.probabilities[person]
    share = solution.problem.size / len(solution.pool)
    return [CellRepresentation(key, count[key], expected[key], count[key] * share) for key in sorted(count)]
