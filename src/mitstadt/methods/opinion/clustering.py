"""k-means that gives the same answer every time: weighted Lloyd steps, seeded restarts, labels in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
POINTS_PER_BLOCK = 200_000
FEW_CENTRES = 12


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
        distances[start : start + len(part)] = gap[np.arange(len(part)), best] + (part**2).sum(axis=1)
    return labels, np.maximum(distances, 0.0)


def nearest_labels(points: Floats, centres: Floats) -> Labels:
    """Index of the nearest centre; the first of equally near ones."""
    labels = np.empty(len(points), np.int64)
    sizes = (centres**2).sum(axis=1)
    for start in range(0, len(points), POINTS_PER_BLOCK):
        part = points[start : start + POINTS_PER_BLOCK]
        gap = sizes[:, None] - 2.0 * (centres @ part.T)
        labels[start : start + len(part)] = _first_least(gap) if len(gap) <= FEW_CENTRES else gap.argmin(axis=0)
    return labels


def _first_least(gap: Floats) -> Labels:
    """The row of the least value in each column; cheaper than argmin where rows are few."""
    labels, least = np.zeros(gap.shape[1], np.int64), gap[0].copy()
    for row in range(1, len(gap)):
        labels[gap[row] < least] = row
        np.minimum(least, gap[row], out=least)
    return labels


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
    for _ in range(steps):
        labels = nearest_labels(points, centres)
        mass = np.bincount(labels, weights, len(centres))
        sums = [np.bincount(labels, weights * axis, len(centres)) for axis in points.T]
        kept = mass > 0
        moved = np.stack([total[kept] / mass[kept] for total in sums], axis=1)
        still = kept.all() and bool((np.abs(moved - centres).max(axis=1) <= tolerance).all())
        centres = moved
        if still:
            break
    labels, distances = nearest(points, centres)
    return Clustering(centres, labels, float((weights * distances).sum()))


def spread_centres(points: Floats, weights: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: centres drawn with probability proportional to weight times squared distance."""
    chosen = [int(np.searchsorted(np.cumsum(weights), rng.random() * weights.sum(), side="right"))]
    distance = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    for _ in range(k - 1):
        mass = np.cumsum(weights * distance)
        if mass[-1] <= 0:
            break
        chosen.append(int(np.searchsorted(mass, rng.random() * mass[-1], side="right")))
        distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
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
    gaps = np.sqrt(np.maximum(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2), 0.0))
    sizes = np.bincount(labels, minlength=k)
    sums = np.stack([gaps[:, labels == group].sum(axis=1) for group in range(k)], axis=1)
    own = sizes[labels]
    inside = sums[np.arange(len(points)), labels] / np.maximum(own - 1, 1)
    others = np.where(np.arange(k)[None, :] == labels[:, None], np.inf, sums / np.maximum(sizes, 1))
    outside = others.min(axis=1)
    widest = np.maximum(np.maximum(inside, outside), np.finfo(float).tiny)
    return float(np.where(own > 1, (outside - inside) / widest, 0.0).mean())
