"""Is there any panel? If not: the smallest set of quotas in conflict, and the least change that helps."""

from dataclasses import dataclass

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Flags, Indices, Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.mixing import any_panel
from mitstadt.methods.sortition.pricing import bounds_of
from mitstadt.methods.sortition.programs import INFINITY, Program, Solver, dense_matrix, lean_solver, unit_matrix

# The search for the smallest conflict ends after so many panels, or proofs that a set of limits is the smallest.
_MAX_PANELS = 300
_MAX_PROOFS = 20


@dataclass(frozen=True)
class Limit:
    """One side of a quota: ``bound`` is ``"min"`` or ``"max"``, `in_pool` how many homes could send such a person."""

    category: str
    feature: str
    bound: str
    value: int
    in_pool: int

    def sentence(self) -> str:
        """The limit in words."""
        side = "at least" if self.bound == "min" else "at most"
        return f"{self.category} “{self.feature}”: {side} {self.value} ({self.in_pool} in the pool)"


@dataclass(frozen=True)
class Change:
    """A limit that moves: the minimum down or the maximum up."""

    category: str
    feature: str
    bound: str
    old: int
    new: int

    def sentence(self) -> str:
        """The change in words."""
        side = "minimum" if self.bound == "min" else "maximum"
        verb = "lower" if self.bound == "min" else "raise"
        return f"{verb} the {side} of {self.category} “{self.feature}” from {self.old} to {self.new}"


@dataclass(frozen=True)
class Conflict:
    """Why no panel exists.

    Parameters
    ----------
    limits : tuple of Limit
        No panel keeps all of these; leaving any one out helps.
    smallest : bool
        Whether no smaller set of limits is in conflict.
    changes : tuple of Change
        The least total change, in places, after which a panel exists.
    """

    limits: tuple[Limit, ...]
    smallest: bool
    changes: tuple[Change, ...]

    @property
    def cost(self) -> int:
        """Places by which the limits move in all."""
        return sum(abs(change.new - change.old) for change in self.changes)

    def sentences(self, size: int) -> tuple[str, ...]:
        """The conflict in words."""
        if not self.limits:
            return (f"No panel of {size} exists: there are fewer households than places.",)
        listed = "; ".join(limit.sentence() for limit in self.limits)
        first = f"No panel of {size} people keeps all quotas. "
        if len(self.limits) == 1:
            first += f"One quota alone cannot be kept: {listed}."
        else:
            first += f"These {len(self.limits)} cannot be kept together: {listed}."
        if not self.changes:
            return (first,)
        change = "; ".join(change.sentence() for change in self.changes)
        return first, f"The least change that helps: {change}."


def require_feasible(problem: Problem) -> None:
    """Return quietly where a panel exists.

    Raises
    ------
    MethodError
        ``infeasible``, with the conflict in words and as parameters.
    """
    conflict = find_conflict(problem)
    if conflict is not None:
        sentence = " ".join(conflict.sentences(problem.size))
        raise MethodError("infeasible", sentence, conflict=conflict.limits, changes=conflict.changes)


def find_conflict(problem: Problem) -> Conflict | None:
    """None where a panel exists, else why there is none."""
    if any_panel(problem, bounds_of(problem)) is not None:
        return None
    elastic = _Elastic(problem, whole=False)
    everything = np.ones(elastic.limit_count, dtype=bool)
    if elastic.violated(everything) is not None:
        # Fractional panels would do: only whole people are in conflict.
        elastic = _Elastic(problem, whole=True)
    if elastic.violated(np.zeros(elastic.limit_count, dtype=bool)) is None:
        return Conflict((), True, ())
    chosen, smallest = _smallest_conflict(elastic)
    return Conflict(
        tuple(_limit(problem, elastic, int(limit)) for limit in np.flatnonzero(chosen)),
        smallest,
        _least_changes(problem),
    )


class _Elastic:
    """The rules with a price on every broken limit; limits can be made hard."""

    def __init__(self, problem: Problem, *, whole: bool) -> None:
        quotas, classes = len(problem.quotas), problem.class_count
        reachable = _reachable(problem)
        lower, upper = problem.row_lower[:quotas], problem.row_upper[:quotas]
        low = np.flatnonzero(lower > 0)
        high = np.flatnonzero(upper < np.minimum(reachable, problem.size))
        self.row: Indices = np.concatenate([low, high])
        self.is_minimum: Flags = np.arange(len(self.row)) < len(low)
        self.limit_count = len(self.row)
        self._whole, self._classes = whole, classes
        self._most = np.where(self.is_minimum, problem.row_lower[self.row], float(problem.size))
        self._solver = self._load(problem)

    def _load(self, problem: Problem) -> Solver:
        rows = problem.rows.shape[1]
        broken = np.full((self.limit_count, rows), -1, dtype=np.int64)
        broken[:, 0] = self.row
        matrix = unit_matrix(np.vstack([problem.rows, broken]), len(problem.row_lower))
        matrix.value[len(matrix.value) - self.limit_count :] = np.where(self.is_minimum, 1.0, -1.0)
        solver = lean_solver(mip_abs_gap=0.99) if self._whole else Solver(presolve="off")
        return Program(
            matrix,
            np.concatenate([np.zeros(self._classes), np.full(self.limit_count, -1.0)]),
            problem.row_lower,
            problem.row_upper,
            np.zeros(matrix.column_count),
            np.concatenate([problem.cap, self._most]),
            integers=self._classes if self._whole else 0,
        ).load(solver)

    def violated(self, hard: Flags) -> Flags | None:
        """The limits broken by a panel that keeps the hard ones and breaks little else; None where there is none."""
        columns = np.arange(self._classes, self._classes + self.limit_count, dtype=np.int32)
        upper = np.where(hard, 0.0, self._most)
        self._solver.changeColsBounds(len(columns), columns, np.zeros(len(columns)), upper)
        self._solver.run()
        if not self._solver.solved:
            return None
        broken: Flags = self._solver.point[self._classes :] > 1e-6
        return broken

    def broken_places(self) -> Reals:
        """By how much the last panel breaks each limit."""
        return self._solver.point[self._classes :]


def _reachable(problem: Problem) -> Reals:
    """How many homes could send a person with each feature."""
    return problem.totals(problem.cap)[: len(problem.quotas)]


def _smallest_conflict(elastic: _Elastic) -> tuple[Flags, bool]:
    """Implicit hitting sets: every set of limits that some panel breaks must be hit by every conflict.

    Source: A. Ignatiev and others, Smallest MUS extraction with minimal hitting set dualization, CP 2015.
    """
    to_hit: list[Flags] = []
    guess = np.ones(elastic.limit_count, dtype=bool)
    for _ in range(_MAX_PROOFS):
        guess = _gather(elastic, to_hit, guess)
        if len(to_hit) >= _MAX_PANELS:
            break
        hard = _smallest_hitting_set(to_hit, elastic.limit_count)
        if hard.sum() == guess.sum():
            return guess, True
        broken = elastic.violated(hard)
        if broken is None:
            return hard, True
        to_hit.append(broken)
    return _shrunk(elastic, guess), False


def _gather(elastic: _Elastic, to_hit: list[Flags], conflict: Flags) -> Flags:
    """Add what panels break until a quick guess is a conflict; the smaller of it and the one known before."""
    while len(to_hit) < _MAX_PANELS:
        guess = _quick_hitting_set(to_hit, elastic.limit_count)
        broken = elastic.violated(guess)
        if broken is None:
            return guess if guess.sum() < conflict.sum() else conflict
        to_hit.append(broken)
    return conflict


def _quick_hitting_set(sets: list[Flags], count: int) -> Flags:
    """Again and again the limit that hits most of the sets not hit yet."""
    chosen = np.zeros(count, dtype=bool)
    left = np.array(sets, dtype=bool).reshape(len(sets), count)
    while len(left):
        limit = int(np.argmax(left.sum(axis=0)))
        chosen[limit] = True
        left = left[~left[:, limit]]
    return chosen


def _smallest_hitting_set(sets: list[Flags], count: int) -> Flags:
    if not sets:
        return np.zeros(count, dtype=bool)
    matrix = np.array(sets, dtype=float)
    solver = Program(
        dense_matrix(matrix),
        np.full(count, -1.0),
        np.ones(len(sets)),
        np.full(len(sets), INFINITY),
        np.zeros(count),
        np.ones(count),
        integers=count,
    ).load(lean_solver(mip_abs_gap=0.99))
    solver.run()
    return solver.point > 0.5


def _shrunk(elastic: _Elastic, conflict: Flags) -> Flags:
    """Leave out one limit after the other while the rest stays in conflict."""
    hard = conflict.copy()
    for limit in np.flatnonzero(conflict):
        hard[limit] = False
        if elastic.violated(hard) is not None:
            hard[limit] = True
    return hard


def _limit(problem: Problem, elastic: _Elastic, limit: int) -> Limit:
    row = int(elastic.row[limit])
    quota = problem.quotas[row]
    minimum = bool(elastic.is_minimum[limit])
    value = quota.minimum if minimum else quota.maximum
    return Limit(quota.category, quota.feature, "min" if minimum else "max", value, int(_reachable(problem)[row]))


def _least_changes(problem: Problem) -> tuple[Change, ...]:
    """The cheapest relaxation, proved with whole people."""
    elastic = _Elastic(problem, whole=True)
    if elastic.violated(np.zeros(elastic.limit_count, dtype=bool)) is None:
        return ()
    places = np.round(elastic.broken_places()).astype(int)
    changes = []
    for limit in np.flatnonzero(places):
        quota = problem.quotas[elastic.row[limit]]
        moved = int(places[limit])
        if elastic.is_minimum[limit]:
            changes.append(Change(quota.category, quota.feature, "min", quota.minimum, quota.minimum - moved))
        else:
            changes.append(Change(quota.category, quota.feature, "max", quota.maximum, quota.maximum + moved))
    return tuple(changes)
