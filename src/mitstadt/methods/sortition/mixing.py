"""From fair shares to a mixture of panels: the loop around pricing and the nearest mixture."""

from dataclasses import dataclass, replace

import numpy as np

from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.decomposition import Mixture, NearestMixture
from mitstadt.methods.sortition.pricing import Bounds, PanelFinder, bounds_of, face_of
from mitstadt.methods.sortition.programs import INFINITY, Matrix, Program, Solver, dense_matrix

CLOSE = 2e-7
_CHECK_EVERY = 10
# HiGHS calls it 4: further columns leave the last basis primal feasible, so that a few steps are enough.
_PRIMAL = 4


@dataclass(frozen=True)
class Attempt:
    """How far a mixture came.

    Parameters
    ----------
    mixture : Mixture
    deviation : float
        Largest difference between the probability of a person and the target.
    panels : Reals, shape (p, t)
        Every panel met on the way, a good start for further search.
    stalled : bool
        Whether no panel was found that would bring the mixture nearer.
    """

    mixture: Mixture
    deviation: float
    panels: Reals
    stalled: bool


def mix(
    problem: Problem,
    target: Reals,
    *,
    rounds: int,
    floor: float | None = None,
    close: float = CLOSE,
    faced: bool = True,
) -> Attempt | None:
    """The mixture of panels nearest to a target; None where no panel keeps the rules that the target implies.

    Parameters
    ----------
    target : Reals, shape (t,)
        Expected count of each class, within the relaxation.
    rounds : int
        At most so many panels are looked for.
    floor : float, optional
        Stop as soon as everyone can have this probability, whatever the deviation from the target.
    close : float
        Stop at this deviation.
    faced : bool
        Look only at panels that an exact mixture can consist of; quicker, and blind where there is no exact mixture.
    """
    people = problem.people
    finder = PanelFinder(problem, face_of(problem, target) if faced else bounds_of(problem))
    nearest, most_equal = NearestMixture(target, people), MostEqual(people)
    first = finder.find(target / people).counts
    if first is None:
        return None
    nearest.add(first)
    seen = [first]
    stalled = False
    for done in range(rounds):
        residual = (target - nearest.counts) / people
        largest = float(np.abs(residual).max())
        if largest < close or (floor is not None and float(residual.max()) < CLOSE / 2):
            break
        if floor is not None and done % _CHECK_EVERY == _CHECK_EVERY - 1 and residual.max() < 0.04 * floor:
            best = most_equal.of(np.array(seen))
            if float((best.counts / people).min()) > floor - CLOSE:
                return _attempt(best, target, people, seen)
        panel = _improving(finder, nearest, residual / largest)
        if panel is None or not nearest.add(panel):
            stalled = True
            break
        seen.append(panel)
    found = _attempt(Mixture(nearest.panels.round(), nearest.weights), target, people, seen)
    return replace(found, stalled=stalled)


def _attempt(mixture: Mixture, target: Reals, people: Reals, seen: list[Reals]) -> Attempt:
    deviation = float(np.abs((mixture.counts - target) / people).max())
    return Attempt(mixture, deviation, np.array(seen), stalled=False)


def _improving(finder: PanelFinder, nearest: NearestMixture, prices: Reals) -> Reals | None:
    """A panel that brings the mixture nearer, by an exact search where the quick one finds none."""
    base = float(prices @ nearest.counts)
    least = 1e-9 * max(1.0, abs(base))
    counts = finder.find(prices).counts
    if counts is not None and float(prices @ counts) > base + least:
        return counts
    counts = finder.best(prices).counts
    return counts if counts is not None and float(prices @ counts) > base + least else None


class MostEqual:
    """The mixture in which the least likely person is as likely as possible; more panels may come in later.

    Parameters
    ----------
    people : Reals, shape (t,)
        People in each class.
    """

    def __init__(self, people: Reals) -> None:
        classes = len(people)
        self._taken = 0
        self._solver = Program(
            Matrix(np.array([0, classes]), np.arange(classes), -people, classes + 1),
            np.ones(1),
            np.append(np.zeros(classes), 1.0),
            np.append(np.full(classes, INFINITY), 1.0),
            np.zeros(1),
            np.ones(1),
        ).load(Solver(primal_feasibility_tolerance=1e-9, presolve="off", simplex_strategy=_PRIMAL))

    def of(self, panels: Reals) -> Mixture:
        """The mixture of these panels, shape (p, t); the first ones are those of the last call."""
        fresh = panels[self._taken :]
        self._taken = len(panels)
        count = len(fresh)
        added = dense_matrix(np.vstack([fresh.T, np.ones(count)]))
        nothing, start = np.zeros(count), added.start[:-1].astype(np.int32)
        index = added.index.astype(np.int32)
        self._solver.addCols(count, nothing, nothing, np.full(count, INFINITY), len(index), start, index, added.value)
        self._solver.run()
        return weighted(panels, self._solver.point[1:])


def weighted(panels: Reals, weights: Reals) -> Mixture:
    """The mixture with these weights, panels without weight left out."""
    used = weights > 1e-12
    return Mixture(panels[used], weights[used] / weights[used].sum())


def any_panel(problem: Problem, bounds: Bounds) -> Reals | None:
    """Some panel within the bounds, or None where there is none."""
    finder = PanelFinder(problem, bounds)
    prices = 1.0 / problem.people
    counts = finder.find(prices).counts
    return finder.best(prices).counts if counts is None else counts
