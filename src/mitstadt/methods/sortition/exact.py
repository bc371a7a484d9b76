"""The optimum over all panels where the relaxation promises more than panels can keep: column generation, certified.

A linear program finds the best mixture of the panels known so far; its prices ask for the panel that would help most;
when an integer program proves that none helps, the mixture is optimal and the last proof is the bound.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mitstadt.methods.sortition.arrays import Flags, Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.decomposition import Mixture
from mitstadt.methods.sortition.mixing import weighted
from mitstadt.methods.sortition.pricing import PanelFinder, bounds_of
from mitstadt.methods.sortition.programs import INFINITY, Program, Solver, dense_matrix

_GAP = 2e-8


class Aim(Protocol):
    """What a master program adds to the counts: further columns, rows over counts and those columns, their worth."""

    def extra(self) -> tuple[Reals, Reals, Reals]:
        """Worth, lower and upper bound of the further columns."""

    def rows(self) -> tuple[Reals, Reals]:
        """Rows ``matrix @ (counts, further columns) >= bound`` as matrix and bound."""

    def refine(self, counts: Reals, further: Reals) -> bool:
        """Add rows where the worth of these counts is still overstated; False where it is exact."""


@dataclass(frozen=True)
class Certified:
    """The best mixture, its value and a bound that no mixture exceeds; prices of the classes in the last program."""

    mixture: Mixture
    value: float
    bound: float
    prices: Reals
    panels: Reals


@dataclass
class Highest:
    """Raise the lowest probability of the free classes; the others keep at least their level."""

    people: Reals
    free: Flags
    level: Reals

    def extra(self) -> tuple[Reals, Reals, Reals]:
        """One column: the lowest probability."""
        return np.ones(1), np.zeros(1), np.ones(1)

    def rows(self) -> tuple[Reals, Reals]:
        """Count at least people times the lowest probability, or the level."""
        matrix = np.hstack([np.eye(len(self.people)), -(self.people * self.free)[:, None]])
        return matrix, np.where(self.free, 0.0, self.people * (self.level - 1e-9))

    def refine(self, counts: Reals, further: Reals) -> bool:
        """Nothing is approximated."""
        del counts, further
        return False


class Logarithms:
    """The mean logarithm of the probabilities, by tangents."""

    def __init__(self, people: Reals, possible: Flags) -> None:
        self._people, self._possible = people, possible
        self._tangents = [(int(t), float(people[t]) * p) for t in np.flatnonzero(possible) for p in (0.02, 0.5)]

    def extra(self) -> tuple[Reals, Reals, Reals]:
        """One column per class: the logarithm of its probability."""
        weight = np.where(self._possible, self._people, 0.0)
        share = weight / weight.sum()
        return share, np.full(len(share), -60.0), np.zeros(len(share))

    def rows(self) -> tuple[Reals, Reals]:
        """log p <= log p0 + (c - c0) / c0."""
        classes = len(self._people)
        matrix = np.zeros((len(self._tangents), 2 * classes))
        bound = np.zeros(len(self._tangents))
        for row, (class_, count) in enumerate(self._tangents):
            matrix[row, class_] = 1.0 / count
            matrix[row, classes + class_] = -1.0
            bound[row] = 1.0 - np.log(count / self._people[class_])
        return matrix, bound

    def refine(self, counts: Reals, further: Reals) -> bool:
        """Touch where the tangents overstate the logarithm."""
        safe = np.maximum(counts, 1e-9)
        over = self._possible & (further - np.log(safe / self._people) > 1e-8)
        self._tangents.extend((int(t), float(safe[t])) for t in np.flatnonzero(over))
        return bool(over.any())


class LowAndHigh:
    """Goldilocks: neither the highest probability far above the average nor the lowest far below."""

    def __init__(self, people: Reals, average: float) -> None:
        self._people, self._average = people, average
        self._tangents = [average / 4, average]

    def extra(self) -> tuple[Reals, Reals, Reals]:
        """Columns: lowest, highest, cost of the lowest."""
        return np.array([0.0, -1.0 / self._average, -1.0]), np.zeros(3), np.array([1.0, 1.0, INFINITY])

    def rows(self) -> tuple[Reals, Reals]:
        """Lowest and highest hold for every class; tangents to the cost of the lowest."""
        classes = len(self._people)
        nothing = np.zeros(classes)
        low = np.column_stack([np.eye(classes), -self._people, nothing, nothing])
        high = np.column_stack([-np.eye(classes), nothing, self._people, nothing])
        touch = np.array(self._tangents)
        cost = np.zeros((len(touch), classes + 3))
        cost[:, classes] = self._average / touch**2
        cost[:, classes + 2] = 1.0
        return np.vstack([low, high, cost]), np.concatenate([nothing, nothing, 2 * self._average / touch])

    def refine(self, counts: Reals, further: Reals) -> bool:
        """Touch at the present lowest probability."""
        del counts
        lowest = max(float(further[0]), 1e-6 * self._average)
        if self._average / lowest - float(further[2]) < 1e-9:
            return False
        self._tangents.append(lowest)
        return True


class _Master:
    def __init__(self, problem: Problem, aim: Aim) -> None:
        self._problem, self._aim = problem, aim
        self.point = np.zeros(0)
        self.prices = np.zeros(problem.class_count)
        self.convexity = 0.0
        self.value = 0.0

    def solve(self, panels: Reals) -> None:
        """Best mixture of these panels, to the precision of the aim."""
        while True:
            self._solve_once(panels)
            count, classes = len(panels), self._problem.class_count
            if not self._aim.refine(self.point[count : count + classes], self.point[count + classes :]):
                return

    def _solve_once(self, panels: Reals) -> None:
        count, classes = len(panels), self._problem.class_count
        worth, lower, upper = self._aim.extra()
        rows, bound = self._aim.rows()
        further = len(worth)
        matrix = np.zeros((classes + 1 + len(rows), count + classes + further))
        matrix[:classes, :count] = panels.T
        matrix[:classes, count : count + classes] = -np.eye(classes)
        matrix[classes, :count] = 1.0
        matrix[classes + 1 :, count:] = rows
        solver = Program(
            dense_matrix(matrix),
            np.concatenate([np.zeros(count + classes), worth]),
            np.concatenate([np.zeros(classes), [1.0], bound]),
            np.concatenate([np.zeros(classes), [1.0], np.full(len(rows), INFINITY)]),
            np.concatenate([np.zeros(count + classes), lower]),
            np.concatenate([np.full(count, INFINITY), self._problem.people, upper]),
        ).load(Solver(primal_feasibility_tolerance=1e-9, dual_feasibility_tolerance=1e-9))
        solver.run()
        duals = np.array(solver.getSolution().row_dual)
        self.point, self.value = solver.point, solver.optimum
        # Worth of one more expected member of each class.
        self.prices, self.convexity = -duals[:classes], float(duals[classes])


def certify(problem: Problem, aim: Aim, panels: Reals, *, rounds: int, finder: PanelFinder | None = None) -> Certified:
    """Generate panels until none helps, or `rounds` have passed; the bound is proved either way.

    Parameters
    ----------
    panels : Reals, shape (p, t)
        At least one panel to begin with.
    """
    finder = finder or PanelFinder(problem, bounds_of(problem))
    master = _Master(problem, aim)
    bound = np.inf
    known = list(panels)
    for _ in range(rounds):
        master.solve(np.array(known))
        base = master.convexity
        offer = finder.find(master.prices)
        if offer.counts is None or float(master.prices @ offer.counts) <= base + _GAP:
            offer = finder.best(master.prices)
            bound = min(bound, master.value + max(offer.bound - base, 0.0))
            if offer.counts is None or float(master.prices @ offer.counts) <= base + _GAP:
                break
        known.append(offer.counts)
    all_panels = np.array(known)
    weights = master.point[: len(all_panels)] if len(master.point) else np.zeros(0)
    weights = np.concatenate([weights, np.zeros(len(all_panels) - len(weights))])
    return Certified(weighted(all_panels, weights), master.value, bound, master.prices, all_panels)


def certify_leximin(problem: Problem, panels: Reals, *, rounds: int) -> tuple[Certified, float]:
    """Leximin over all panels, level by level; also the bound on the lowest level."""
    classes = problem.class_count
    free, level = np.ones(classes, dtype=bool), np.zeros(classes)
    finder = PanelFinder(problem, bounds_of(problem))
    bound, stage = np.inf, 0
    while True:
        found = certify(problem, Highest(problem.people, free, level), panels, rounds=rounds, finder=finder)
        bound = found.bound if stage == 0 else bound
        stage += 1
        panels = found.panels
        pressed = free & (found.prices * problem.people > 1e-7)
        pressed |= free & (found.value >= problem.cap / problem.people - 1e-9)
        if not pressed.any():
            pressed = free
        level = np.where(pressed, found.value, level)
        free = free & ~pressed
        if not free.any():
            return found, bound
