"""``./mitstadt budget compare``: several rules side by side, in a table, one sentence and one picture."""

import argparse

from mitstadt.methods.budgeting import TieBreaking
from mitstadt.methods.budgeting.comparison import compare, comparison_document
from mitstadt.methods.budgeting.drawing import draw_comparison
from mitstadt.site.commandline.budget.files import read_election, write, write_json


def run(options: argparse.Namespace) -> int:
    """Count one file by several rules."""
    election, digest = read_election(options.file)
    found = compare(election, ties=TieBreaking.parse(options.ties))
    print(f"{'rule':24} {'projects':>8} {'cost':>16} {'voters with one':>16} {'winners each':>13} {'passed over':>12}")
    for row in found.rows:
        m = row.measures
        print(
            f"{row.label:24} {len(row.outcome.winners):>8} {float(row.outcome.cost):>16,.2f} "
            f"{100 * m.with_a_project:>14.1f} % {m.mean_winners:>13.2f} {m.ejr_plus_violations:>12}"
        )
    print(found.sentence)
    if options.json:
        write_json(options.json, comparison_document(found, digest))
    if options.svg:
        write(options.svg, draw_comparison(found).encode())
    return 0
