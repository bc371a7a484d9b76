"""``./mitstadt budget count``: the winners, and on request the whole result as JSON, picture and ``.pb`` file."""

import sys
from collections.abc import Iterator
from pathlib import Path

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.budgeting import Outcome, document, explain, measure
from mitstadt.site.commandline.budget.files import counted, read_election, without_collection
from mitstadt.site.commandline.frame.files import write_file


@without_collection()
def run(options: Typed) -> Told:
    """Count one file by one rule."""
    options.doing(_("1 von 3: Datei lesen"))
    election, digest = read_election(options.file)
    options.doing(_("2 von 3: zählen"))
    outcome = counted(options, election)
    options.doing(_("3 von 3: erklären und messen"))
    explanations, measures = explain(outcome), measure(outcome)
    if options.svg:
        from mitstadt.methods.budgeting.drawing import draw_outcome

        write_file(options.svg, draw_outcome(outcome, explanations).encode())
    if options.pb:
        from mitstadt.methods.budgeting.pabulib.document import written_back

        write_file(options.pb, written_back(Path(options.file).read_bytes(), set(outcome.winner_ids)))
    for notice in election.notices:
        print(notice, file=sys.stderr)
    share = f"{100 * measures.with_a_project:.1f} % of {election.ballots.count:,} voters"
    last = f"{share} have at least one of their projects, {measures.mean_winners:.2f} on average."
    result = (
        document(outcome, explanations=explanations, measures=measures, input_sha256=digest) if options.json else None
    )
    return Told([*_words(outcome), last], result)


def _words(outcome: Outcome) -> Iterator[str]:
    yield str(outcome.variant)
    yield (
        f"{len(outcome.winners)} of {len(outcome.election.projects)} projects, "
        f"{float(outcome.cost):,.2f} of {float(outcome.election.budget):,.2f}:"
    )
    yield ", ".join(outcome.winner_ids)
    ladder = outcome.ladder
    if ladder is not None:
        yield f"Endowment {ladder.endowment} per voter; the same winners from {ladder.holds_from} to {ladder.holds_to}."
    if outcome.ties:
        yield f"Ties broken by {outcome.tie_breaking}: {len(outcome.ties)}."
