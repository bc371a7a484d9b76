"""Blocks of people who answer a set of statements after one pattern that no map of the others explains.

Bots that vary their votes are not near-identical any more, but they still follow a template: in what statements alone
leave unexplained (the residuals) they form a dense block of low rank. Candidates grow from the leading directions of
the residuals and from people whose residuals are most alike, and are judged under a map made without them: answers
coded by the block's own shares against answers coded by the map, in bits. Were that map true and people independent
given their positions, the chance that any set of people saves b bits beyond the number of sets is at most 2 to the
power of -b (Markov's inequality for the likelihood ratio, summed over all sets). Maps are never quite true, so every
member must save some bits more. That allowance and FOLLOWED were set with the three published conversations in view;
how often honest people elsewhere would be named is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import betaln, gammaln

from mitstadt.methods.opinion.components import leading_directions
from mitstadt.methods.opinion.votes import Votes

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
MARGIN_BITS = 20.0
BITS_PER_MEMBER = 4.0  # allowance for what maps do not know; without it an honest block of Brexit would be named
FEWEST_MEMBERS = 5
FEWEST_STATEMENTS = 8
FEWEST_VOTES = 7
FOLLOWED = 0.8  # share of members' votes on the block's statements that follow its pattern
DENSE = 0.5  # share of members × statements that hold a vote
DIRECTIONS = 6
PAIRS_UP_TO = 4_000  # people up to which every pair is looked at
MOST_BLOCKS = 6
MOST_TRIES = 50
NEAREST = 8
ROUNDS = 8
MOST_VOTES = 3_000_000
LOG2 = float(np.log(2.0))


@dataclass(frozen=True, eq=False)
class Block:
    """People who follow one pattern on some statements.

    Attributes
    ----------
    rows, columns : ndarray of int
        Its people and statements.
    followed : float
        Share of their votes on these statements that follow the pattern.
    bits : float
        Minus log2 of a bound for the chance of any such set of people.
    """

    rows: Rows
    columns: Rows
    followed: float
    bits: float


@dataclass(frozen=True, eq=False)
class Unexplained:
    """Agreements and disagreements with the chance a map gave each, as sparse matrices of one structure.

    Attributes
    ----------
    agreed : csr_array
        1 for an agreement, stored 0 for a disagreement.
    chance : ndarray, shape (n,)
        With which the map expected an agreement at each stored vote.
    residual : csr_array
        (agreed - chance) over its standard deviation, at most 3 in size.
    """

    agreed: sparse.csr_array
    chance: Floats
    residual: sparse.csr_array

    @classmethod
    def of(cls, votes: Votes, chance: Floats) -> Unexplained:
        """What is left of ``votes`` (without passes) given the chance of an agreement at each."""
        matrix = votes.matrix
        agreed = (matrix.data > 0).astype(np.float64)
        p = np.clip(chance, 1e-4, 1 - 1e-4)
        left = np.clip((agreed - p) / np.sqrt(p * (1 - p)), -3.0, 3.0)
        return cls(
            sparse.csr_array((agreed, matrix.indices, matrix.indptr), shape=matrix.shape),
            p,
            sparse.csr_array((left, matrix.indices, matrix.indptr), shape=matrix.shape),
        )

    @cached_property
    def null(self) -> sparse.csr_array:
        """Minus log2 of the chance of each stored vote under the map."""
        bits = -np.log2(np.where(self.agreed.data > 0, self.chance, 1.0 - self.chance))
        return sparse.csr_array((bits, self.agreed.indices, self.agreed.indptr), shape=self.agreed.shape)


def unexplained(heard: Votes) -> Unexplained:
    """What the shares of agreement of the statements leave unexplained of votes."""
    asked = heard.masked(heard.matrix.data != 0)
    counts = asked.counts()
    share = (counts.agree + 1.0) / (counts.agree + counts.disagree + 2.0)
    return Unexplained.of(asked, share[asked.matrix.indices])


def candidate_blocks(left: Unexplained) -> list[Block]:
    """Blocks worth judging, the most surprising first; no two share more than half their people."""
    able = np.flatnonzero(np.diff(left.agreed.indptr) >= FEWEST_VOTES)
    if len(able) < 2 * FEWEST_MEMBERS:
        return []
    found = [one for one in _grown_everywhere(left, able) if one.bits >= needed_bits(len(one.rows))]
    return distinct(found)


def distinct(found: list[Block]) -> list[Block]:
    """The most surprising blocks; none of them lies mostly within one before."""
    kept: list[Block] = []
    for one in sorted(found, key=lambda block: (-block.bits, block.rows.tolist())):
        if all(len(np.intersect1d(one.rows, other.rows)) <= len(one.rows) / 2 for other in kept):
            kept.append(one)
    return kept[:MOST_BLOCKS]


def _grown_everywhere(left: Unexplained, able: Rows) -> Iterator[Block]:
    """Blocks grown from many places; people who are in one already, or led nowhere, lead no further search."""
    covered = np.zeros(left.agreed.shape[0], bool)
    tries = 0
    for leader, seed in _seeds(left.residual, able):
        if tries == MOST_TRIES or (leader is not None and covered[leader]):
            continue
        tries += 1
        rows = grown(left, seed)
        covered[seed if rows is None else rows] = True
        one = None if rows is None else judged(left, rows)
        if one is not None:
            yield one


def needed_bits(members: int) -> float:
    """Bits at which a block is named."""
    return MARGIN_BITS + BITS_PER_MEMBER * members


def _seeds(residual: sparse.csr_array, able: Rows) -> Iterator[tuple[int | None, Rows]]:
    """People to begin from: the ends of the leading directions, then leaders with those most like them."""
    part = sparse.csr_array(residual[able])
    votes = np.sqrt(np.maximum(np.diff(part.indptr), 1))
    size = max(FEWEST_MEMBERS, len(able) // 50)
    for direction in leading_directions(part, DIRECTIONS).T:
        score = (part @ direction) / votes
        order = np.lexsort((np.arange(len(score)), score))
        yield None, able[np.sort(order[:size])]
        yield None, able[np.sort(order[-size:])]
    if len(able) <= PAIRS_UP_TO:
        yield from ((int(able[leader]), able[near]) for leader, near in _most_alike(part, votes))


def _most_alike(part: sparse.csr_array, votes: Floats) -> list[tuple[int, Rows]]:
    """People whose residuals go together most with those of their nearest, and these."""
    likeness = (part @ part.T).toarray() / np.outer(votes, votes)
    np.fill_diagonal(likeness, -np.inf)
    count = min(NEAREST, len(votes) - 1)
    near = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    strength = np.take_along_axis(likeness, near, axis=1).mean(axis=1)
    best = np.lexsort((np.arange(len(strength)), -np.round(strength, 9)))[: len(strength) // 2]
    return [(int(one), np.sort(np.r_[one, near[one]])) for one in best]


def grown(left: Unexplained, seed: Rows) -> Rows | None:
    """Members of a block grown from a few people: pattern from members, members by pattern, until both stay."""
    people, rows = left.agreed.shape[0], np.asarray(seed, np.int64)
    for _ in range(ROUNDS):
        columns = np.flatnonzero(_statement_bits(left, rows) > 0)
        if len(columns) < FEWEST_STATEMENTS:
            return None
        saved, voted = _gains(left, rows, columns)
        toll = np.log2(people / len(rows)) + 1.0 / LOG2  # bits that it takes to name one more member
        now = np.flatnonzero((saved > toll) & (voted >= DENSE * len(columns)))
        if len(now) < FEWEST_MEMBERS:
            return None
        if np.array_equal(now, rows):
            break
        rows = now
    return rows


def judged(left: Unexplained, rows: Rows) -> Block | None:
    """How surprising these people are; None where they are no dense block or a majority."""
    people, members = left.agreed.shape[0], len(rows)
    each = _statement_bits(left, rows)
    columns = np.flatnonzero(each > 0)
    if not FEWEST_MEMBERS <= members <= people // 2 or len(columns) < FEWEST_STATEMENTS:
        return None
    agree, seen = _sums(left, rows)
    following = np.maximum(agree, seen - agree)[columns].sum() / max(seen[columns].sum(), 1.0)
    dense = seen[columns].sum() / (members * len(columns))
    if following < FOLLOWED or dense < DENSE:
        return None
    sets = (gammaln(people + 1) - gammaln(members + 1) - gammaln(people - members + 1)) / LOG2
    bits = float(np.logaddexp2(each - 1.0, -1.0).sum() - sets - np.log2(people))
    return Block(rows, columns, float(following), bits)


def _sums(left: Unexplained, rows: Rows) -> tuple[Floats, Floats]:
    """Agreements and votes of these people on each statement."""
    part = left.agreed[rows]
    width = left.agreed.shape[1]
    seen: Floats = np.bincount(part.indices, minlength=width).astype(np.float64)
    agree: Floats = np.bincount(part.indices, part.data, width).astype(np.float64)
    return agree, seen


def _statement_bits(left: Unexplained, rows: Rows) -> Floats:
    """Bits that the block's own shares (unknown beforehand: Jeffreys' prior) save on each statement."""
    agree, seen = _sums(left, rows)
    part = left.null[rows]
    by_map = np.bincount(part.indices, part.data, left.agreed.shape[1])
    own = (betaln(agree + 0.5, seen - agree + 0.5) - betaln(0.5, 0.5)) / LOG2
    return np.asarray(by_map + own)


def _gains(left: Unexplained, rows: Rows, columns: Rows) -> tuple[Floats, Rows]:
    """Bits that the pattern saves on each person's votes on these statements, and how many these are.

    Members are judged by the pattern of the others.
    """
    agree, seen = _sums(left, rows)
    asked = np.zeros(left.agreed.shape[1], bool)
    asked[columns] = True
    places = np.flatnonzero(np.take(asked, left.agreed.indices))
    edges = np.searchsorted(places, left.agreed.indptr)
    voted = np.diff(edges)
    inside = np.zeros(left.agreed.shape[0])
    inside[rows] = 1.0
    own, answers, at = np.repeat(inside, voted), left.agreed.data[places], left.agreed.indices[places]
    p = (agree[at] - own * answers + 0.5) / (seen[at] - own + 1.0)
    saved = np.log2(np.where(answers > 0, p, 1.0 - p)) + left.null.data[places]
    ends = np.concatenate([[0.0], np.cumsum(saved)])
    return np.asarray(ends[edges[1:]] - ends[edges[:-1]]), voted


def worth_searching(votes: Votes) -> bool:
    """Whether the search for blocks is affordable while a map is read."""
    return votes.total <= MOST_VOTES
