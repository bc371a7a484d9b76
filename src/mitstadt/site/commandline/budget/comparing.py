"""``./mitstadt budget compare``: several rules side by side, in a table, one sentence and one picture."""

from collections.abc import Iterator

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.budgeting import TieBreaking
from mitstadt.methods.budgeting.comparison import Comparison, compare, comparison_document
from mitstadt.methods.budgeting.drawing import draw_comparison
from mitstadt.site.commandline.budget.files import read_election, without_collection
from mitstadt.site.commandline.frame.files import write_file


@without_collection()
def run(options: Typed) -> Told:
    """Count one file by several rules."""
    options.doing(_("1 von 2: Datei lesen"))
    election, digest = read_election(options.file)
    options.doing(_("2 von 2: nach jeder Regel zählen"))
    found = compare(election, ties=TieBreaking.parse(options.ties))
    if options.svg:
        write_file(options.svg, draw_comparison(found).encode())
    return Told([*_table(found), found.sentence], comparison_document(found, digest))


def _table(found: Comparison) -> Iterator[str]:
    yield f"{'rule':24} {'projects':>8} {'cost':>16} {'voters with one':>16} {'winners each':>13} {'passed over':>12}"
    for row in found.rows:
        m = row.measures
        yield (
            f"{row.label:24} {len(row.outcome.winners):>8} {float(row.outcome.cost):>16,.2f} "
            f"{100 * m.with_a_project:>14.1f} % {m.mean_winners:>13.2f} {m.ejr_plus_violations:>12}"
        )
