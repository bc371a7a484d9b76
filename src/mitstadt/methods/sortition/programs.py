"""Linear and integer programs over counts per class, solved by HiGHS: silent, on one thread, repeatable."""

from dataclasses import dataclass

import highspy
import numpy as np

from mitstadt.methods.sortition.arrays import Indices, Reals

INFINITY = highspy.kHighsInf
_OK = highspy.HighsModelStatus.kOptimal
_FOUND_ONE = highspy.HighsModelStatus.kSolutionLimit
# All entries of the matrices are one: scaling would cost time and change nothing.
_QUIET = {"output_flag": False, "threads": 1, "random_seed": 0, "simplex_scale_strategy": 0}
# The integer programs here are tiny: the machinery that pays on large ones costs more than it saves.
_LEAN = {
    "mip_detect_symmetry": False,
    "mip_allow_restart": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_rel_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
}


class Solver(highspy.Highs):
    """HiGHS without the callbacks of its Python wrapper, which print a banner to the standard output."""

    def __init__(self, **options: float | str | bool) -> None:
        super(highspy.Highs, self).__init__()
        for name, value in {**_QUIET, **options}.items():
            self.setOptionValue(name, value)

    @property
    def solved(self) -> bool:
        """Whether the last run ended with an optimum."""
        return bool(self.getModelStatus() in (_OK, _FOUND_ONE))

    @property
    def point(self) -> Reals:
        """Value of every column after the last run."""
        return np.array(self.getSolution().col_value)

    @property
    def optimum(self) -> float:
        """Objective value of the last run."""
        return float(self.getInfo().objective_function_value)


def lean_solver(**options: float | str | bool) -> Solver:
    """A solver set up for small integer programs."""
    return Solver(**{**_LEAN, **options})


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix by columns.

    Parameters
    ----------
    start : Indices, shape (columns + 1,)
    index : Indices, shape (entries,)
        Row of each entry.
    value : Reals, shape (entries,)
    row_count : int
    """

    start: Indices
    index: Indices
    value: Reals
    row_count: int

    @property
    def column_count(self) -> int:
        """Number of columns."""
        return len(self.start) - 1


def unit_matrix(rows: Indices, row_count: int) -> Matrix:
    """The matrix whose column t has ones in the rows ``rows[t]``; entries -1 are skipped."""
    filled = rows >= 0
    start = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    return Matrix(start, rows[filled], np.ones(int(start[-1])), row_count)


def dense_matrix(array: Reals) -> Matrix:
    """The sparse form of a dense array, shape (rows, columns)."""
    by_column = array.T
    filled = by_column != 0
    start = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    return Matrix(start, np.nonzero(filled)[1], by_column[filled], array.shape[0])


def beside(left: Matrix, right: Matrix) -> Matrix:
    """Both matrices side by side; they have the same number of rows."""
    return Matrix(
        np.concatenate([left.start, right.start[1:] + left.start[-1]]),
        np.concatenate([left.index, right.index]),
        np.concatenate([left.value, right.value]),
        max(left.row_count, right.row_count),
    )


@dataclass(frozen=True)
class Program:
    """Maximise ``cost @ x`` with ``row_lower <= matrix @ x <= row_upper`` and ``lower <= x <= upper``."""

    matrix: Matrix
    cost: Reals
    row_lower: Reals
    row_upper: Reals
    lower: Reals
    upper: Reals
    integers: int = 0
    """The first so many columns take whole numbers only."""

    def load(self, solver: Solver) -> Solver:
        """Hand the program to a solver and return it."""
        model = highspy.HighsLp()
        model.num_col_ = self.matrix.column_count
        model.num_row_ = self.matrix.row_count
        model.col_cost_, model.col_lower_, model.col_upper_ = self.cost, self.lower, self.upper
        model.row_lower_, model.row_upper_ = self.row_lower, self.row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = self.matrix.start
        model.a_matrix_.index_ = self.matrix.index
        model.a_matrix_.value_ = self.matrix.value
        model.sense_ = highspy.ObjSense.kMaximize
        if self.integers:
            reals = self.matrix.column_count - self.integers
            kinds = highspy.HighsVarType
            model.integrality_ = [kinds.kInteger] * self.integers + [kinds.kContinuous] * reals
        solver.passModel(model)
        return solver
