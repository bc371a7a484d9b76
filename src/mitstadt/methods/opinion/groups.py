"""Groups of opinion, only where they are really there: apart from each other, large enough, and stable.

Positions are in log-odds, so that a distance means how differently two people answer. A number of groups is claimed
only if each holds a minimum share of people, if fewer people stand between any two of them than in them, and if people
stay in their group when positions are redrawn from their uncertainty and a fifth of all people is left out. Otherwise
the answer is that there are none.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mitstadt.methods.opinion.clustering import Clustering, kmeans, lloyd, nearest, nearest_labels
from mitstadt.methods.opinion.consensus import eligible_statements
from mitstadt.methods.opinion.maps import OpinionMap

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
FEWEST_VOTES = 7
FEWEST_PEOPLE = 30
MOST_GROUPS = 6
MINIMUM_SHARE = 0.05
SHALLOWEST_VALLEY = 0.7  # people between two groups, as a share of those in the smaller peak
FEWEST_LOG_ODDS = 0.5  # between any two groups on a typical statement; odds of 5 to 3 against 1 to 1
STABLE = 0.8
CERTAIN = 0.8  # below this share of redraws a person counts as standing between groups
REDRAWS = 50
LEARNING_PEOPLE = 8_000  # centres are learned on so many people; everybody is then assigned


@dataclass(frozen=True)
class Attempt:
    """What became of a number of groups.

    Attributes
    ----------
    groups : int
    reason : str
        "claimed", "possible", "too_small", "no_gap", "unstable" or "alike" (the groups answer nearly alike).
    smallest_share, valley, stability : float
        Share of people in the smallest group; density between the least separate pair over its lower peak; share of
        redraws in which members of the least stable group stayed in it.
    """

    groups: int
    reason: str
    smallest_share: float
    valley: float
    stability: float


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of people on a map.

    Attributes
    ----------
    labels : ndarray of int, shape (P,)
        Group from 0, largest first; -1 for people in no group, between groups, or with too few votes.
    soft : ndarray, shape (P, G)
        Share of redraws in which a person stood in each group; 0 where nothing can be said.
    centres : ndarray, shape (G, d)
    stability : ndarray, shape (G,)
        Mean share of redraws in which members stayed.
    attempts : tuple of Attempt
    """

    labels: Labels
    soft: Floats
    centres: Floats
    stability: Floats
    attempts: tuple[Attempt, ...]

    @property
    def count(self) -> int:
        """Number of groups; 0 is an honest answer."""
        return len(self.centres)


@dataclass(frozen=True, eq=False)
class _Candidate:
    found: Clustering
    soft: Floats
    stability: Floats
    attempt: Attempt


def find_groups(found: OpinionMap, *, seed: int = 0, redraws: int = REDRAWS) -> Groups:
    """The finest stable grouping of a map, or none.

    Parameters
    ----------
    found : OpinionMap
    seed : int
    redraws : int
        Positions are redrawn and a fifth of people left out so many times.
    """
    eligible = eligible_people(found)
    points, spread = found.positions[eligible], found.covariance[eligible]
    candidates: list[_Candidate] = []
    if len(points) >= FEWEST_PEOPLE:
        candidates = [_candidate(points, spread, k, seed, redraws) for k in range(2, MOST_GROUPS + 1)]
    candidates = [_if_apart(found, one) for one in candidates]
    fit = [one for one in candidates if one.attempt.reason == "possible"]
    attempts = [one.attempt for one in candidates]
    persons, dim = found.positions.shape
    if not fit:
        nothing = np.zeros((0, dim))
        return Groups(np.full(persons, -1), np.zeros((persons, 0)), nothing, np.zeros(0), tuple(attempts))
    best = fit[-1]
    attempts[candidates.index(best)] = _renamed(best.attempt, "claimed")
    return _groups_of(best, eligible, tuple(attempts))


def eligible_people(found: OpinionMap) -> NDArray[np.bool_]:
    """People with at least seven votes on what shapes positions (all statements where there are fewer)."""
    heard = found.conversation.heard
    statements = int((~found.conversation.silenced).sum())
    return np.asarray(heard.per_person >= max(1, min(FEWEST_VOTES, statements)))


def _if_apart(found: OpinionMap, one: _Candidate) -> _Candidate:
    """A possible grouping, unless two of its groups answer nearly alike: then a gap between them means nothing.

    Groups are compared in the log-odds of a typical statement (root mean square), whatever the units of the map.
    """
    if one.attempt.reason != "possible":
        return one
    answered = found.loadings[eligible_statements(found)]
    scatter = answered.T @ answered / max(len(answered), 1)
    gaps = np.stack([a - b for a, b in itertools.combinations(one.found.centres, 2)])
    squares = ((gaps @ scatter) * gaps).sum(axis=1)
    return one if squares.min() >= FEWEST_LOG_ODDS**2 else replace(one, attempt=_renamed(one.attempt, "alike"))


def _renamed(attempt: Attempt, reason: str) -> Attempt:
    return replace(attempt, reason=reason)


def _groups_of(best: _Candidate, eligible: NDArray[np.bool_], attempts: tuple[Attempt, ...]) -> Groups:
    own = best.soft[np.arange(len(best.soft)), best.found.labels]
    labels = np.where(own >= CERTAIN, best.found.labels, -1)
    sizes = np.bincount(best.found.labels, minlength=len(best.found.centres))
    order = np.lexsort((np.arange(len(sizes)), -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    everyone = np.full(len(eligible), -1)
    everyone[eligible] = np.where(labels >= 0, rank[labels], -1)
    soft = np.zeros((len(eligible), len(order)))
    soft[eligible] = best.soft[:, order]
    return Groups(everyone, soft, best.found.centres[order], best.stability[order], attempts)


def _candidate(points: Floats, spread: Floats, k: int, seed: int, redraws: int) -> _Candidate:
    step = max(1, -(-len(points) // LEARNING_PEOPLE))
    learning = points[::step]
    learned = kmeans(learning, np.ones(len(learning)), k, restarts=10, seed=seed)
    labels, _ = nearest(points, learned.centres)
    found = Clustering(learned.centres, labels, learned.inertia)
    share = float(np.bincount(labels, minlength=k).min() / len(labels)) if len(found.centres) == k else 0.0
    nothing = (np.zeros((len(points), k)), np.zeros(k))
    if share < MINIMUM_SHARE:
        return _Candidate(found, *nothing, Attempt(k, "too_small", share, 1.0, 0.0))
    valley = max(_valley(points, found, a, b) for a in range(k) for b in range(a))
    if valley > SHALLOWEST_VALLEY:
        return _Candidate(found, *nothing, Attempt(k, "no_gap", share, valley, 0.0))
    soft = _redrawn(points, spread, found, seed, redraws if len(points) <= LEARNING_PEOPLE else min(redraws, 20))
    own = soft[np.arange(len(points)), labels]
    stability = np.bincount(labels, own, k) / np.bincount(labels, minlength=k)
    reason = "possible" if stability.min() >= STABLE else "unstable"
    return _Candidate(found, soft, stability, Attempt(k, reason, share, valley, float(stability.min())))


def _valley(points: Floats, found: Clustering, a: int, b: int) -> float:
    """Least density between two centres over the lower of the two peaks, along the line through them."""
    start, line = found.centres[a], found.centres[b] - found.centres[a]
    length = float(line @ line)
    if length <= 0:
        return 1.0
    members = (found.labels == a) | (found.labels == b)
    place = (points[members] - start) @ line / length
    grid = np.linspace(-0.75, 1.75, 101)
    density = _density(place, grid)
    left, right = density[grid < 0.5].max(), density[grid >= 0.5].max()
    between = density[(grid >= 0.0) & (grid <= 1.0)].min()
    lower = min(left, right)
    return float(between / lower) if lower > 0 else 1.0


def _density(values: Floats, grid: Floats) -> Floats:
    """Kernel density with Silverman's robust width, from a histogram so that a million people cost nothing."""
    quarter = np.quantile(values, [0.25, 0.75])
    width = 0.9 * min(float(values.std()), float(quarter[1] - quarter[0]) / 1.34 or 1e-3) * len(values) ** -0.2
    edges = np.linspace(-1.0, 2.0, 601)
    counts, _ = np.histogram(values, edges)
    middle = (edges[1:] + edges[:-1]) / 2
    kernel = np.exp(-0.5 * ((grid[:, None] - middle[None, :]) / max(width, 5e-3)) ** 2)
    return np.asarray(kernel @ counts)


def _redrawn(points: Floats, spread: Floats, found: Clustering, seed: int, redraws: int) -> Floats:
    """Share of redraws in which each person stood in each group; ends early once stability is out of reach."""
    rng = np.random.default_rng([seed, len(found.centres), 1])
    weights, axes = np.linalg.eigh(spread)
    roots = axes * np.sqrt(np.maximum(weights, 0.0))[:, None, :]
    soft = np.zeros((len(points), len(found.centres)))
    rows, sizes = np.arange(len(points)), np.bincount(found.labels, minlength=len(found.centres))
    step = max(1, -(-len(points) // LEARNING_PEOPLE))
    for done in range(1, redraws + 1):
        drawn = points + np.einsum("nkl,nl->nk", roots, rng.standard_normal(points.shape))
        kept = drawn[rng.random(len(points)) < 0.8][::step]
        again = lloyd(kept, np.ones(len(kept)), found.centres, tolerance=1e-4)
        fresh = kmeans(kept, np.ones(len(kept)), len(found.centres), restarts=2, seed=seed)
        best = again if again.inertia <= fresh.inertia * (1 + 1e-6) else fresh
        labels = nearest_labels(drawn, best.centres)
        soft[rows, _matched(best.centres, found.centres)[labels]] += 1.0
        stayed = np.bincount(found.labels, soft[rows, found.labels], len(found.centres)) / sizes
        if (stayed + redraws - done < STABLE * redraws).any():  # not even if everybody stayed from now on
            return soft / done
    return soft / redraws


def _matched(centres: Floats, reference: Floats) -> NDArray[Any]:
    """Number of the reference centre that goes with each centre."""
    gaps = ((centres[:, None, :] - reference[None, :, :]) ** 2).sum(axis=2)
    rows, columns = linear_sum_assignment(gaps)
    partner = gaps.argmin(axis=1)
    partner[rows] = columns
    return np.asarray(partner)


def adjusted_rand(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Adjusted Rand index of two labellings of the same people (Hubert and Arabie 1985)."""
    if len(one) < 2:
        return 1.0
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.bincount(a * (b.max() + 1) + b, minlength=(a.max() + 1) * (b.max() + 1)).reshape(a.max() + 1, -1)

    def pairs(counts: NDArray[Any]) -> float:
        return float((counts * (counts - 1.0) / 2.0).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / (len(one) * (len(one) - 1.0) / 2.0)
    most = (rows + columns) / 2.0
    return 1.0 if most == expected else (together - expected) / (most - expected)
