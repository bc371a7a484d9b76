"""Leximin over the relaxation in exact fractions: a solver proposes a basis for each level, whole arithmetic proves it.

Nothing here is rounded: the point and the prices that belong to the basis are computed as fractions, and where the
point keeps every rule and no price has the wrong sign, the level is the optimum, to the last digit.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from highspy import HighsBasisStatus

from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.programs import Program, Solver, dense_matrix

_Row = dict[int, Fraction]
_ZERO = Fraction(0)


@dataclass(frozen=True)
class _Level:
    """``rows`` over the spare count of each class and, last, the level itself; every column from zero to `upper`."""

    rows: list[_Row]
    low: list[Fraction]
    high: list[Fraction]
    upper: list[Fraction]


def exact_leximin(problem: Problem) -> list[Fraction]:
    """The probability of one person of each class in the relaxation's leximin optimum."""
    people, cap = [int(n) for n in problem.people], [int(n) for n in problem.cap]
    level: list[Fraction | None] = [None] * len(people)
    while None in level:
        value, prices = _proved_optimum(_program(problem, level))
        pressed = [t for t, n in enumerate(people) if level[t] is None and (prices[t] < 0 or cap[t] == n * value)]
        assert pressed
        for t in pressed:
            level[t] = value
    return [value for value in level if value is not None]


def _program(problem: Problem, level: list[Fraction | None]) -> _Level:
    """Raise the level of the free classes; the others keep theirs, and may have more."""
    classes, count = problem.class_count, len(problem.row_lower)
    rows: list[_Row] = [{} for _ in range(count)]
    done = [_ZERO] * count
    upper: list[Fraction] = []
    for t, n in enumerate(map(int, problem.people)):
        own = level[t]
        upper.append(Fraction(int(problem.cap[t]) - (n * own if own is not None else 0)))
        for r in problem.rows[t][problem.rows[t] >= 0]:
            rows[r][t] = Fraction(1)
            if own is None:
                rows[r][classes] = rows[r].get(classes, _ZERO) + n
            else:
                done[r] += n * own
    low = [int(bound) - d for bound, d in zip(problem.row_lower, done, strict=True)]
    high = [int(bound) - d for bound, d in zip(problem.row_upper, done, strict=True)]
    for t, (n, cap) in enumerate(zip(map(int, problem.people), map(int, problem.cap), strict=True)):
        if level[t] is None:
            rows.append({t: Fraction(1), classes: Fraction(n)})
            low.append(_ZERO)
            high.append(Fraction(cap))
    return _Level(rows, low, high, [*upper, Fraction(1)])


def _proved_optimum(program: _Level) -> tuple[Fraction, list[Fraction]]:
    """The optimal level and the exact reduced prices of all columns; fails where the basis is not optimal."""
    columns, status = _basis(program)
    last = len(program.upper) - 1
    basic = {j: place for place, j in enumerate(j for j, s in enumerate(columns) if s == HighsBasisStatus.kBasic)}
    tight = [i for i, s in enumerate(status) if s != HighsBasisStatus.kBasic]
    at_top = [s == HighsBasisStatus.kUpper for s in columns]
    point = [u if top else _ZERO for u, top in zip(program.upper, at_top, strict=True)]
    for j in basic:
        point[j] = _ZERO
    right = [
        (program.high[i] if status[i] == HighsBasisStatus.kUpper else program.low[i]) - _times(program.rows[i], point)
        for i in tight
    ]
    square = [{basic[j]: v for j, v in program.rows[i].items() if j in basic} for i in tight]
    for j, value in zip(basic, _solved(square, right), strict=True):
        point[j] = value
    turned: list[_Row] = [{} for _ in basic]
    for place, row in enumerate(square):
        for j, v in row.items():
            turned[j][place] = v
    dual = _solved(turned, [Fraction(j == last) for j in basic])
    prices = [Fraction(j == last) for j in range(last + 1)]
    for i, y in zip(tight, dual, strict=True):
        for j, v in program.rows[i].items():
            prices[j] -= y * v
    for j, value in enumerate(point):
        assert 0 <= value <= program.upper[j]
        assert j in basic or program.upper[j] == 0 or (prices[j] >= 0 if at_top[j] else prices[j] <= 0)
    for row, low, high in zip(program.rows, program.low, program.high, strict=True):
        assert low <= _times(row, point) <= high
    for i, y in zip(tight, dual, strict=True):
        equal = program.low[i] == program.high[i]
        assert equal or (y >= 0 if status[i] == HighsBasisStatus.kUpper else y <= 0)
    return point[last], prices


def _basis(program: _Level) -> tuple[list[HighsBasisStatus], list[HighsBasisStatus]]:
    matrix = np.zeros((len(program.rows), len(program.upper)))
    for i, row in enumerate(program.rows):
        for j, v in row.items():
            matrix[i, j] = float(v)
    numbers = [np.array([float(v) for v in side]) for side in (program.low, program.high, program.upper)]
    cost = np.append(np.zeros(len(program.upper) - 1), 1.0)
    solver = Program(
        dense_matrix(matrix), cost, numbers[0], numbers[1], np.zeros(len(cost)), numbers[2]
    ).load(Solver(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10))  # fmt: skip
    solver.run()
    basis = solver.getBasis()
    return list(basis.col_status), list(basis.row_status)


def _times(row: _Row, point: list[Fraction]) -> Fraction:
    return sum((v * point[j] for j, v in row.items()), _ZERO)


def _solved(rows: list[_Row], right: list[Fraction]) -> list[Fraction]:
    """Solve a square sparse system exactly: always the pivot that fills in least."""
    rows, right = [dict(row) for row in rows], list(right)
    holders = [{i for i, row in enumerate(rows) if j in row} for j in range(len(rows))]
    open_, order = set(range(len(rows))), list[tuple[int, int]]()
    while len(order) < len(rows):
        j = min(open_, key=lambda j: len(holders[j]))
        pivot = min(holders[j], key=lambda i: len(rows[i]))
        order.append((pivot, j))
        open_.discard(j)
        for column in rows[pivot]:
            holders[column].discard(pivot)
        for i in tuple(holders[j]):
            factor = rows[i][j] / rows[pivot][j]
            right[i] -= factor * right[pivot]
            for column, v in rows[pivot].items():
                left = rows[i].get(column, _ZERO) - factor * v
                if left:
                    rows[i][column] = left
                    holders[column].add(i)
                else:
                    rows[i].pop(column, None)
                    holders[column].discard(i)
    found = [_ZERO] * len(rows)
    for pivot, j in reversed(order):
        found[j] = (right[pivot] - _times(rows[pivot], found)) / rows[pivot][j]
    return found
