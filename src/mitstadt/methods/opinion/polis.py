"""Polis' published mathematics, exact and without its caps: for migration, for papers, and to check old results.

Formulas: Small et al. 2021 and the behaviour of the published engine. Where that engine depends on chance or on the
order of rows, a fixed rule takes its place: full decomposition instead of random batches, and base clusters that start
from people spread evenly over the list instead of from the first hundred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.clustering import Clustering, lloyd, nearest, silhouette
from mitstadt.methods.opinion.components import Components, principal_components, project
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.exactbase import exact_lloyd, gridded
from mitstadt.methods.opinion.representativeness import group_aware_consensus, priorities
from mitstadt.methods.opinion.statistics import Statistics
from mitstadt.methods.opinion.votes import Counts
from mitstadt.methods.shared.errors import MethodError

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
VOTES_TO_COUNT_IN = 7
FEWEST_PEOPLE = 15
BASE_CLUSTERS = 100
BASE_TOLERANCE = 0.01
MOST_GROUPS = 5
GRID_FROM = 20_000
MOST_BASE_CELLS = 4_000_000


@dataclass(frozen=True, eq=False)
class PolisMap:
    """Everything Polis computes for a conversation; ids stand in ``conversation.votes``.

    Attributes
    ----------
    components : Components
        Votes +1 agree; columns of silenced statements are 0.
    positions : ndarray, shape (P, 2)
    statement_positions : ndarray, shape (S, 2)
        Where a person stands who agreed with this statement and voted on nothing else.
    included : ndarray of bool, shape (P,)
        "In conversation": people with at least min(7, S) votes, and those who were in before.
    base : Clustering
        Of the included people.
    base_groups : ndarray of int, shape (number of base clusters,)
    labels : ndarray of int, shape (P,)
        Group of each person, -1 for those not included.
    silhouettes : dict of int to float
        Per tried number of groups.
    """

    conversation: Conversation
    components: Components
    positions: Floats
    statement_positions: Floats
    included: NDArray[np.bool_]
    base: Clustering
    base_groups: Labels
    labels: Labels
    group_centres: Floats
    silhouettes: dict[int, float]
    counts: Counts

    @cached_property
    def base_counts(self) -> Counts:
        """Votes of every base cluster on every statement; counted only where somebody asks for them.

        Raises
        ------
        MethodError
            ``too_many_statements`` where they would fill more than a hundred megabytes.
        """
        width, most = len(self.statement_positions), MOST_BASE_CELLS // max(len(self.base.centres), 1)
        if width > most:
            sentence = f"Polis' result holds every statement for every base cluster: too much for {width} statements."
            limit = f"The limit is {most} here; “opinion map” has none."
            raise MethodError("too_many_statements", f"{sentence} {limit}", statements=width, limit=most)
        everyone = np.full(len(self.included), -1)
        everyone[self.included] = self.base.labels
        return self.conversation.votes.counts(everyone)

    @property
    def extremity(self) -> Floats:
        """Distance of each statement from the middle, shape (S,)."""
        return np.asarray(np.sqrt((self.statement_positions**2).sum(axis=1)))

    @property
    def consensus(self) -> Floats:
        """Group-aware consensus, shape (S,)."""
        return group_aware_consensus(self.counts)

    @property
    def priorities(self) -> Floats:
        """Weight of each statement in the draw for the next voter, shape (S,)."""
        total = Counts(*(part.sum(axis=0) for part in (self.counts.agree, self.counts.disagree, self.counts.passed)))
        return priorities(total, self.extremity, self.conversation.meta)


def polis_map(
    conversation: Conversation,
    *,
    statistics: Statistics | None = None,
    included: Iterable[Any] | None = None,
    labels: Labels | None = None,
    exact_base: bool | None = None,
) -> PolisMap:
    """Polis' mathematics for a conversation.

    Parameters
    ----------
    conversation : Conversation
    statistics : Statistics, optional
        Of ``conversation.heard``, where they are carried on vote by vote.
    included : iterable of person ids, optional
        Who was "in conversation" before; by default those with a published group. Polis never lets people out again.
        People with fewer than seven votes shape no base cluster; they join the nearest.
    labels : ndarray of int, shape (P,), optional
        Groups given from outside, to check published counts.
    exact_base : bool, optional
        Base clusters on people instead of on a fine grid; by default up to 20,000 people.
    """
    votes, heard = conversation.votes, conversation.heard
    components = principal_components(heard, 2, statistics)
    columns, silent = votes.shape[1], int(conversation.silenced.sum())
    positions = project(heard, components, columns, silent)
    phantom = np.sqrt(columns) * (1.0 - components.centre)[:, None] * components.directions.T
    core = _included(conversation)
    kept = conversation.published >= 0 if included is None else np.isin(votes.persons, np.array(list(included)))
    inside = (core | kept) & (votes.per_person > 0)
    base = _joined(_base_clusters(positions[core], exact_base), positions, core, inside)
    if labels is None:
        groups, silhouettes = _groups(base)
    else:
        groups, silhouettes = _given_groups(base, labels[inside]), {}
    everyone = np.full(votes.shape[0], -1)
    everyone[inside] = groups[base.labels] if labels is None else labels[inside]
    sizes = np.bincount(base.labels, minlength=len(base.centres)).astype(np.float64)
    return PolisMap(
        conversation=conversation,
        components=components,
        positions=positions,
        statement_positions=np.asarray(phantom),
        included=inside,
        base=base,
        base_groups=groups,
        labels=everyone,
        group_centres=_centres(base.centres, sizes, groups),
        silhouettes=silhouettes,
        counts=votes.counts(everyone),
    )


def _included(conversation: Conversation) -> NDArray[np.bool_]:
    """People with enough votes; where they are fewer than fifteen, the most active people as well."""
    votes = conversation.votes
    inside = votes.per_person >= max(1, min(VOTES_TO_COUNT_IN, votes.shape[1]))
    if inside.sum() < FEWEST_PEOPLE:
        active = np.lexsort((np.arange(votes.shape[0]), -votes.per_person))
        inside[[person for person in active[:FEWEST_PEOPLE] if votes.per_person[person] > 0]] = True
    return np.asarray(inside)


def _joined(base: Clustering, positions: Floats, core: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Clustering:
    """Base clusters of all included people: those who only stayed in join the nearest."""
    if (core == inside).all() or not core.any():
        return base
    labels = np.full(len(core), -1)
    labels[core] = base.labels
    late = inside & ~core
    labels[late], _ = nearest(positions[late], base.centres)
    return Clustering(base.centres, labels[inside], base.inertia)


def _base_clusters(points: Floats, exact: bool | None) -> Clustering:
    if not len(points):
        return Clustering(np.zeros((0, 2)), np.zeros(0, np.int64), 0.0)
    _, first = (
        np.unique(points, axis=0, return_index=True) if len(points) <= GRID_FROM else (None, np.arange(len(points)))
    )
    spread = np.sort(first)[(np.arange(min(BASE_CLUSTERS, len(first))) * len(first)) // min(BASE_CLUSTERS, len(first))]
    start = points[spread]
    if len(points) <= GRID_FROM:
        return lloyd(points, np.ones(len(points)), start, tolerance=BASE_TOLERANCE)
    if exact:
        return exact_lloyd(points, start, tolerance=BASE_TOLERANCE)
    return gridded(points, start, tolerance=BASE_TOLERANCE)


def _groups(base: Clustering) -> tuple[Labels, dict[int, float]]:
    """Weighted k-means on base centres from the first k of them; the k with the best silhouette."""
    count = len(base.centres)
    if count < 2:
        return np.zeros(count, np.int64), {}
    sizes = np.bincount(base.labels, minlength=count).astype(np.float64)
    tried = {}
    for k in range(2, min(MOST_GROUPS, 2 + count // 12, count) + 1):
        tried[k] = lloyd(base.centres, sizes, base.centres[:k])
    scores = {k: silhouette(base.centres, found.labels) for k, found in tried.items()}
    best = max(scores, key=lambda k: (round(scores[k], 12), -k))
    return tried[best].labels, scores


def _given_groups(base: Clustering, labels: Labels) -> Labels:
    """The group most members of a base cluster belong to."""
    groups = int(labels.max(initial=-1)) + 1
    count = len(base.centres)
    if not groups:
        return np.zeros(count, np.int64)
    known = labels >= 0
    table = np.bincount(base.labels[known] * groups + labels[known], minlength=count * groups)
    return np.asarray(table.reshape(count, groups).argmax(axis=1))


def _centres(points: Floats, sizes: Floats, groups: Labels) -> Floats:
    count = int(groups.max(initial=-1)) + 1
    mass = np.maximum(np.bincount(groups, sizes, count), np.finfo(float).tiny)
    return np.stack([np.bincount(groups, sizes * axis, count) / mass for axis in points.T], axis=1)
