"""What characterises a group, tested on groups that do not know the answer.

Groups come from votes, so testing the same votes would find differences where there are none. The statements are
therefore cut into two halves: for a statement of one half people are grouped by their votes on the other half only.
Over all groups and statements the share of false findings is then held down (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

from mitstadt.methods.opinion.clustering import nearest
from mitstadt.methods.opinion.groups import Groups
from mitstadt.methods.opinion.irt import Answers, place
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import posterior_of
from mitstadt.methods.opinion.representativeness import share_of

Floats = NDArray[np.float64]
FALSE_FINDINGS = 0.05


@dataclass(frozen=True, eq=False)
class GroupDescription:
    """How each group answers compared with everybody else; arrays have shape (G, S).

    Attributes
    ----------
    agree_share, other_share : ndarray
        (agree+1)/(agree+disagree+2) in the group and outside it.
    z : ndarray
        Two-proportion statistic; positive when the group agrees more.
    q : ndarray
        Smallest share of false findings at which the difference counts as found.
    answers : ndarray of int
        Agreements and disagreements in the group.
    """

    agree_share: Floats
    other_share: Floats
    z: Floats
    q: Floats
    answers: NDArray[np.int64]

    def top(self, group: int, n: int = 5) -> list[int]:
        """Columns that set the group apart for certain, the largest difference first."""
        found = np.flatnonzero(self.q[group] <= FALSE_FINDINGS)
        gap = np.abs(self.agree_share[group] - self.other_share[group])
        return [int(c) for c in found[np.lexsort((found, -gap[found]))][:n]]


def describe(found: OpinionMap, groups: Groups) -> GroupDescription:
    """Differences of every group and statement with their q-values; empty without groups."""
    width = found.conversation.votes.shape[1]
    agree, answers = (np.zeros((groups.count, width), np.int64) for _ in range(2))
    for half in range(2) if groups.count else ():
        labels = labels_from_half(found, groups, half)
        counts = found.conversation.votes.counts(labels)
        columns = np.arange(width) % 2 != half
        shown = len(counts.agree)
        agree[:shown, columns] = counts.agree[:, columns]
        answers[:shown, columns] = (counts.agree + counts.disagree)[:, columns]
    others, unseen = agree.sum(axis=0) - agree, answers.sum(axis=0) - answers
    z = _two_proportions(agree, answers, others, unseen)
    tested = (answers > 0) & (unseen > 0) & ~found.conversation.silenced[None, :]
    q = np.ones_like(z)
    q[tested] = false_discovery(erfc(np.abs(z[tested]) / np.sqrt(2.0)))
    return GroupDescription(share_of(agree, answers), share_of(others, unseen), z, q, answers)


def labels_from_half(found: OpinionMap, groups: Groups, half: int) -> NDArray[np.int64]:
    """Groups of people by their votes on every second statement; -1 for people who have no group."""
    heard = found.conversation.heard
    seen = heard.masked(heard.matrix.indices % 2 == half)
    items = posterior_of(found, found.conversation)
    mean, _ = place(Answers.of(seen), items, rounds=3)
    labels, _ = nearest(mean[:, 1:] * np.array(found.settings["axis_log_odds"]), groups.centres)
    return np.where((groups.labels >= 0) & (seen.per_person > 0), labels, -1)


def _two_proportions(
    agree: NDArray[np.int64], answers: NDArray[np.int64], others: NDArray[np.int64], unseen: NDArray[np.int64]
) -> Floats:
    """z of two shares with half a vote of each kind added (Agresti and Caffo 2000), so that few votes stay modest."""
    n, m = answers + 2.0, unseen + 2.0
    one, other = (agree + 1.0) / n, (others + 1.0) / m
    return np.asarray((one - other) / np.sqrt(one * (1 - one) / n + other * (1 - other) / m))


def false_discovery(p: Floats) -> Floats:
    """Benjamini and Hochberg's q-values."""
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q
