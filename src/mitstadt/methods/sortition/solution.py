"""Solve a draw: probabilities, panels with weights, the value reached and the bound that proves it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Flags, Reals
from mitstadt.methods.sortition.classes import Problem, build_problem
from mitstadt.methods.sortition.decomposition import Mixture
from mitstadt.methods.sortition.exact import Aim, Certified, Highest, Logarithms, LowAndHigh, certify, certify_leximin
from mitstadt.methods.sortition.feasibility import require_feasible
from mitstadt.methods.sortition.legacy import legacy_mixture
from mitstadt.methods.sortition.mixing import CLOSE, Attempt, any_panel, mix
from mitstadt.methods.sortition.people import PeoplePanel, seat
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.pricing import PanelFinder, bounds_of
from mitstadt.methods.sortition.quotas import Quotas
from mitstadt.methods.sortition.relaxation import maximin_bound
from mitstadt.methods.sortition.targets import HOPELESS, POSSIBLE, Target, target_of, value_of

OBJECTIVES = ("leximin", "maximin", "nash", "goldilocks", "legacy")
ROUNDS = 4_000
# Beyond these the proof by integer programs would take minutes.
_EXACT_CLASSES = 400
_EXACT_ROUNDS = 1_000
GAP = 1e-6


@dataclass(frozen=True)
class Solution:
    """A fair lottery over panels.

    Parameters
    ----------
    objective : str
    probabilities : dict of str to float
        For every id, the probability of being drawn.
    value, upper_bound : float
        The objective's value and a proved bound that no lottery under these quotas exceeds.
    lowest_bound : float
        No lottery gives everyone more than this.
    deviation : float
        Largest difference to the ideal probabilities of the objective; nothing where the optimum is exact.
    exact : bool
        Whether the value is proved optimal to 1e-6 (for leximin: every level).
    mixture : Mixture
        The lottery as counts per class.
    target : Reals, shape (t,)
        Probability of one person of each class.
    problem : Problem
    pool : Pool
    """

    objective: str
    probabilities: dict[str, float]
    value: float
    upper_bound: float
    lowest_bound: float
    deviation: float
    exact: bool
    mixture: Mixture
    target: Reals
    problem: Problem
    pool: Pool

    @property
    def gap(self) -> float:
        """What is left between value and bound."""
        return max(self.upper_bound - self.value, 0.0)

    @cached_property
    def panels(self) -> tuple[PeoplePanel, ...]:
        """Panels of people, with weights, that give everybody the own probability; `seat` says what may go wrong."""
        return seat(self.problem, self.mixture)


def solve(
    pool: Pool, quotas: Quotas, size: int, *, objective: str = "leximin", rounds: int = ROUNDS, seed: int = 0
) -> Solution:
    """The fairest lottery over panels of `size` people that keep all quotas.

    Parameters
    ----------
    objective : str
        One of `OBJECTIVES`.
    rounds : int
        At most so many panels are looked for; the result says how far it came.
    seed : int
        Used by ``"legacy"`` alone, which draws at random.

    Raises
    ------
    MethodError
        ``infeasible`` with the quotas in conflict; ``objective_unknown``; those of `build_problem`.

    Examples
    --------
    >>> from mitstadt.methods.sortition.quotas import Quota
    >>> pool = Pool(("a", "b", "c"), ("age",), (("young",), ("old",), ("old",)))
    >>> quotas = Quotas((Quota("age", "young", 1, 1), Quota("age", "old", 1, 1)))
    >>> solve(pool, quotas, 2).probabilities
    {'a': 1.0, 'b': 0.5, 'c': 0.5}
    """
    if objective not in OBJECTIVES:
        sentence = f"“{objective}” is no objective: choose {', '.join(OBJECTIVES)}."
        raise MethodError("objective_unknown", sentence, objective=objective)
    problem = build_problem(pool, quotas, size)
    require_feasible(problem)
    if objective == "legacy":
        return _legacy(pool, problem, seed)
    target = target_of(objective, problem)
    attempt = _attempt(objective, problem, target, rounds)
    if attempt is not None and _reached(objective, attempt, target, problem):
        return _solution(objective, pool, problem, attempt.mixture, target, deviation=attempt.deviation, exact=True)
    if problem.class_count > _EXACT_CLASSES and attempt is not None:
        return _solution(objective, pool, problem, attempt.mixture, target, deviation=attempt.deviation, exact=False)
    return _certified(objective, pool, problem, target, attempt=attempt, rounds=rounds)


def _attempt(objective: str, problem: Problem, target: Target, rounds: int) -> Attempt | None:
    """Mix towards the target; in large pools once more among all panels where the quick way ends too early."""
    # The Goldilocks value divides by the lowest probability and needs it more exactly.
    close = CLOSE / 20 if objective == "goldilocks" else CLOSE
    first = mix(problem, target.counts, rounds=rounds, floor=target.floor, close=close)
    if first is not None and (not first.stalled or _reached(objective, first, target, problem)):
        return first
    if problem.class_count <= _EXACT_CLASSES:
        return first
    second = mix(problem, target.counts, rounds=rounds, floor=target.floor, close=close, faced=False)
    return min((a for a in (first, second) if a is not None), key=lambda a: a.deviation, default=None)


def _reached(objective: str, attempt: Attempt, target: Target, problem: Problem) -> bool:
    if objective == "leximin":
        return attempt.deviation <= GAP
    value = value_of(objective, attempt.mixture.counts / problem.people, problem)
    return target.bound - value <= GAP


def _certified(
    objective: str, pool: Pool, problem: Problem, target: Target, *, attempt: Attempt | None, rounds: int
) -> Solution:
    """The optimum over panels, where the relaxation's is out of reach."""
    panels = attempt.panels if attempt is not None else _first_panel(problem)
    rounds = min(rounds, _EXACT_ROUNDS)
    if objective == "leximin":
        found, bound = certify_leximin(problem, panels, rounds=rounds)
    else:
        found = certify(problem, _aim(objective, problem, panels), panels, rounds=rounds)
        bound = float(np.exp(found.bound)) if objective == "nash" else found.bound
    if objective != "nash":
        bound = min(bound, target.bound)
    if objective == "goldilocks" and float(found.mixture.counts.min()) <= POSSIBLE:
        bound = HOPELESS
    ideal = Target(found.mixture.counts, bound, target.floor)
    return _solution(objective, pool, problem, found.mixture, ideal, deviation=0.0, exact=_closed(found))


def _closed(found: Certified) -> bool:
    return found.bound - found.value <= GAP


def _aim(objective: str, problem: Problem, panels: Reals) -> Aim:
    if objective == "nash":
        return Logarithms(problem.people, _possible(problem, panels))
    if objective == "goldilocks":
        return LowAndHigh(problem.people, problem.size / float(problem.people.sum()))
    everyone = np.ones(problem.class_count, dtype=bool)
    return Highest(problem.people, everyone, np.zeros(problem.class_count))


def _possible(problem: Problem, panels: Reals) -> Flags:
    """The classes of which some panel has a member."""
    possible: Flags = np.asarray(np.any(panels > 0, axis=0))
    finder = PanelFinder(problem, bounds_of(problem))
    for class_ in np.flatnonzero(~possible):
        counts = finder.best((np.arange(problem.class_count) == class_).astype(float)).counts
        possible[class_] = counts is not None and counts[class_] > 0
    return possible


def _first_panel(problem: Problem) -> Reals:
    panel = any_panel(problem, bounds_of(problem))
    if panel is None:  # require_feasible has found one before
        raise MethodError("search_failed", "No panel was found although one exists.")
    return panel[None, :]


def _legacy(pool: Pool, problem: Problem, seed: int) -> Solution:
    mixture = legacy_mixture(problem, seed=seed)
    target = Target(mixture.counts, maximin_bound(problem))
    return _solution("legacy", pool, problem, mixture, target, deviation=0.0, exact=False)


def _solution(
    objective: str,
    pool: Pool,
    problem: Problem,
    mixture: Mixture,
    target: Target,
    *,
    deviation: float,
    exact: bool,
) -> Solution:
    probability = mixture.counts / problem.people
    value = value_of(objective, probability, problem)
    lowest_bound = target.bound if objective in {"maximin", "leximin", "legacy"} else maximin_bound(problem)
    return Solution(
        objective=objective,
        probabilities={person: float(probability[problem.class_of[i]]) for i, person in enumerate(pool.ids)},
        value=value,
        upper_bound=float(max(target.bound, value)),
        lowest_bound=float(lowest_bound),
        deviation=0.0 if objective == "maximin" else deviation,
        exact=bool(exact),
        mixture=mixture,
        target=probability,
        problem=problem,
        pool=pool,
    )
