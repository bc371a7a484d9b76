"""k-means that gives the same answer every time: weighted Lloyd steps, seeded restarts, labels in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
POINTS_PER_BLOCK = 200_000
FEW_CENTRES = 12
POINTS_TO_GUESS = 2_000  # below that comparing all with all is cheaper
NEIGHBOURS = 7  # a centre itself and those nearest to it
REACH = 4.0 * (1.0 + 1e-9)  # squared distances: twice as far, and a little more than rounding can blur


@dataclass(frozen=True, eq=False)
class Clustering:
    """Centres, shape (k, d), the centre of each point, shape (n,), and the weighted squared distance in all."""

    centres: Floats
    labels: Labels
    inertia: float


def nearest(points: Floats, centres: Floats) -> tuple[Labels, Floats]:
    """Index of the nearest centre and the squared distance to it; the first of equally near ones."""
    labels = np.empty(len(points), np.int64)
    distances = np.empty(len(points))
    sizes = (centres**2).sum(axis=1)
    for start in range(0, len(points), POINTS_PER_BLOCK):
        part = points[start : start + POINTS_PER_BLOCK]
        gap = sizes - 2.0 * (part @ centres.T)
        best = gap.argmin(axis=1)
        labels[start : start + len(part)] = best
        distances[start : start + len(part)] = gap[np.arange(len(part)), best] + _squares(part)
    return labels, np.maximum(distances, 0.0)


def nearest_labels(points: Floats, centres: Floats) -> Labels:
    """Index of the nearest centre; the first of equally near ones."""
    labels = np.empty(len(points), np.int64)
    sizes = (centres**2).sum(axis=1)
    for start in range(0, len(points), POINTS_PER_BLOCK):
        part = points[start : start + POINTS_PER_BLOCK]
        gap = (-2.0 * centres) @ part.T
        gap += sizes[:, None]
        labels[start : start + len(part)] = _first_least(gap) if len(gap) <= FEW_CENTRES else gap.argmin(axis=0)
    return labels


def nearest_from(points: Floats, centres: Floats, guess: Labels) -> Labels:
    """``nearest_labels`` where a centre not far from each point is known; several times cheaper with many centres.

    A centre more than twice as far from the guessed one as the point is from that cannot be the nearest (triangle
    inequality). So most points need to be compared with the neighbours of their guess only, and many with none.

    Parameters
    ----------
    points : ndarray, shape (n, d)
    centres : ndarray, shape (k, d)
        More than ``NEIGHBOURS``.
    guess : ndarray of int, shape (n,)
    """
    gaps = _squares(centres[:, None, :] - centres[None, :, :])
    by_gap = np.argsort(gaps, axis=1)[:, : NEIGHBOURS + 1]
    number = np.arange(len(centres))
    nearest_gap, outside = gaps[number, by_gap[:, 1]], gaps[number, by_gap[:, NEIGHBOURS]]
    reach = REACH * _squares(points - np.take(centres, guess, axis=0))
    unsettled = np.flatnonzero(reach >= nearest_gap[guess])
    near = reach[unsettled] < outside[guess[unsettled]]
    few, rest = unsettled[near], unsettled[~near]
    labels = guess.copy()
    labels[few] = _nearest_among(points[few], centres, np.sort(by_gap[:, :NEIGHBOURS], axis=1).T, guess[few])
    labels[rest] = nearest_labels(points[rest], centres)
    return labels


def _nearest_among(points: Floats, centres: Floats, choice: Labels, which: Labels) -> Labels:
    """The nearest of those centres that column ``which`` of ``choice`` holds for each point."""
    gap = np.take((centres**2).sum(axis=1)[choice], which, axis=1)
    for axis, place in zip(-2.0 * centres.T, points.T, strict=True):
        gap += np.take(axis[choice], which, axis=1) * place
    return choice[_first_least(gap), which]


def _squares(gaps: Floats) -> Floats:
    """Squared lengths along the last axis, added axis by axis: much faster than a sum over so few numbers."""
    total = gaps[..., 0] ** 2
    for axis in range(1, gaps.shape[-1]):
        total += gaps[..., axis] ** 2
    return np.asarray(total)


def _first_least(gap: Floats) -> Labels:
    """The row of the least value in each column; several times cheaper than argmin where rows are few."""
    labels, least = np.zeros(gap.shape[1], np.int8), gap[0].copy()
    for row in range(1, len(gap)):
        less = gap[row] < least
        np.maximum(labels, less.view(np.int8) * np.int8(row), out=labels)  # without a branch: rows only ascend
        np.minimum(least, gap[row], out=least)
    return labels.astype(np.int64)


def lloyd(points: Floats, weights: Floats, centres: Floats, *, steps: int = 100, tolerance: float = 1e-9) -> Clustering:
    """Lloyd's steps from given centres; clusters that lose all points vanish.

    Parameters
    ----------
    points : ndarray, shape (n, d)
    weights : ndarray, shape (n,)
    centres : ndarray, shape (k, d)
    steps : int
        At most so many.
    tolerance : float
        Stop when no centre moves further, in units of ``points``.
    """
    many = len(points) >= POINTS_TO_GUESS
    weighted = [weights * axis for axis in points.T]
    labels: Labels | None = None
    for _ in range(steps):
        if labels is not None and many and len(centres) > FEW_CENTRES:
            labels = nearest_from(points, centres, labels)
        else:
            labels = nearest_labels(points, centres)
        mass = np.bincount(labels, weights, len(centres))
        kept = mass > 0
        sums = [np.bincount(labels, axis, len(centres))[kept] for axis in weighted]
        moved = np.stack([total / mass[kept] for total in sums], axis=1)
        still = kept.all() and bool((np.abs(moved - centres).max(axis=1) <= tolerance).all())
        centres, labels = moved, labels if kept.all() else None
        if still:
            break
    labels, distances = nearest(points, centres)
    return Clustering(centres, labels, float((weights * distances).sum()))


def spread_centres(points: Floats, weights: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: centres drawn with probability proportional to weight times squared distance."""
    chosen = [int(np.searchsorted(np.cumsum(weights), rng.random() * weights.sum(), side="right"))]
    distance = _squares(points - points[chosen[0]])
    for _ in range(k - 1):
        mass = np.cumsum(weights * distance)
        if mass[-1] <= 0:
            break
        chosen.append(int(np.searchsorted(mass, rng.random() * mass[-1], side="right")))
        distance = np.minimum(distance, _squares(points - points[chosen[-1]]))
    return points[np.minimum(chosen, len(points) - 1)]


def kmeans(
    points: Floats, weights: Floats, k: int, *, restarts: int, seed: int, candidate: Floats | None = None
) -> Clustering:
    """The best of several seeded runs; clusters are numbered by the first coordinate of their centres.

    Parameters
    ----------
    candidate : ndarray, shape (k, d), optional
        Centres of an earlier answer, tried as one more start.
    """
    rng = np.random.default_rng([seed, k])
    starts = [spread_centres(points, weights, k, rng) for _ in range(restarts)]
    if candidate is not None:
        starts.append(candidate)
    reach = float(np.abs(points).max(initial=0.0))
    runs = [lloyd(points, weights, start, tolerance=1e-4 * reach) for start in starts]
    best = min(runs, key=lambda run: (-len(run.centres), round(run.inertia, 9)))
    return in_order(lloyd(points, weights, best.centres, tolerance=1e-6 * reach))


def in_order(found: Clustering) -> Clustering:
    """The same clusters numbered by their centres, first coordinate first."""
    order = np.lexsort(found.centres.T[::-1])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Clustering(found.centres[order], rank[found.labels], found.inertia)


def silhouette(points: Floats, labels: Labels) -> float:
    """Mean silhouette with Euclidean distances, every point alike; points alone in their cluster count 0."""
    k = int(labels.max(initial=-1)) + 1
    if k < 2:
        return 0.0
    gaps = np.sqrt(_squares(points[:, None, :] - points[None, :, :]))
    sizes = np.bincount(labels, minlength=k)
    sums = np.stack([gaps[:, labels == group].sum(axis=1) for group in range(k)], axis=1)
    own = sizes[labels]
    inside = sums[np.arange(len(points)), labels] / np.maximum(own - 1, 1)
    others = np.where(np.arange(k)[None, :] == labels[:, None], np.inf, sums / np.maximum(sizes, 1))
    outside = others.min(axis=1)
    widest = np.maximum(np.maximum(inside, outside), np.finfo(float).tiny)
    return float(np.where(own > 1, (outside - inside) / widest, 0.0).mean())
