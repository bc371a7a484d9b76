"""``./mitstadt budget count``: the winners, and on request the whole result as JSON, picture and ``.pb`` file."""

import argparse
import sys
from pathlib import Path

from mitstadt.methods.budgeting import Outcome, document, explain, measure
from mitstadt.site.commandline.budget.files import counted, read_election, write, write_json


def run(options: argparse.Namespace) -> int:
    """Count one file by one rule."""
    election, digest = read_election(options.file)
    outcome = counted(options, election)
    explanations, measures = explain(outcome), measure(outcome)
    _tell(outcome)
    share = f"{100 * measures.with_a_project:.1f} % of {election.ballots.count:,} voters"
    print(f"{share} have at least one of their projects, {measures.mean_winners:.2f} on average.")
    if options.json:
        write_json(options.json, document(outcome, explanations=explanations, measures=measures, input_sha256=digest))
    if options.svg:
        from mitstadt.methods.budgeting.drawing import draw_outcome

        write(options.svg, draw_outcome(outcome, explanations).encode())
    if options.pb:
        from mitstadt.methods.budgeting.pabulib.document import written_back

        write(options.pb, written_back(Path(options.file).read_bytes(), set(outcome.winner_ids)))
    return 0


def _tell(outcome: Outcome) -> None:
    for notice in outcome.election.notices:
        print(notice, file=sys.stderr)
    print(outcome.variant)
    print(
        f"{len(outcome.winners)} of {len(outcome.election.projects)} projects, "
        f"{float(outcome.cost):,.2f} of {float(outcome.election.budget):,.2f}:"
    )
    print(", ".join(outcome.winner_ids))
    ladder = outcome.ladder
    if ladder is not None:
        print(
            f"Endowment {ladder.endowment} per voter; the same winners from {ladder.holds_from} to {ladder.holds_to}."
        )
    if outcome.ties:
        print(f"Ties broken by {outcome.tie_breaking}: {len(outcome.ties)}.")
