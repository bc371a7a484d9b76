"""Polis' result in Polis' own keys and with Polis' own sign (-1 is agree), for programs that read its mathematics."""

from __future__ import annotations

from typing import Any

import numpy as np

from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.polis import PolisMap
from mitstadt.methods.opinion.representativeness import (
    Representativeness,
    majority_statements,
    one_share_test,
    representative_statements,
    representativeness,
    share_of,
)
from mitstadt.methods.opinion.votes import Counts


def polis_json(found: PolisMap) -> dict[str, Any]:
    """The map as Polis' worker would publish it.

    Centre and components carry Polis' inner sign (a vote of -1 is agree); their product, and so every position, is the
    same in either sign.
    """
    conversation = found.conversation
    votes = conversation.votes
    persons, tids = plain_ids(votes.persons), plain_ids(votes.statements)
    allowed = ~conversation.silenced
    return {
        "n": len(persons),
        "n-cmts": len(tids),
        "tids": tids,
        "mod-out": [one for one, out in zip(tids, conversation.silenced, strict=True) if out],
        "mod-in": [one for one, fine in zip(tids, allowed, strict=True) if fine],
        "meta-tids": [one for one, meta in zip(tids, conversation.meta, strict=True) if meta],
        "in-conv": [one for one, inside in zip(persons, found.included, strict=True) if inside],
        "user-vote-counts": {str(one): int(n) for one, n in zip(persons, votes.per_person, strict=True)},
        "pca": _pca(found),
        "base-clusters": _base_clusters(found),
        "group-clusters": _group_clusters(found),
        "group-votes": _group_votes(found, tids),
        "votes-base": _votes_base(found.base_counts, tids),
        "repness": _repness(found, allowed, tids),
        "consensus": _consensus(votes.counts(), allowed, tids),
        "group-aware-consensus": _by_statement(tids, found.consensus),
        "comment-priorities": _by_statement(tids, found.priorities),
        "group-silhouettes": {str(k): value for k, value in found.silhouettes.items()},
        "vote-sign": {"agree": -1, "disagree": 1, "pass": 0},
        "input_sha256": conversation.sha256,
    }


def _by_statement(tids: list[Any], values: Any) -> dict[str, float]:
    return {str(tid): float(value) for tid, value in zip(tids, values, strict=True)}


def _pca(found: PolisMap) -> dict[str, Any]:
    return {
        "center": (-found.components.centre + 0.0).tolist(),
        "comps": (-found.components.directions + 0.0).tolist(),
        "comment-projection": found.statement_positions.T.tolist(),
        "comment-extremity": found.extremity.tolist(),
    }


def _base_clusters(found: PolisMap) -> dict[str, Any]:
    ids = plain_ids(found.conversation.votes.persons[found.included])
    count = len(found.base.centres)
    members: list[list[Any]] = [[] for _ in range(count)]
    for one, cluster in zip(ids, found.base.labels.tolist(), strict=True):
        members[cluster].append(one)
    x, y = found.base.centres.T.tolist() if count else ([], [])
    return {"id": list(range(count)), "members": members, "x": x, "y": y, "count": [len(part) for part in members]}


def _group_clusters(found: PolisMap) -> list[dict[str, Any]]:
    return [
        {"id": group, "members": np.flatnonzero(found.base_groups == group).tolist(), "center": centre}
        for group, centre in enumerate(found.group_centres.tolist())
    ]


def _group_votes(found: PolisMap, tids: list[Any]) -> dict[str, Any]:
    labels = found.labels
    counts = found.counts
    return {
        str(group): {
            "n-members": int((labels == group).sum()),
            "votes": {
                str(tid): {"A": int(counts.agree[group, c]), "D": int(counts.disagree[group, c]), "S": int(seen)}
                for c, (tid, seen) in enumerate(zip(tids, counts.seen[group], strict=True))
            },
        }
        for group in range(len(counts.agree))
    }


def _votes_base(counts: Counts, tids: list[Any]) -> dict[str, Any]:
    agree, disagree, seen = (part.T.tolist() for part in (counts.agree, counts.disagree, counts.seen))
    return {str(tid): {"A": agree[column], "D": disagree[column], "S": seen[column]} for column, tid in enumerate(tids)}


def _repness(found: PolisMap, allowed: Any, tids: list[Any]) -> dict[str, Any]:
    statistics = representativeness(found.counts)
    return {
        str(group): [
            _repness_row(statistics, group, column, side, tids[column], best)
            for column, side, best in representative_statements(statistics, group, allowed)
        ]
        for group in range(len(found.counts.agree))
    }


def _repness_row(found: Representativeness, group: int, column: int, side: str, tid: Any, best: bool) -> dict[str, Any]:
    at = (0 if side == "agree" else 1, group, column)
    votes = found.counts.agree if side == "agree" else found.counts.disagree
    row = {
        "tid": tid,
        "n-success": int(votes[group, column]),
        "n-trials": int(found.counts.seen[group, column]),
        "p-success": float(found.share[at]),
        "p-test": float(found.share_test[at]),
        "repness": float(found.ratio[at]),
        "repness-test": float(found.ratio_test[at]),
        "repful-for": side,
    }
    return {**row, "best-agree": True, "n-agree": int(found.counts.agree[group, column])} if best else row


def _consensus(counts: Counts, allowed: Any, tids: list[Any]) -> dict[str, Any]:
    sides = {"agree": counts.agree, "disagree": counts.disagree}
    return {
        side: [
            {
                "tid": tids[column],
                "n-success": int(sides[side][column]),
                "n-trials": int(counts.seen[column]),
                "p-success": float(share_of(sides[side], counts.seen)[column]),
                "p-test": float(one_share_test(sides[side], counts.seen)[column]),
            }
            for column in columns
        ]
        for side, columns in majority_statements(counts, allowed).items()
    }
