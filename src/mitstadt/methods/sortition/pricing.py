"""Find a panel that is worth much under given prices: a warm linear program, then a short dive.

The optimum of the linear program leaves only a handful of classes at fractional counts. Those and the hundred classes
that would cost least to change go into a small linear program, in which one count after the other is rounded up and
the rest re-optimised, stepping back where that leads nowhere. Nearly every panel found this way is within a few per
cent of the best possible gain, at a fiftieth of the cost of an integer program over everybody; that one is kept for
the rare dive that fails and for proofs.
"""

from dataclasses import dataclass, replace

import numpy as np

from mitstadt.methods.sortition.arrays import Flags, Indices, Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.programs import Program, Solver, lean_solver, unit_matrix

_DIVE_COLUMNS = 100
_DIVE_STEPS = 80
_WHOLE = 1e-7
# Of so many classes that may join a panel, one is looked at that may leave it.
_INSIDE = 3


@dataclass(frozen=True)
class Bounds:
    """Bounds of rows and classes: those of a problem, or of a face of it."""

    row_lower: Reals
    row_upper: Reals
    lower: Reals
    upper: Reals


def bounds_of(problem: Problem) -> Bounds:
    """The bounds that the rules set."""
    return Bounds(problem.row_lower, problem.row_upper, np.zeros(problem.class_count), problem.cap)


def face_of(problem: Problem, target: Reals, *, tolerance: float = 1e-7) -> Bounds:
    """The bounds that every panel of an exact mixture for `target` (counts per class) must keep.

    A quota that the target meets exactly at its bound must be met at that bound by every panel of the mixture, and a
    class whose target is nothing, or everybody, must have nobody, or everybody, in each.
    """
    totals = problem.totals(target)
    at_top = totals > problem.row_upper - tolerance
    at_bottom = totals < problem.row_lower + tolerance
    return Bounds(
        np.where(at_top, problem.row_upper, problem.row_lower),
        np.where(at_bottom, problem.row_lower, problem.row_upper),
        np.where(target > problem.cap - tolerance, problem.cap, 0.0),
        np.where(target < tolerance, 0.0, problem.cap),
    )


@dataclass(frozen=True)
class Offer:
    """A panel (counts per class, or None where there is none) and an upper bound on what any panel is worth."""

    counts: Reals | None
    bound: float


class PanelFinder:
    """Finds panels within bounds; keeps the last basis so that the next search starts warm."""

    def __init__(self, problem: Problem, bounds: Bounds) -> None:
        self._problem = problem
        self._bounds = bounds
        self._columns = np.arange(problem.class_count, dtype=np.int32)
        matrix = unit_matrix(problem.rows, len(problem.row_lower))
        b = bounds
        whole = Program(matrix, np.zeros(problem.class_count), b.row_lower, b.row_upper, b.lower, b.upper)
        self._relaxed = whole.load(Solver(presolve="off"))
        self._small = lean_solver()
        self._quick = lean_solver(mip_max_improving_sols=1)  # a panel is enough, it need not be the best
        self._diver = Solver(presolve="off")

    def find(self, prices: Reals) -> Offer:
        """A panel that is worth nearly as much as any.

        Parameters
        ----------
        prices : Reals, shape (t,)
            Worth of one member of each class.
        """
        relaxed = self._relaxed
        relaxed.changeColsCost(len(prices), self._columns, prices)
        relaxed.run()
        if not relaxed.solved:
            return Offer(None, -np.inf)
        solution = relaxed.getSolution()
        point = np.array(solution.col_value)
        bound = float(prices @ point)
        rounded = np.round(point)
        fractional = np.abs(point - rounded) > _WHOLE
        if not fractional.any():
            return Offer(rounded, bound)
        regret = np.abs(np.array(solution.col_dual))
        regret[fractional] = -1.0
        order = _alternating(np.argsort(regret, kind="stable"), rounded > 0)
        columns = max(_DIVE_COLUMNS, int(fractional.sum()) + 20)
        counts = self._dive(prices, rounded, np.sort(order[:columns]))
        return Offer(self._round(prices, rounded, order) if counts is None else counts, bound)

    def relaxed_bound(self, prices: Reals) -> float:
        """No panel is worth more than this."""
        self._relaxed.changeColsCost(len(prices), self._columns, prices)
        self._relaxed.run()
        return self._relaxed.optimum if self._relaxed.solved else float("inf")

    def best(self, prices: Reals) -> Offer:
        """The best panel there is, proved by solving the whole integer program."""
        order = np.arange(self._problem.class_count)
        counts = self._integer(self._small, prices, np.zeros(len(prices)), order)
        return Offer(counts, -np.inf if counts is None else float(self._small.getInfo().mip_dual_bound))

    def _dive(self, prices: Reals, rounded: Reals, chosen: Indices) -> Reals | None:
        """Round one count after the other up; where no panel is left, step back and round it down."""
        fixed = rounded.copy()
        fixed[chosen] = 0.0
        program = self._rest(prices, fixed, chosen)
        solver = program.load(self._diver)
        solver.run()
        columns = np.arange(len(chosen), dtype=np.int32)
        lower, upper = program.lower, program.upper
        later: list[tuple[Reals, Reals]] = []
        for _ in range(_DIVE_STEPS):
            if solver.solved:
                point = solver.point
                column = _most_fractional(point)
                if column is None:
                    fixed[chosen] = np.round(point)
                    return fixed if self._within(fixed) else None
                below = upper.copy()
                below[column] = np.floor(point[column])
                later.append((lower, below))
                lower = lower.copy()
                lower[column] = np.ceil(point[column])
                solver.changeColBounds(column, lower[column], upper[column])
            elif later:
                lower, upper = later.pop()
                solver.changeColsBounds(len(columns), columns, lower, upper)
            else:
                return None
            solver.run()
        return None

    def _round(self, prices: Reals, rounded: Reals, order: Indices) -> Reals | None:
        columns = _DIVE_COLUMNS
        while columns < 5 * len(order):
            chosen = np.sort(order[:columns])
            fixed = rounded.copy()
            fixed[chosen] = 0.0
            counts = self._integer(self._quick, prices, fixed, chosen)
            if counts is not None:
                return counts
            columns *= 5
        return None

    def _integer(self, solver: Solver, prices: Reals, fixed: Reals, chosen: Indices) -> Reals | None:
        program = self._rest(prices, fixed, chosen)
        replace(program, integers=len(chosen)).load(solver).run()
        if not solver.solved:
            return None
        counts = fixed.copy()
        counts[chosen] = np.round(solver.point)
        return counts if self._within(counts) else None

    def _rest(self, prices: Reals, fixed: Reals, chosen: Indices) -> Program:
        """What is left to decide about the chosen classes when the others are fixed."""
        problem, bounds = self._problem, self._bounds
        done = problem.totals(fixed)
        rows = problem.rows[chosen]
        touched = np.zeros(len(done) + 1, dtype=bool)
        touched[rows] = True
        used = np.flatnonzero(touched[:-1])  # the last entry stands for "no row"
        place = np.full(len(done) + 1, -1, dtype=np.int64)
        place[used] = np.arange(len(used))
        return Program(
            unit_matrix(place[rows], len(used)),
            prices[chosen],
            (bounds.row_lower - done)[used],
            (bounds.row_upper - done)[used],
            bounds.lower[chosen],
            bounds.upper[chosen],
        )

    def _within(self, counts: Reals) -> bool:
        totals = self._problem.totals(counts)
        bounds = self._bounds
        rows = (totals >= bounds.row_lower - 1e-6) & (totals <= bounds.row_upper + 1e-6)
        return bool(rows.all() and (counts >= bounds.lower).all() and (counts <= bounds.upper).all())


def _alternating(order: Indices, member: Flags) -> Indices:
    """The same classes, those on the panel and those beside it mixed evenly; either kept in order.

    Members are few: without this a dive could hardly let anyone go to make room, and would often end in nothing.
    """
    of_member = member[order]
    inside, outside = order[of_member], order[~of_member]
    rank = np.concatenate([_INSIDE * np.arange(len(inside)), np.arange(len(outside))])
    return np.concatenate([inside, outside])[np.argsort(rank, kind="stable")]


def _most_fractional(point: Reals) -> int | None:
    """The column whose value lies highest above a whole number; None where all are whole."""
    above = point - np.floor(point)
    above[np.abs(point - np.round(point)) < 1e-6] = -1.0
    column = int(np.argmax(above))
    return column if above[column] >= 0 else None
