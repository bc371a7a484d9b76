"""The draw usual before fair lotteries, for comparison only: most urgent quota first, restart on a dead end."""

import random

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.decomposition import Mixture

_DRAWS = 200
_TRIES = 4_000


def legacy_mixture(problem: Problem, *, seed: int) -> Mixture:
    """Equal weights on 200 panels drawn the old way.

    Raises
    ------
    MethodError
        ``legacy_failed`` where 4,000 tries give no panel at all.
    """
    chance = random.Random(seed)  # noqa: S311  a comparison, not a draw
    panels: list[Reals] = []
    for _ in range(_TRIES):
        panel = _try(problem, chance)
        if panel is not None:
            panels.append(panel)
        if len(panels) == _DRAWS:
            break
    if not panels:
        sentence = f"The legacy draw met a dead end {_TRIES} times: it cannot cope with these quotas."
        raise MethodError("legacy_failed", sentence, tries=_TRIES)
    return Mixture(np.array(panels), np.full(len(panels), 1.0 / len(panels)))


def _try(problem: Problem, chance: random.Random) -> Reals | None:
    """One panel, or None at a dead end."""
    counts = np.zeros(problem.class_count)
    left = problem.cap.copy()
    quotas = len(problem.quotas)
    while counts.sum() < problem.size:
        totals = problem.totals(counts)
        full = totals >= problem.row_upper
        rows = np.where(problem.rows >= 0, problem.rows, len(full))
        open_ = ~np.append(full, False)[rows].any(axis=1)
        weight = np.where(open_, left * problem.people / problem.cap, 0.0)
        missing = problem.row_lower - totals
        available = problem.totals(np.where(open_, left, 0.0))
        if (missing > available)[:quotas].any() or weight.sum() <= 0:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            urgency = np.where(missing[:quotas] > 0, missing[:quotas] / available[:quotas], 0.0)
        row = int(np.argmax(urgency))
        if urgency[row] > 0:
            weight = np.where((problem.rows == row).any(axis=1), weight, 0.0)
        class_ = chance.choices(range(len(weight)), weights=list(weight))[0]
        counts[class_] += 1
        left[class_] -= 1
    return counts if problem.allows(counts) else None
