"""Fair shares over the linear relaxation: the target of a draw, and a bound that no draw can beat.

Every mixture of panels has, in expectation, class counts that keep all quotas. The most equal such counts therefore
bound what any lottery can reach; where a lottery reaches them it is optimal, and no integer program had to prove it.
"""

from dataclasses import dataclass

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Flags, Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.programs import INFINITY, Matrix, Program, Solver, beside, unit_matrix

_TIGHT = 1e-9


@dataclass(frozen=True)
class Levels:
    """Leximin over the relaxation: each class's probability, and the levels from the lowest up."""

    probability: Reals
    levels: tuple[float, ...]


class _Stages:
    """Raise the lowest probability, fix the classes that cannot rise with it, and go on with the others.

    The counts of a class are written ``people * level + spare``, so that the only rows are those of the problem and
    the few caps that are in the way.
    """

    def __init__(self, problem: Problem, cap: Reals) -> None:
        self._problem, self._cap = problem, cap
        self._free: Flags = np.ones(problem.class_count, dtype=bool)
        self._level = np.zeros(problem.class_count)
        self._slack = 1e-10
        self._capped: list[int] = []

    def run(self, *, stages: int | None) -> Levels:
        found: list[float] = []
        while self._free.any() and (stages is None or len(found) < stages):
            found.append(self._stage())
        self._level[self._free] = found[-1]
        return Levels(self._level, tuple(found))

    def first_prices(self) -> tuple[Reals, Reals]:
        """Duals of the first stage: of the rows, and of the caps as a weight per person."""
        solver = self._solve()
        if solver is None:
            raise MethodError("relaxation_failed", "The linear program of fair shares could not be solved.")
        solution = solver.getSolution()
        duals = np.array(solution.row_dual)
        problem = self._problem
        extra = np.zeros(problem.class_count)
        extra[self._capped] += duals[len(problem.row_lower) :]
        extra += np.append(duals[: len(problem.row_lower)], 0.0)[problem.rows[:, -1]]
        at_top = int(np.argmin(self._cap / problem.people))
        extra[at_top] += max(float(solution.col_dual[-1]), 0.0) / problem.people[at_top]
        return duals[: len(problem.row_lower)], np.maximum(extra, 0.0)

    def _stage(self) -> float:
        solver = self._solve()
        while solver is None:
            self._slack *= 10
            if self._slack > 1e-5:
                raise MethodError("relaxation_failed", "The linear program of fair shares could not be solved.")
            solver = self._solve()
        solution = solver.getSolution()
        level = float(solution.col_value[-1])
        spare = np.array(solution.col_value[:-1])
        pressed = self._free & (np.array(solution.col_dual[:-1]) < -_TIGHT)
        pressed |= self._free & (self._cap <= level * self._problem.people + _TIGHT)
        if not pressed.any():
            pressed = self._free & (spare <= _TIGHT)
        if not pressed.any():
            pressed = self._free.copy()
        self._level[pressed] = level
        self._free &= ~pressed
        return level

    def _solve(self) -> Solver | None:
        """Solve the stage; caps enter only once they are seen to be in the way."""
        solver = self._load()
        while True:
            solver.run()
            if not solver.solved:
                return None
            point = solver.point
            counts = point[:-1] + np.where(self._free, self._problem.people * point[-1], 0.0)
            over = self._free & (counts > self._cap + _TIGHT)
            over[self._capped] = False
            fresh = np.flatnonzero(over)
            if not len(fresh):
                return solver
            for class_ in fresh:
                self._add_cap(solver, int(class_))

    def _add_cap(self, solver: Solver, class_: int) -> None:
        self._capped.append(class_)
        entries = np.array([class_, self._problem.class_count], dtype=np.int32)
        values = np.array([1.0, self._problem.people[class_]])
        solver.addRow(-INFINITY, float(self._cap[class_]), 2, entries, values)

    def _load(self) -> Solver:
        problem, free, people = self._problem, self._free, self._problem.people
        fixed = np.where(free, 0.0, np.maximum(0.0, people * (self._level - self._slack)))
        done = problem.totals(fixed)
        rising = problem.totals(np.where(free, people, 0.0))
        rows = np.flatnonzero(rising)
        level_column = Matrix(np.array([0, len(rows)]), rows, rising[rows], len(rising))
        matrix = beside(unit_matrix(problem.rows, len(rising)), level_column)
        highest = float(np.min((self._cap / people)[free]))
        solver = Program(
            matrix,
            np.append(np.zeros(problem.class_count), 1.0),
            problem.row_lower - done,
            problem.row_upper - done,
            np.zeros(problem.class_count + 1),
            np.append(np.maximum(0.0, self._cap - fixed), highest),
        ).load(Solver(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10))
        kept, self._capped = [c for c in self._capped if free[c]], []
        for class_ in kept:
            self._add_cap(solver, class_)
        return solver


def fair_shares(problem: Problem, *, highest: float = 1.0, stages: int | None = None) -> Levels:
    """The leximin probabilities over the relaxation, none above `highest`.

    Parameters
    ----------
    stages : int, optional
        Stop after so many levels; one gives the maximin bound alone.

    Raises
    ------
    MethodError
        ``relaxation_failed`` where the quotas are infeasible even for fractional panels.
    """
    cap = np.minimum(problem.cap, highest * problem.people)
    return _Stages(problem, cap).run(stages=stages)


def maximin_prices(problem: Problem) -> tuple[Reals, Reals]:
    """Dual prices of the rows at the maximin optimum, and each class's weight per person beyond them.

    Returns
    -------
    rows : Reals, shape (r,)
    extra : Reals, shape (t,)
    """
    return _Stages(problem, problem.cap).first_prices()


def maximin_bound(problem: Problem) -> float:
    """No lottery gives everyone more than this probability."""
    return fair_shares(problem, stages=1).levels[0]
