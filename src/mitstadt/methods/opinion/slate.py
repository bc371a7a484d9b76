"""A few statements in which everybody finds themselves: proportional approval voting with a certificate.

People approve what they agreed with; where they did not vote, what the map expects them to agree with. The slate
maximises Thiele's proportional score by local swaps (Aziz and Huang 2016), in whole numbers throughout. It is then
checked for EJR+ (Brill and Peters 2023): no statement outside the slate has a group of supporters who are large enough
for some number of statements and who all have fewer. The certificate can be checked by anyone from the approvals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.shared.errors import MethodError

LARGEST = 20  # the least common multiple of 1..20 keeps all scores whole below 2⁵³
MOST_PEOPLE, MOST_STATEMENTS = 20_000, 2_000
MOST_SWAPS = 200
NORMAL = 1.6448536269514722


@dataclass(frozen=True)
class Certificate:
    """What anyone can check about a slate.

    Attributes
    ----------
    people, statements : int
        Whose approvals were counted, and how many statements could be chosen.
    score, unit : int
        Thiele's score times ``unit``, the least common multiple of 1..size.
    best_swap : int
        Largest gain that any single swap would still bring, in the same unit.
    ejr_plus : bool
        Whether no outside statement has a group entitled to more.
    tightest_share : float
        Size of the largest group that any outside statement could complain with, over the size it would need (< 1).
    """

    people: int
    statements: int
    score: int
    unit: int
    best_swap: int
    ejr_plus: bool
    tightest_share: float


@dataclass(frozen=True, eq=False)
class Slate:
    """Chosen columns in the order of choice, approved statements of each counted person, and the certificate."""

    columns: list[int]
    rows: NDArray[np.int64]
    utility: NDArray[np.int64]
    certificate: Certificate


def choose_slate(found: OpinionMap, size: int = 10) -> Slate:
    """Choose statements that represent everyone.

    Of more than 2,000 statements those most agreed with can be chosen; the certificate speaks of these.

    Parameters
    ----------
    found : OpinionMap
    size : int
        At most 20, and at most the number of statements that may be chosen.

    Raises
    ------
    MethodError
        ``slate_size``.
    """
    eligible = np.flatnonzero(~found.conversation.silenced)
    if not 1 <= size <= min(LARGEST, len(eligible)):
        most = min(LARGEST, len(eligible))
        raise MethodError("slate_size", f"A slate here has between 1 and {most} statements.", most=most)
    eligible = _most_agreed(found, eligible)
    rows, approves = approvals(found, eligible)
    chosen = _greedy(approves, size)
    chosen, best = _swapped(approves, chosen)
    utility = approves[:, chosen].sum(axis=1)
    unit = math.lcm(*range(1, size + 1))
    holds, tightest = ejr_plus(approves, chosen)
    worth_of = np.concatenate([[0], _marginal(size)[:size].astype(np.int64).cumsum()])
    score = int(worth_of[utility].sum())
    certificate = Certificate(len(rows), len(eligible), score, unit, best, holds, tightest)
    return Slate([int(eligible[c]) for c in chosen], rows, utility.astype(np.int64), certificate)


def _most_agreed(found: OpinionMap, columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """The columns most people agreed with, in their order, so that people times statements stay within memory."""
    agree = found.conversation.votes.counts().agree[columns]
    return columns[np.sort(np.argsort(-agree, kind="stable")[:MOST_STATEMENTS])]


def approvals(found: OpinionMap, columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Who approves what: rows of counted people, and a matrix of shape (people, columns).

    Everybody who voted is counted, in very large conversations an even selection of 20,000. Where somebody did not
    vote, approval is expected only if it also holds at the lower end of the statement's 90 % interval: a statement
    that few have seen does not count as liked by all.
    """
    conversation = found.conversation
    rows = np.flatnonzero(conversation.heard.per_person > 0)
    rows = rows[:: max(1, -(-len(rows) // MOST_PEOPLE))]
    logits = found.intercepts[columns] + found.lean[rows][:, None] + found.positions[rows] @ found.loadings[columns].T
    approves = logits > NORMAL * found.intercept_deviation[columns]
    votes = conversation.votes.matrix[rows][:, columns].tocoo()
    approves[votes.row, votes.col] = votes.data > 0
    return rows, approves


def _marginal(size: int) -> NDArray[np.float64]:
    unit = math.lcm(*range(1, size + 1))
    return np.array([unit // (have + 1) for have in range(size)] + [0], np.float64)


def _greedy(approves: NDArray[np.bool_], size: int) -> list[int]:
    """Sequential proportional approval: always the statement with the largest gain, the first of equals."""
    worth, counted = _marginal(size), approves.T.astype(np.float64)
    have = np.zeros(len(approves), np.int64)
    chosen: list[int] = []
    for _ in range(size):
        gain = counted @ worth[have]
        gain[chosen] = -1.0
        best = int(gain.argmax())
        chosen.append(best)
        have += approves[:, best]
    return chosen


def _swapped(approves: NDArray[np.bool_], chosen: list[int]) -> tuple[list[int], int]:
    """Swap while it raises the score; also the gain of the best swap that is left (none: 0)."""
    worth, counted = _marginal(len(chosen)), approves.T.astype(np.float64)
    for _ in range(MOST_SWAPS):
        gain, place, column = _best_swap(approves, counted, worth, chosen)
        if gain <= 0:
            return chosen, 0
        chosen = [*chosen[:place], column, *chosen[place + 1 :]]
    return chosen, int(_best_swap(approves, counted, worth, chosen)[0])


def _best_swap(
    approves: NDArray[np.bool_], counted: NDArray[np.float64], worth: NDArray[np.float64], chosen: list[int]
) -> tuple[float, int, int]:
    have = approves[:, chosen].sum(axis=1)
    best = (0.0, 0, 0)
    for place, column in enumerate(chosen):
        left = have - approves[:, column]
        gain = counted @ worth[left]
        gain -= gain[column]
        gain[chosen] = 0.0
        at = int(gain.argmax())
        if gain[at] > best[0]:
            best = (float(gain[at]), place, at)
    return best


def ejr_plus(approves: NDArray[np.bool_], chosen: list[int]) -> tuple[bool, float]:
    """Whether EJR+ holds, and the largest complaining group over the size it would need.

    A group of at least l·n/k people who all approve an outside statement is entitled to somebody with l statements.
    """
    people, size = len(approves), len(chosen)
    have = approves[:, chosen].sum(axis=1)
    outside = np.setdiff1d(np.arange(approves.shape[1]), chosen)
    tightest = 0.0
    for level in range(1, size + 1):
        complaining = approves[have < level][:, outside].sum(axis=0)
        tightest = max(tightest, float(complaining.max(initial=0) * size / max(level * people, 1)))
    return tightest < 1.0, tightest
