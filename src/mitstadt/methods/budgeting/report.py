"""The result document: everything that a count found, as plain values for JSON."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from mitstadt.methods.budgeting.explanation import BallotExplanation, ProjectExplanation
from mitstadt.methods.budgeting.fairness import Measures
from mitstadt.methods.budgeting.outcome import Ladder, Outcome

VERSION = "1"


def document(
    outcome: Outcome,
    *,
    explanations: tuple[ProjectExplanation, ...],
    measures: Measures,
    input_sha256: str,
) -> dict[str, Any]:
    """The result of one count.

    Parameters
    ----------
    outcome : Outcome
    explanations : tuple of ProjectExplanation
    measures : Measures
    input_sha256 : str
        Hash of the file that was counted.

    Returns
    -------
    dict
        Money is a whole number of currency units where it is one, else a number with decimals; ids are strings.
    """
    election = outcome.election
    return {
        "winners": list(outcome.winner_ids),
        "cost": plain(outcome.cost),
        "budget": plain(election.budget),
        "rule": outcome.rule,
        "utility": outcome.utility,
        "completion": outcome.completion,
        "variant": outcome.variant,
        "tie_breaking": outcome.tie_breaking,
        "endowment": None if outcome.ladder is None else _ladder(outcome.ladder),
        "ties": [
            {
                "round": tie.round,
                "chosen": election.projects[tie.chosen].id,
                "among": [election.projects[p].id for p in tie.among],
            }
            for tie in outcome.ties
        ],
        "decisions_by_rational_numbers": outcome.refereed,
        "explanations": {e.project: explanation_document(e) for e in explanations},
        "measures": measures_document(measures),
        "voters": election.ballots.count,
        "different_ballots": election.ballots.groups,
        "notices": list(election.notices),
        "input_sha256": input_sha256,
        "method_version": VERSION,
    }


def plain(amount: Fraction) -> int | float:
    """An amount for JSON: whole where it is whole."""
    return int(amount) if amount.denominator == 1 else float(amount)


def exact(amount: Fraction) -> str:
    """An amount without loss: ``"315"`` or ``"500000/3293"``."""
    return str(amount)


def _ladder(ladder: Ladder) -> dict[str, Any]:
    return {
        "per_voter": plain(ladder.endowment),
        "per_voter_exact": exact(ladder.endowment),
        "start": exact(ladder.start),
        "step": exact(ladder.step),
        "holds_from": exact(ladder.holds_from),
        "holds_to": exact(ladder.holds_to),
        "overspends_at": None if ladder.stopped_at is None else exact(ladder.stopped_at),
        "ended_because": ladder.reason,
        "steps": ladder.steps,
        "steps_counted_in_full": ladder.counted,
    }


def explanation_document(e: ProjectExplanation) -> dict[str, Any]:
    """One project's fate as plain values."""
    found: dict[str, Any] = {
        "cost": plain(e.cost),
        "votes": e.votes,
        "won": e.won,
        "place": e.place,
        "stage": e.stage or None,
        "purchase": None if e.purchase is None else _rounded(asdict(e.purchase)),
        "shortfall": None if e.shortfall is None else _rounded(asdict(e.shortfall)),
        "text": sentence(e),
    }
    return found


def sentence(e: ProjectExplanation) -> str:
    """One project's fate in words."""
    if e.won and e.purchase is not None:
        rest = f", {e.purchase.paid_their_rest:,} gave what they had left" if e.purchase.paid_their_rest else ""
        return (
            f"Funded in round {e.purchase.round}: {e.purchase.paid_in_full:,} supporters paid "
            f"{e.purchase.price:,.2f} each{rest}."
        )
    if e.won:
        return f"Funded ({e.stage}) as number {e.place}."
    if e.votes == 0 or e.shortfall is None:
        return "Not funded: nobody voted for it."
    told = f"Not funded: {e.shortfall.money_left:,.2f} were left for it and it costs {float(e.cost):,.2f}."
    if e.shortfall.more_votes:
        told += (
            f" {e.shortfall.more_votes:,} more votes or a cost of {e.shortfall.at_cost:,.2f} would have been enough."
        )
    return told


def ballot_sentence(e: BallotExplanation) -> str:
    """What became of one ballot, in words."""
    told = f"Ballot {e.ballot}: {len(e.funded)} of {len(e.supported)} projects were funded"
    if not e.shares:
        return told + "."
    paid = ", ".join(f"{share.paid:,.2f} for {share.project}" for share in e.shares)
    return f"{told}. The share paid {paid}; {e.left:,.2f} were left."


def ballot_document(e: BallotExplanation) -> dict[str, Any]:
    """What became of one ballot as plain values."""
    return {
        "ballot": e.ballot,
        "supported": list(e.supported),
        "funded": list(e.funded),
        "paid": {share.project: round(share.paid, 6) for share in e.shares},
        "left": round(e.left, 6),
        "text": ballot_sentence(e),
    }


def measures_document(measures: Measures) -> dict[str, Any]:
    """Measures as plain values."""
    values: dict[str, Any] = _rounded(asdict(measures))
    return values


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(v) for key, v in value.items()}
    return value
