"""An opinion map as JSON that another program can read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.consensus import Ranking
from mitstadt.methods.opinion.describe import GroupDescription
from mitstadt.methods.opinion.estimates import Estimate
from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.influence import Influence
from mitstadt.methods.opinion.reading import Reading
from mitstadt.methods.opinion.suspicion import Cohort

FORMAT = "mitstadt-opinion-map/1"
DIGITS = 9


def map_json(read: Reading) -> dict[str, Any]:
    """The map, its groups and how to read them.

    ``persons`` and ``statements`` name the rows of everything else; ``positions`` (P×d) and ``uncertainty`` (P×d,
    standard deviations) are in log-odds; ``groups`` holds one label per person, -1 for none; ``stability`` one number
    per group; ``consensus`` and ``divisive`` are ordered, highest value first. In ``consensus`` a suspicious
    cohort counts as one person; ``consensus_ways`` counts every vote.
    """
    found, groups = read.map, read.groups
    votes = found.conversation.votes
    statements = plain_ids(votes.statements)
    return {
        "format": FORMAT,
        "input_sha256": found.conversation.sha256,
        "settings": {**_plain(found.settings), **_plain(read.settings)},
        "persons": plain_ids(votes.persons),
        "statements": statements,
        "positions": rounded(found.positions),
        "uncertainty": rounded(found.uncertainty),
        "lean": rounded(found.lean),
        "lean_uncertainty": rounded(found.lean_deviation),
        "groups": groups.labels.tolist(),
        "group_count": groups.count,
        "group_sizes": np.bincount(groups.labels[groups.labels >= 0], minlength=groups.count).tolist(),
        "membership": rounded(groups.soft),
        "stability": rounded(groups.stability),
        "consensus": ranking_json(read.consensus, statements),
        "consensus_ways": {
            one.kind: ranking_json(one, statements) for one in (read.product, read.minimum, read.bridging)
        },
        "divisive": ranking_json(read.divisive, statements),
        "characteristic": _characteristic(read.description, groups.count, statements),
        "suspicious": [cohort_json(one, plain_ids(votes.persons), statements) for one in read.suspicious],
        "loadings": rounded(found.loadings),
        "intercepts": rounded(found.intercepts),
        "moderated_out": [one for one, out in zip(statements, found.conversation.silenced, strict=True) if out],
        "explanation": [{"code": one.code, **_plain(one.numbers)} for one in read.findings],
    }


def ranking_json(ranking: Ranking, statements: list[Any]) -> list[dict[str, Any]]:
    """Eligible statements in order, each with value, interval and the votes that would change it."""
    value, low, high = (rounded(part) for part in (ranking.value, ranking.low, ranking.high))
    changing = ranking.votes_to_change.tolist()
    return [
        {
            "statement": statements[column],
            "value": value[column],
            "low": low[column],
            "high": high[column],
            "votes_to_change": changing[column],
        }
        for column in ranking.order()
    ]


def cohort_json(cohort: Cohort, persons: list[Any], statements: list[Any]) -> dict[str, Any]:
    """A suspicious cohort with its members and what would be different without it."""
    return {
        "code": cohort.code,
        "persons": [persons[row] for row in cohort.rows],
        "size": len(cohort.rows),
        "likeness": round(cohort.likeness, DIGITS),
        "surprise_bits": round(cohort.surprise_bits, 3),
        "influence": round(cohort.influence, DIGITS),
        "consensus_with": [statements[column] for column in cohort.top_with],
        "consensus_without": [statements[column] for column in cohort.top_without],
    }


def influence_json(found: Influence, statements: list[Any]) -> dict[str, Any]:
    """What some people change in the agreement shared by all."""
    return {
        "influence": round(found.change, DIGITS),
        "consensus_with": [statements[column] for column in found.top_with],
        "consensus_without": [statements[column] for column in found.top_without],
    }


def estimate_json(found: Estimate) -> dict[str, Any]:
    """Agreement with one statement, weighed by the chance of each draw."""
    shares = {key: round(value, DIGITS) for key, value in vars(found.weighted).items()}
    return {**shares, "plain": round(found.plain, DIGITS), "answered": found.answered, "drawn": found.drawn}


def _characteristic(found: GroupDescription, groups: int, statements: list[Any]) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "statement": statements[column],
                "agree_share": round(float(found.agree_share[group, column]), DIGITS),
                "agree_share_others": round(float(found.other_share[group, column]), DIGITS),
                "z": round(float(found.z[group, column]), DIGITS),
                "q": float(f"{found.q[group, column]:.6g}"),
                "answers": int(found.answers[group, column]),
            }
            for column in found.top(group, 10)
        ]
        for group in range(groups)
    ]


def rounded(values: NDArray[Any]) -> list[Any]:
    """Numbers as nested lists with nine decimals; no negative zero."""
    return list((np.round(np.asarray(values, np.float64), DIGITS) + 0.0).tolist())


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, np.ndarray):
        return rounded(value)
    if isinstance(value, list | tuple):
        return [_plain_value(one) for one in value]
    return round(float(value), DIGITS) + 0.0 if isinstance(value, float | np.floating) else value
