"""What would be different without some people: any cohort, or each group of opinion in turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.consensus import (
    bridging_consensus,
    eligible_statements,
    group_counts,
    without_each_group,
)
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.irt import Answers, fit
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import TOLERANCE, map_of, posterior_of
from mitstadt.methods.opinion.representativeness import share_of

Floats = NDArray[np.float64]
SHOWN = 5
WITHOUT_SWEEPS = 60
LARGE_VOTES = 3_000_000


@dataclass(frozen=True)
class Influence:
    """Agreement shared by all, with some people and without them.

    Attributes
    ----------
    change : float
        Largest change of any statement's value.
    top_with, top_without : list of int
        Columns of the five statements most shared.
    """

    change: float
    top_with: list[int]
    top_without: list[int]


def influence_of_people(found: OpinionMap, rows: list[int]) -> Influence:
    """Influence of any set of people on bridging consensus; the map is made again without their votes."""
    value, changed = bridging_consensus(found), bridging_consensus(without_people(found, rows))
    both = value.eligible & changed.eligible
    change = float(np.abs(value.value - changed.value)[both].max(initial=0.0))
    return Influence(change, value.order()[:SHOWN], changed.order()[:SHOWN])


def influence_of_groups(found: OpinionMap, labels: NDArray[np.int64]) -> list[Influence]:
    """Influence of each group on the product over groups, as a mean per group; empty with fewer than two groups."""
    counts = group_counts(found, labels)
    if len(counts.agree) < 2:
        return []
    eligible = eligible_statements(found)
    whole = np.exp(np.log(share_of(counts.agree, counts.seen)).mean(axis=0))
    return [
        Influence(
            float(np.abs(whole - others)[eligible].max(initial=0.0)), _top(whole, eligible), _top(others, eligible)
        )
        for others in without_each_group(counts)
    ]


def _top(value: Floats, eligible: NDArray[np.bool_]) -> list[int]:
    columns = np.flatnonzero(eligible)
    return [int(column) for column in columns[np.lexsort((columns, -value[columns]))][:SHOWN]]


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
    sweeps = WITHOUT_SWEEPS if fewer.total < LARGE_VOTES else 2
    now, _ = fit(answers, posterior_of(found, conversation), sweeps=sweeps, tolerance=TOLERANCE)
    return map_of(conversation, now, dict(found.settings))
