"""Rules side by side on one election: who wins what, and how fair it is, in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mitstadt.methods.budgeting.counting import count
from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.fairness import Measures, measure
from mitstadt.methods.budgeting.outcome import Outcome
from mitstadt.methods.budgeting.report import measures_document, plain
from mitstadt.methods.budgeting.ties import TieBreaking


@dataclass(frozen=True, slots=True)
class Contestant:
    """A rule with its settings."""

    label: str
    rule: str
    utility: str | None = None
    completion: str = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule's outcome and its measures."""

    label: str
    outcome: Outcome
    measures: Measures


@dataclass(frozen=True, slots=True)
class Comparison:
    """Outcomes of several rules on one election."""

    election: Election
    rows: tuple[Row, ...]

    @property
    def sentence(self) -> str:
        """What the second rule changes against the first, in one sentence."""
        first, second = self.rows[0], self.rows[1]
        both = len(set(first.outcome.winners) & set(second.outcome.winners))
        number, before = len(second.outcome.winners), len(first.outcome.winners)
        without, without_before = (_percent(row.measures.exclusion_ratio) for row in (second, first))
        funds = f"{second.label} funds {number} projects ({first.label}: {before}, {both} in common)"
        return f"{funds}; {without} of voters get none of their projects ({first.label}: {without_before})."


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


DEFAULT_RULES = (
    Contestant("Greedy by votes", "greedy", "cost"),
    Contestant("Equal shares, add-one", "equal-shares", None, "add1u-integral"),
    Contestant("Equal shares alone", "equal-shares"),
    Contestant("Phragmén", "phragmen"),
    Contestant("Bounded overspending", "bos"),
)


def compare(
    election: Election, *, rules: Sequence[Contestant] = DEFAULT_RULES, ties: TieBreaking | None = None
) -> Comparison:
    """Count an election by several rules.

    Parameters
    ----------
    election : Election
    rules : sequence of Contestant
        At least two; the sentence compares the first two.
    ties : TieBreaking, optional

    Returns
    -------
    Comparison
    """
    rows = []
    for rule in rules:
        outcome = count(election, rule=rule.rule, utility=rule.utility, completion=rule.completion, ties=ties)
        rows.append(Row(rule.label, outcome, measure(outcome)))
    return Comparison(election, tuple(rows))


def comparison_document(comparison: Comparison, input_sha256: str) -> dict[str, Any]:
    """Several rules side by side as plain values."""
    return {
        "sentence": comparison.sentence,
        "rules": [
            {
                "label": row.label,
                "rule": row.outcome.rule,
                "utility": row.outcome.utility,
                "completion": row.outcome.completion,
                "variant": row.outcome.variant,
                "tie_breaking": row.outcome.tie_breaking,
                "winners": list(row.outcome.winner_ids),
                "cost": plain(row.outcome.cost),
                "measures": measures_document(row.measures),
            }
            for row in comparison.rows
        ],
        "budget": plain(comparison.election.budget),
        "input_sha256": input_sha256,
    }
