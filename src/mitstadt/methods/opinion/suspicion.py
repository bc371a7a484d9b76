"""People who vote too much alike to be independent, and what the result would be without them.

Two people in agreement are nothing odd. A cohort is named when the likeness of its members is out of reach of chance
given what the map knows of every statement: the expected number of equally long equal rows among all pairs of people is
far below one. Candidates are found by min-wise hashing, so that a million people cost as much as their votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from mitstadt.methods.opinion.consensus import bridging_consensus
from mitstadt.methods.opinion.irt import Answers, Posterior, sweep
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import map_of, posterior_of
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.votes import Votes

Floats = NDArray[np.float64]
FEWEST_VOTES = 7
FEWEST_MEMBERS = 3
ALIKE = 0.85  # share of equal votes among the statements that either of two people voted on
MARGIN_BITS = 20.0  # a chance below one in a million after allowing for all pairs of people
BANDS, ROWS_PER_BAND = 12, 4
MOST_COHORTS = 20
SHOWN = 5
WITHOUT_SWEEPS = 10


@dataclass(frozen=True, eq=False)
class Cohort:
    """People whose votes are near-identical beyond chance.

    Attributes
    ----------
    code : str
        "near_identical", or "sudden_block" when they also arrived together.
    rows : list of int
        Row numbers of the members.
    likeness : float
        Mean share of equal votes with the member most like all others.
    surprise_bits : float
        Minus log2 of the chance that two independent people share these votes, less log2 of the number of pairs.
    influence : float
        Largest change of any statement's bridging value when the cohort is left out.
    top_with, top_without : list of int
        Columns of the five statements most shared, with the cohort and without it.
    """

    code: str
    rows: list[int]
    likeness: float
    surprise_bits: float
    influence: float
    top_with: list[int]
    top_without: list[int]


def suspicious(found: OpinionMap) -> tuple[Cohort, ...]:
    """Cohorts that vote alike beyond chance, the largest first, each with the result without it."""
    votes = found.conversation.votes
    bits = _collision_bits(votes)
    cohorts = []
    for rows in _clusters(votes):
        leader, likeness = _leader(votes, rows)
        pairs = np.log2(max(votes.shape[0], 2)) * 2 - 1
        surprise = float(bits[votes.matrix.indices[_stored(votes, leader)]].sum()) * likeness - pairs
        if surprise >= MARGIN_BITS:
            cohorts.append((rows, likeness, surprise))
    cohorts.sort(key=lambda one: (-len(one[0]), one[0][0]))
    return tuple(_cohort(found, *one) for one in cohorts[:MOST_COHORTS])


def _stored(votes: Votes, row: int) -> slice:
    return slice(int(votes.matrix.indptr[row]), int(votes.matrix.indptr[row + 1]))


def _collision_bits(votes: Votes) -> Floats:
    """Bits by which a chance match on each statement surprises: minus log2 of the sum of squared shares."""
    counts = votes.counts()
    seen = np.maximum(counts.seen, 1) + 3.0
    squares = sum(((part + 1.0) / seen) ** 2 for part in (counts.agree, counts.disagree, counts.passed))
    return np.asarray(-np.log2(squares))


def _clusters(votes: Votes) -> list[list[int]]:
    """Sets of people linked by likeness, from buckets of equal hash bands."""
    able = np.flatnonzero(votes.per_person >= FEWEST_VOTES)
    if len(able) < FEWEST_MEMBERS:
        return []
    bands = _bands(votes, able)
    links: list[NDArray[np.int64]] = []
    for band in bands:
        order = np.argsort(band, kind="stable")
        same = np.flatnonzero(band[order][1:] == band[order][:-1])
        links.append(np.stack([able[order[same]], able[order[same + 1]]]))
    pairs = np.unique(np.concatenate(links, axis=1), axis=1)
    return _linked(votes, pairs)


def _linked(votes: Votes, pairs: NDArray[np.int64]) -> list[list[int]]:
    kept = pairs[:, likeness_of(votes, pairs[0], pairs[1]) >= ALIKE]
    if not kept.shape[1]:
        return []
    persons = votes.shape[0]
    graph = sparse.coo_array((np.ones(kept.shape[1]), (kept[0], kept[1])), shape=(persons, persons))
    _, number = connected_components(graph, directed=False)
    members = np.unique(kept)
    order = members[np.argsort(number[members], kind="stable")]
    cuts = np.flatnonzero(np.diff(number[order])) + 1
    parts = [np.sort(part) for part in np.split(order, cuts)]
    return [[int(row) for row in part] for part in parts if len(part) >= FEWEST_MEMBERS]


def _bands(votes: Votes, able: NDArray[np.int64]) -> list[NDArray[np.uint64]]:
    """Hash bands of each able person: equal with the likelihood of their Jaccard likeness to the fourth power."""
    chosen = votes.matrix[able]
    token = chosen.indices.astype(np.uint64) * np.uint64(4) + (chosen.data + 1).astype(np.uint64)
    starts = chosen.indptr[:-1]
    bands = []
    for band in range(BANDS):
        mixed = np.zeros(len(able), np.uint64)
        for row in range(ROWS_PER_BAND):
            least = np.minimum.reduceat(_hash(token, band * ROWS_PER_BAND + row), starts)
            mixed = _hash(mixed ^ least, row)
        bands.append(mixed)
    return bands


def _hash(values: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """SplitMix64: a fixed scramble of 64 bits."""
    mixed = values + np.uint64((salt + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def likeness_of(votes: Votes, ones: NDArray[Any], others: NDArray[Any]) -> Floats:
    """Equal votes over statements that either person voted on, for pairs of rows, shape (pairs,)."""
    result = np.zeros(len(ones))
    for start in range(0, len(ones), 20_000):
        a, b = votes.matrix[ones[start : start + 20_000]], votes.matrix[others[start : start + 20_000]]
        equal = sum(_both(a, b, answer) for answer in (-1, 0, 1))
        either = np.diff(a.indptr) + np.diff(b.indptr) - _both(a, b, None)
        result[start : start + 20_000] = equal / np.maximum(either, 1)
    return result


def _both(a: sparse.csr_array, b: sparse.csr_array, answer: int | None) -> NDArray[np.int64]:
    """Per row, statements on which both gave this answer (any answer for None)."""

    def marks(matrix: sparse.csr_array) -> sparse.csr_array:
        data = np.ones(matrix.nnz, np.int32) if answer is None else (matrix.data == answer).astype(np.int32)
        return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)

    return np.asarray(marks(a).multiply(marks(b)).sum(axis=1)).ravel()


def _leader(votes: Votes, rows: list[int]) -> tuple[int, float]:
    """The member most like a sample of the others, and the mean likeness to them."""
    sample = np.array(rows[:: max(1, len(rows) // 30)])
    best, likeness = int(sample[0]), -1.0
    for one in sample[:30]:
        others = sample[sample != one]
        mean = float(likeness_of(votes, np.full(len(others), one), others).mean()) if len(others) else 1.0
        if mean > likeness:
            best, likeness = int(one), mean
    return best, likeness


def _cohort(found: OpinionMap, rows: list[int], likeness: float, surprise: float) -> Cohort:
    value, changed = bridging_consensus(found), bridging_consensus(without_people(found, rows))
    both = value.eligible & changed.eligible
    influence = float(np.abs(value.value - changed.value)[both].max(initial=0.0))
    code = "sudden_block" if _arrived_together(found.conversation.votes, rows) else "near_identical"
    return Cohort(code, rows, likeness, surprise, influence, value.order()[:SHOWN], changed.order()[:SHOWN])


def without_people(found: OpinionMap, rows: list[int]) -> OpinionMap:
    """The map refitted without the votes of some people, beginning from the map with them."""
    votes = found.conversation.votes
    kept = np.ones(votes.shape[0], bool)
    kept[rows] = False
    fewer = votes.masked(np.repeat(kept, votes.per_person))
    conversation = Conversation(
        fewer,
        found.conversation.rejected,
        found.conversation.meta,
        found.conversation.published,
        found.conversation.texts,
    )
    answers = Answers.of(conversation.heard)
    now: Posterior = posterior_of(found, conversation)
    for _ in range(WITHOUT_SWEEPS if fewer.total < 3_000_000 else 2):
        now = sweep(answers, now)
    return map_of(conversation, now, dict(found.settings))


def _arrived_together(votes: Votes, rows: list[int]) -> bool:
    """Whether members came much closer in time than as many people usually do."""
    if votes.first_at is None:
        return False
    times = np.sort(votes.first_at)
    own = np.sort(votes.first_at[rows])
    middle = own[len(own) // 10 : max(len(own) - len(own) // 10, 1)]
    lasted = int(middle[-1] - middle[0])
    usual = np.sort(times[len(middle) - 1 :] - times[: len(times) - len(middle) + 1])
    return bool(lasted <= usual[len(usual) // 20])


