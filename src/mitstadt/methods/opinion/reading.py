"""Read a map in one go: groups, what sets them apart, what divides, what all share, who votes too much alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mitstadt.methods.opinion.consensus import (
    Ranking,
    bridging_consensus,
    divisive,
    minimum_consensus,
    product_consensus,
)
from mitstadt.methods.opinion.describe import GroupDescription, describe
from mitstadt.methods.opinion.explain import Finding, explain
from mitstadt.methods.opinion.groups import FEWEST_VOTES, MINIMUM_SHARE, REDRAWS, Groups, find_groups
from mitstadt.methods.opinion.influence import without_people
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.suspicion import Cohort, suspicious


@dataclass(frozen=True, eq=False)
class Reading:
    """A map with everything that is read off it.

    ``consensus`` is ``bridging`` with every suspicious cohort counted as one person.
    """

    map: OpinionMap
    groups: Groups
    description: GroupDescription
    product: Ranking
    minimum: Ranking
    bridging: Ranking
    consensus: Ranking
    divisive: Ranking
    suspicious: tuple[Cohort, ...]
    findings: tuple[Finding, ...]
    settings: dict[str, Any]


def read_map(found: OpinionMap, *, seed: int = 0, redraws: int = REDRAWS) -> Reading:
    """Groups, rankings, cohorts and explanations of a map.

    Parameters
    ----------
    found : OpinionMap
    seed : int
        Of the redraws that test whether groups are stable.
    redraws : int
    """
    groups = find_groups(found, seed=seed, redraws=redraws)
    settings = {
        "groups": {"fewest_votes": FEWEST_VOTES, "minimum_share": MINIMUM_SHARE, "redraws": redraws, "seed": seed},
        "interval": 0.9,
        "consensus": "bridging, each suspicious cohort counted once",
    }
    cohorts = suspicious(found)
    warned = (Finding("suspicious_cohort", {"size": len(one.rows), "kind": one.code}) for one in cohorts)
    bridging = bridging_consensus(found)
    repeated = [row for cohort in cohorts for row in cohort.rows[1:]]
    return Reading(
        map=found,
        groups=groups,
        description=describe(found, groups),
        product=product_consensus(found, groups.labels),
        minimum=minimum_consensus(found, groups.labels),
        bridging=bridging,
        consensus=bridging_consensus(without_people(found, repeated)) if repeated else bridging,
        divisive=divisive(found),
        suspicious=cohorts,
        findings=(*explain(found, groups), *warned),
        settings=settings,
    )
