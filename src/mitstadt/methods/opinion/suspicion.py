"""People who vote too much alike to be independent, and what the result would be without them.

Two people in agreement are nothing odd. A cohort is named when the likeness of its members is out of reach of chance
given what a map made without them knows of every statement: the expected number of such sets of people is below one in
a million. Candidates are found by min-wise hashing, so that a million people cost as much as their votes. People who
follow one pattern less strictly are found as blocks of low rank (``blocks``), up to three million votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.special import entr, expit, gammaln

from mitstadt.methods.opinion.blocks import (
    Block,
    Unexplained,
    candidate_blocks,
    judged,
    needed_bits,
    unexplained,
    worth_searching,
)
from mitstadt.methods.opinion.cells import row_blocks
from mitstadt.methods.opinion.influence import influence_of_people, without_people
from mitstadt.methods.opinion.irt import Answers, place
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import posterior_of
from mitstadt.methods.opinion.votes import Votes

Floats = NDArray[np.float64]
FEWEST_VOTES = 7
FEWEST_MEMBERS = 3
ALIKE = 0.85  # share of equal votes among the statements that either of two people voted on
MARGIN_BITS = 20.0  # a chance below one in a million after allowing for every set of people
ROWS_PER_BAND = 4
BANDS = range(0, 8 * ROWS_PER_BAND, ROWS_PER_BAND)
VOTES_PER_BLOCK = 200_000
MOST_COHORTS = 20


@dataclass(frozen=True, eq=False)
class Cohort:
    """People whose votes are near-identical beyond chance.

    Attributes
    ----------
    code : str
        "near_identical", or "sudden_block" when they also arrived together; "low_rank_block" for people who follow
        one pattern with many deviations, or "sudden_low_rank_block" where times show that they arrived together.
    rows : list of int
        Row numbers of the members.
    likeness : float
        Mean share of equal votes with the member most like all others; for blocks of low rank the share of votes
        that follow the pattern.
    surprise_bits : float
        Minus log2 of the chance that so many independent people share these votes, all sets of people allowed for.
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
    bits = _plain_bits(votes)
    candidates = []
    for rows in _clusters(votes):
        if len(rows) > votes.shape[0] // 2:
            continue  # a majority is no cohort: there is nobody left to be odd against
        leader, likeness = _leader(votes, rows)
        one = _Candidate(rows, leader, likeness)
        stored = _stored(votes, leader)
        if _surprise(bits[votes.matrix.data[stored] + 1, votes.matrix.indices[stored]], one, votes) >= MARGIN_BITS:
            candidates.append(one)
    judged = _judged(found, candidates) if candidates else []
    judged.sort(key=lambda pair: (-len(pair[0].rows), pair[0].rows[0]))
    alike = [_cohort(found, one.rows, _code(votes, one), one.likeness, bits) for one, bits in judged[:MOST_COHORTS]]
    return (*alike, *_blocks(found, [row for one in alike for row in one.rows]))


def _code(votes: Votes, one: _Candidate) -> str:
    return "sudden_block" if _arrived_together(votes, one.rows) else "near_identical"


@dataclass(frozen=True)
class _Candidate:
    rows: list[int]
    leader: int
    likeness: float


def _judged(found: OpinionMap, candidates: list[_Candidate]) -> list[tuple[_Candidate, float]]:
    """Candidates that also surprise a map made without them: to share a camp's opinions is no offence."""
    votes = found.conversation.votes
    others = without_people(found, sorted(row for one in candidates for row in one.rows))
    leaders = np.array([one.leader for one in candidates])
    mean, _ = place(Answers.of(found.conversation.heard.rows(leaders)), posterior_of(others, others.conversation))
    passes = _pass_share(others.conversation.votes)
    scale = np.array(others.settings["axis_log_odds"])
    judged = []
    for one, person in zip(candidates, mean, strict=True):
        stored = _stored(votes, one.leader)
        columns, answers = votes.matrix.indices[stored], votes.matrix.data[stored]
        p = expit(others.intercepts[columns] + person[0] + others.loadings[columns] @ (person[1:] * scale))
        given = np.where(answers == 0, passes[columns], (1.0 - passes[columns]) * np.where(answers > 0, p, 1.0 - p))
        surprise = _surprise(-np.log2(np.maximum(given, 1e-12)), one, votes)
        if surprise >= MARGIN_BITS:
            judged.append((one, surprise))
    return judged


def _surprise(bits: Floats, one: _Candidate, votes: Votes) -> float:
    """Bits by which the cohort is out of reach of chance.

    Each further member repeats the leader's votes by chance with their probability, a few different ones allowed; any
    set of as many people could have been the cohort.
    """
    different = min(max(1.0 - one.likeness, 0.0), 0.5)
    allowed = float(entr(different) + entr(1.0 - different)) / np.log(2.0) * len(bits)
    each = max(one.likeness * float(bits.sum()) - allowed, 0.0)
    people, members = votes.shape[0], len(one.rows)
    sets = gammaln(people + 1) - gammaln(members + 1) - gammaln(people - members + 1)
    return float((members - 1) * each - sets / np.log(2.0))


def _stored(votes: Votes, row: int) -> slice:
    return slice(int(votes.matrix.indptr[row]), int(votes.matrix.indptr[row + 1]))


def _pass_share(votes: Votes) -> Floats:
    counts = votes.counts()
    return np.asarray((counts.passed + 1.0) / (counts.seen + 3.0))


def _plain_bits(votes: Votes) -> Floats:
    """Minus log2 of the share of all voters who disagreed, passed and agreed, shape (3, S)."""
    counts = votes.counts()
    shares = np.stack([counts.disagree, counts.passed, counts.agree]) + 1.0
    return np.asarray(-np.log2(shares / (counts.seen + 3.0)))


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
    chosen = votes.matrix if len(able) == votes.shape[0] else votes.matrix[able]
    token = chosen.indices * 4 + (chosen.data + np.int8(1))
    return [_band(token, chosen.indptr, range(band, band + ROWS_PER_BAND), 4 * votes.shape[1]) for band in BANDS]


def _band(token: NDArray[np.int32], indptr: NDArray[Any], salts: range, answers: int) -> NDArray[np.uint64]:
    """The least scrambled token of each row, for several ways to scramble, mixed into one number."""
    numbers = np.arange(answers, dtype=np.uint64)
    scrambled = [(_hash(numbers, salt) >> np.uint64(32)).astype(np.uint32) for salt in salts]
    band = np.zeros(len(indptr) - 1, np.uint64)
    for start, stop in row_blocks(indptr, VOTES_PER_BLOCK):
        part = token[indptr[start] : indptr[stop]].astype(np.intp)
        for row, table in enumerate(scrambled):
            least = np.minimum.reduceat(np.take(table, part), indptr[start:stop] - indptr[start])
            band[start:stop] = _hash(band[start:stop] ^ least.astype(np.uint64), row)
    return band


def _hash(values: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """SplitMix64: a fixed scramble of 64 bits."""
    mixed = values + np.uint64((salt + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def likeness_of(votes: Votes, ones: NDArray[Any], others: NDArray[Any]) -> Floats:
    """Equal votes over statements that either person voted on, for pairs of rows, shape (pairs,)."""
    coded = sparse.csr_array((votes.matrix.data + np.int8(2), votes.matrix.indices, votes.matrix.indptr), votes.shape)
    result = np.zeros(len(ones))
    for start in range(0, len(ones), 20_000):
        a, b = coded[ones[start : start + 20_000]], coded[others[start : start + 20_000]]
        both = a.multiply(b)
        equal = np.concatenate([[0], np.cumsum(np.isin(both.data, (1, 4, 9)))])  # squares of 1, 2, 3: the same answer
        either = np.diff(a.indptr) + np.diff(b.indptr) - np.diff(both.indptr)
        result[start : start + 20_000] = np.diff(equal[both.indptr]) / np.maximum(either, 1)
    return result


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


def _cohort(found: OpinionMap, rows: list[int], code: str, likeness: float, bits: float) -> Cohort:
    without = influence_of_people(found, rows)
    return Cohort(code, rows, likeness, bits, without.change, without.top_with, without.top_without)


def _blocks(found: OpinionMap, named: list[int]) -> list[Cohort]:
    """Blocks of low rank among people not named yet; where times are known, only those that came suddenly."""
    votes = found.conversation.votes
    if not worth_searching(votes):
        return []
    cohorts = []
    for one in candidate_blocks(unexplained(found.conversation.heard)):
        if np.isin(one.rows, named).mean() > 0.5 or (votes.first_at is not None and not _arrived(votes, one)):
            continue
        again = _judged_again(found, without_people(found, one.rows.tolist()), one.rows)
        if again is not None and again.bits >= needed_bits(len(one.rows)):
            code = "low_rank_block" if votes.first_at is None else "sudden_low_rank_block"
            cohorts.append(_cohort(found, one.rows.tolist(), code, again.followed, again.bits))
    return cohorts


def _arrived(votes: Votes, one: Block) -> bool:
    return _arrived_together(votes, one.rows.tolist())


def _judged_again(found: OpinionMap, others: OpinionMap, rows: NDArray[np.int64]) -> Block | None:
    """A block judged under a map made without it, on which its people are placed by their own votes."""
    heard = found.conversation.heard
    asked = heard.masked(heard.matrix.data != 0)
    mean, _ = place(Answers.of(asked.rows(rows)), posterior_of(others, others.conversation))
    chance = np.full(asked.total, 0.5)
    scale = np.array(others.settings["axis_log_odds"])
    for row, person in zip(rows, mean, strict=True):
        stored = _stored(asked, int(row))
        columns = asked.matrix.indices[stored]
        chance[stored] = expit(others.intercepts[columns] + person[0] + others.loadings[columns] @ (person[1:] * scale))
    return judged(Unexplained.of(asked, chance), rows)


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
