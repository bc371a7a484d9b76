"""What there is to say about a map, as codes with numbers: the web gives them words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from mitstadt.methods.opinion.groups import CERTAIN, Groups, eligible_people
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.votes import Votes

SPARSE_VOTES = 7
STRONG_LEAN = 0.5
VOTES_THAT_LINK = 200_000


@dataclass(frozen=True)
class Finding:
    """One thing to say: a stable code, and the numbers and ids it speaks of."""

    code: str
    numbers: dict[str, Any] = field(default_factory=dict)


def explain(found: OpinionMap, groups: Groups) -> list[Finding]:
    """Everything worth saying about a map and its groups, in the order in which to say it."""
    return [*_groups(found, groups), *_lean(found), *_people(found, groups), *_parts(found)]


def _groups(found: OpinionMap, groups: Groups) -> list[Finding]:
    tried = [Finding("groups_tried", vars(attempt)) for attempt in groups.attempts]
    if groups.count:
        sizes = np.bincount(groups.labels[groups.labels >= 0], minlength=groups.count)
        return [Finding("groups_found", {"groups": groups.count, "sizes": sizes.tolist()}), *tried]
    if not groups.attempts:
        return [Finding("too_few_people_for_groups", {"people": int(eligible_people(found).sum())})]
    return [Finding("no_groups", {}), *tried]


def _lean(found: OpinionMap) -> list[Finding]:
    active = found.conversation.heard.per_person > 0
    if not active.any():
        return []
    spread = float(found.lean[active].std())
    code = "lean_strong" if spread > STRONG_LEAN else "lean_weak"
    axes = found.positions[active].std(axis=0).round(6).tolist()
    return [Finding(code, {"lean_log_odds": round(spread, 6), "axes_log_odds": axes})]


def _people(found: OpinionMap, groups: Groups) -> list[Finding]:
    eligible = eligible_people(found)
    few = {"people": int((~eligible).sum()), "fewest_votes": SPARSE_VOTES}
    between = {"people": int((eligible & (groups.labels < 0)).sum()), "certain": CERTAIN}
    return [Finding("too_few_votes", few), *([Finding("between_groups", between)] if groups.count else [])]


def _parts(found: OpinionMap) -> list[Finding]:
    """People who share no statement with the others, even through third people, cannot be compared with them."""
    heard = found.conversation.heard
    if _all_linked(heard):
        return []
    number = _part_of(heard.matrix)
    first = heard.matrix.indices[heard.matrix.indptr[:-1][heard.per_person > 0]]
    sizes = sorted((int(size) for size in np.bincount(number[first]) if size), reverse=True)
    return [Finding("disconnected", {"parts": len(sizes), "people": sizes[:20]})] if len(sizes) > 1 else []


def _all_linked(heard: Votes) -> bool:
    """Whether the first few people already link all statements that anybody voted on."""
    few = sparse.csr_array(heard.matrix[: int(np.searchsorted(heard.matrix.indptr, VOTES_THAT_LINK))])
    voted = np.flatnonzero(heard.counts().seen)
    return len(np.unique(_part_of(few)[voted])) <= 1


def _part_of(matrix: sparse.csr_array) -> NDArray[np.int32]:
    """Number of the connected part of each statement; two statements are linked by a person who voted on both."""
    linked = np.ones(max(matrix.nnz - 1, 0), bool)
    ends = matrix.indptr[1:-1]
    linked[ends[(ends > 0) & (ends < matrix.nnz)] - 1] = False
    one, other = matrix.indices[:-1][linked], matrix.indices[1:][linked]
    graph = sparse.coo_array((np.ones(len(one), bool), (one, other)), shape=(matrix.shape[1], matrix.shape[1]))
    return np.asarray(connected_components(graph.tocsr(), directed=False)[1])
