"""What to aim at: the probabilities that an objective wants over the linear relaxation, with a proved bound.

All objectives are maximised. *Maximin* raises the lowest probability. *Leximin* then the second lowest, and so on.
*Nash* maximises the geometric mean. *Goldilocks* (C. Baharav, B. Flanigan, Fair, manipulation-robust and transparent
sortition, EC 2024) keeps the highest and the lowest probability near the average at once: its value is
``-(max p / average + average / min p)``, at best -2.
"""

from dataclasses import dataclass

import numpy as np

from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.pricing import PanelFinder, bounds_of
from mitstadt.methods.sortition.programs import INFINITY, Matrix, Program, Solver, unit_matrix
from mitstadt.methods.sortition.relaxation import fair_shares, maximin_bound

_PIECES = 8
# Below this a person counts as one whom no panel can take; the Nash value is about the others.
POSSIBLE = 1e-9
# The Goldilocks value where somebody can never be drawn: minus infinity, as JSON can say it.
HOPELESS = -1e9
_PRECISE = 1e-9


@dataclass(frozen=True)
class Target:
    """Where to aim.

    Parameters
    ----------
    counts : Reals, shape (t,)
        Wanted expected count of each class.
    bound : float
        No lottery has a higher value of the objective.
    floor : float or None
        Where reaching this lowest probability is all that is wanted.
    """

    counts: Reals
    bound: float
    floor: float | None = None


def value_of(objective: str, probability: Reals, problem: Problem) -> float:
    """The objective's value for these probabilities of one person per class."""
    if objective == "nash":
        drawn = probability > POSSIBLE
        people = problem.people[drawn]
        return float(np.exp(float(people @ np.log(probability[drawn])) / float(people.sum())))
    if objective == "goldilocks":
        average = problem.size / problem.people.sum()
        lowest = float(probability.min())
        return -(float(probability.max()) / average + average / lowest) if lowest > POSSIBLE else HOPELESS
    return float(probability.min())


def target_of(objective: str, problem: Problem) -> Target:
    """The relaxed optimum of an objective.

    Parameters
    ----------
    objective : str
        ``"maximin"``, ``"leximin"``, ``"nash"`` or ``"goldilocks"``.
    """
    if objective == "nash":
        return _nash(problem)
    if objective == "goldilocks":
        return _goldilocks(problem)
    levels = fair_shares(problem)
    floor = levels.levels[0] if objective == "maximin" else None
    return Target(levels.probability * problem.people, levels.levels[0], floor)


def _nash(problem: Problem) -> Target:
    fair = fair_shares(problem).probability
    possible = fair > POSSIBLE
    people = np.where(possible, problem.people, 0.0)
    counts = _concave_optimum(problem, fair * problem.people, people)
    safe = np.where(possible, counts, 1.0)
    gradient = people / safe
    most = PanelFinder(problem, bounds_of(problem)).relaxed_bound(gradient)
    mean_log = float(people @ np.log(safe / problem.people) / people.sum())
    surplus = max(most - float(gradient @ safe), 0.0) / float(people.sum())
    return Target(counts, float(np.exp(mean_log + surplus)))


def _concave_optimum(problem: Problem, centre: Reals, people: Reals) -> Reals:
    """Maximise the sum of logarithms by linear pieces that close in on the optimum; `people` weigh the classes."""
    cap = np.where(people > 0, problem.cap, 0.0)
    centre = np.where(people > 0, centre, 0.0)
    width = 2.0
    while width > 1e-6:
        edges = centre[:, None] * np.exp(width * np.linspace(-1, 1, _PIECES + 1))[None, :]
        edges[:, -1] = np.maximum(edges[:, -1], cap)
        edges = np.minimum(edges, cap[:, None])
        edges = np.hstack([np.zeros((len(people), 1)), edges])
        moved = _best_pieces(problem, edges, people)
        if moved is None:
            return centre
        drawn = people > 0
        reach = float(np.max(np.abs(np.log(moved[drawn] / centre[drawn]))))
        centre = moved
        width *= 0.3 if reach < 0.7 * width else 1.0
    return centre


def _best_pieces(problem: Problem, edges: Reals, people: Reals) -> Reals | None:
    """Counts that maximise the sum of logs interpolated linearly between the edges of each class."""
    lengths = np.diff(edges, axis=1)
    middles = np.maximum((edges[:, 1:] + edges[:, :-1]) / 2, 1e-300)
    slopes = people[:, None] / middles
    slopes[:, 0] = people / np.maximum(edges[:, 1], 1e-300) * 4.0
    wide = np.repeat(problem.rows, lengths.shape[1], axis=0)
    solver = Program(
        unit_matrix(wide, len(problem.row_lower)),
        slopes.ravel(),
        problem.row_lower,
        problem.row_upper,
        np.zeros(lengths.size),
        np.maximum(lengths, 0.0).ravel(),
    ).load(Solver(primal_feasibility_tolerance=1e-9))
    solver.run()
    if not solver.solved:
        return None
    counts: Reals = solver.point.reshape(lengths.shape).sum(axis=1)
    return counts if (counts[people > 0] > 0).all() else None


def _goldilocks(problem: Problem) -> Target:
    average = problem.size / float(problem.people.sum())
    lowest = maximin_bound(problem)
    if lowest <= POSSIBLE:
        return Target(fair_shares(problem).probability * problem.people, HOPELESS)
    highest, bound = _goldilocks_bounds(problem, average)
    levels = fair_shares(problem, highest=min(1.0, highest * (1 + _PRECISE)))
    return Target(levels.probability * problem.people, bound)


def _goldilocks_bounds(problem: Problem, average: float) -> tuple[float, float]:
    """The best highest probability and the objective's bound, by tangents to ``average / lowest``."""
    classes = problem.class_count
    solver = _goldilocks_program(problem, average)
    lowest_column, cost_column = classes, classes + 2
    for _ in range(60):
        solver.run()
        point = solver.point
        lowest = float(point[lowest_column])
        if lowest > 0 and average / lowest - float(point[cost_column]) < 1e-10:
            break
        touch = max(lowest, 1e-6 * average)
        # cost >= average / touch - average / touch² * (lowest - touch)
        entries = np.array([lowest_column, cost_column], dtype=np.int32)
        solver.addRow(2 * average / touch, INFINITY, 2, entries, np.array([average / touch**2, 1.0]))
    return float(point[classes + 1]), solver.optimum


def _goldilocks_program(problem: Problem, average: float) -> Solver:
    """Columns: counts, lowest, highest, cost of the lowest; rows: the rules, then lowest and highest per class."""
    classes, rows = problem.class_count, len(problem.row_lower)
    wide = np.hstack([problem.rows, rows + np.arange(classes)[:, None], rows + classes + np.arange(classes)[:, None]])
    base = unit_matrix(wide, rows + 2 * classes)
    start = base.start[-1] + np.array([classes, 2 * classes, 2 * classes])
    matrix = Matrix(
        np.concatenate([base.start, start]),
        np.concatenate([base.index, rows + np.arange(2 * classes)]),
        np.concatenate([base.value, -problem.people, -problem.people]),
        rows + 2 * classes,
    )
    return Program(
        matrix,
        np.concatenate([np.zeros(classes + 1), [-1.0 / average, -1.0]]),
        np.concatenate([problem.row_lower, np.zeros(classes), np.full(classes, -INFINITY)]),
        np.concatenate([problem.row_upper, np.full(classes, INFINITY), np.zeros(classes)]),
        np.zeros(classes + 3),
        np.concatenate([problem.cap, [1.0, 1.0, INFINITY]]),
    ).load(Solver(primal_feasibility_tolerance=1e-9))
