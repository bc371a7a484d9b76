"""Who should see which statement next: what tells most about the person, with a share left to chance.

Every draw comes with its probability. Whoever stores it can weigh answers by its inverse, which takes out of every
estimate that statements were not shown to everybody alike (Horvitz and Thompson 1952).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.shared.errors import MethodError

Floats = NDArray[np.float64]
EXPLORE = 0.3
BEST = 8
NORMAL = 1.6448536269514722


@dataclass(frozen=True)
class Draw:
    """A statement to show next and the probability with which it was drawn, given the draws before it."""

    column: int
    probability: float


def next_statements(
    found: OpinionMap,
    row: int | None,
    *,
    rng: np.random.Generator,
    n: int = 1,
    explore: float = EXPLORE,
    also_seen: Collection[int] = (),
) -> list[Draw]:
    """Draw the next statements for a person.

    With probability ``explore`` a statement is drawn evenly from all that the person has not seen, otherwise evenly
    from the eight that would narrow down the person's position most.

    Parameters
    ----------
    found : OpinionMap
    row : int or None
        The person's row; None for somebody who has not voted yet.
    rng : numpy.random.Generator
    n : int
        How many; fewer where fewer are left.
    explore : float
        Between 0 and 1.
    also_seen : collection of int
        Columns shown without an answer.

    Raises
    ------
    MethodError
        ``explore`` outside its range.
    """
    if not 0.0 <= explore <= 1.0:
        raise MethodError("explore", "The share left to chance must lie between 0 and 1.", explore=explore)
    left = unseen(found, row, also_seen)
    gain = information(found, row)
    draws: list[Draw] = []
    while len(draws) < n and len(left):
        chances = draw_chances(gain[left], explore)
        pick = int(rng.choice(len(left), p=chances))
        draws.append(Draw(int(left[pick]), float(chances[pick])))
        left = np.delete(left, pick)
    return draws


def unseen(found: OpinionMap, row: int | None, also_seen: Collection[int] = ()) -> NDArray[np.int64]:
    """Columns of statements that are not silenced and that the person has not voted on or been shown."""
    open_ = ~found.conversation.silenced
    matrix = found.conversation.votes.matrix
    if row is not None:
        open_[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]] = False
    open_[list(also_seen)] = False
    return np.flatnonzero(open_)


def draw_chances(gain: Floats, explore: float) -> Floats:
    """Probability of each statement to be drawn: the mixture of an even draw and an even draw among the best."""
    best = np.lexsort((np.arange(len(gain)), -gain))[:BEST]
    chances = np.full(len(gain), explore / len(gain))
    chances[best] += (1.0 - explore) / len(best)
    return np.asarray(chances / chances.sum())


def information(found: OpinionMap, row: int | None) -> Floats:
    """Expected fall in the variance of a person's position by an answer to each statement, squared log-odds, (S,)."""
    dim = found.dim
    if row is None:
        scale = np.array(found.settings["axis_log_odds"])
        mean, covariance = np.zeros(dim), np.diag(scale**2)
        lean, lean_variance = 0.0, float(found.settings["lean_deviation"]) ** 2
    else:
        mean, covariance = found.positions[row], found.covariance[row]
        lean, lean_variance = float(found.lean[row]), float(found.lean_deviation[row]) ** 2
    return gain_of(found, mean, covariance, (lean, lean_variance))


def gain_of(found: OpinionMap, mean: Floats, covariance: Floats, lean: tuple[float, float]) -> Floats:
    """The same for a position that is not on the map (yet)."""
    pull = found.loadings @ covariance
    spread = (pull * found.loadings).sum(axis=1) + lean[1]
    middle = found.intercepts + lean[0] + found.loadings @ mean
    p = expit(middle / np.sqrt(1.0 + np.pi * spread / 8.0))
    bend = p * (1.0 - p)
    return np.asarray(bend / (1.0 + bend * spread) * (pull**2).sum(axis=1))


@dataclass(frozen=True)
class WeightedShare:
    """A share as if everybody had been asked, with a 90 % interval and the number of even answers it is worth."""

    value: float
    low: float
    high: float
    effective_answers: float


def weighted_share(agreed: NDArray[np.bool_], probability: Floats) -> WeightedShare:
    """Share of agreement from answers drawn with known probabilities (Hájek's estimator).

    Parameters
    ----------
    agreed : ndarray of bool, shape (n,)
    probability : ndarray, shape (n,)
        With which the statement was drawn for each person who answered; above 0.

    Raises
    ------
    MethodError
        ``no_answers``, ``probability`` not in (0, 1].
    """
    if not len(agreed):
        raise MethodError("no_answers", "There is no answer to weigh.")
    if not ((probability > 0) & (probability <= 1)).all():
        raise MethodError("probability", "The probability of a draw must lie above 0 and at most at 1.")
    weights = 1.0 / probability
    share = float((weights * agreed).sum() / weights.sum())
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    middle = (share * effective + NORMAL**2 / 2) / (effective + NORMAL**2)
    half = NORMAL * np.sqrt(share * (1 - share) * effective + NORMAL**2 / 4) / (effective + NORMAL**2)
    return WeightedShare(share, max(float(middle - half), 0.0), min(float(middle + half), 1.0), effective)
