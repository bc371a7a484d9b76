"""``./mitstadt budget``: count, compare and explain participatory budgets from Pabulib files."""

import argparse
import gc
import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from mitstadt.methods.budgeting import (
    Election,
    Outcome,
    TieBreaking,
    compare,
    comparison_document,
    count,
    document,
    draw_comparison,
    draw_outcome,
    explain,
    explain_ballots,
    explain_project,
    measure,
    read_pb,
    written_back,
)
from mitstadt.methods.budgeting.completions import NAMES
from mitstadt.methods.budgeting.equal_shares.market import UTILITIES
from mitstadt.methods.budgeting.outcome import RULES
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.budgeting.report import ballot_sentence, explanation_document, sentence
from mitstadt.methods.shared.errors import MethodError

BLOCK = 1 << 20


def main(argv: list[str]) -> int:
    """Count, compare or explain, and return the exit code."""
    options = _parser().parse_args(argv)
    gc.disable()  # nothing here makes circles, and a million rows would be searched for them again and again
    try:
        return int(options.run(options))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except MemoryError:
        print(f"{options.file} is too large for the memory of this machine.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./mitstadt budget", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    counting = commands.add_parser("count", help="count one file by one rule")
    _add_rule(counting)
    counting.add_argument("--json", metavar="F", help="write the result document")
    counting.add_argument("--svg", metavar="F", help="write a picture")
    counting.add_argument("--pb", metavar="F", help="write the file back with the column “selected”")
    counting.set_defaults(run=_count)
    comparing = commands.add_parser("compare", help="count one file by several rules side by side")
    comparing.add_argument("file", metavar="FILE")
    comparing.add_argument("--ties", default="id", metavar="LIST", help="see count")
    comparing.add_argument("--json", metavar="F", help="write the result document")
    comparing.add_argument("--svg", metavar="F", help="write a picture")
    comparing.set_defaults(run=_compare)
    explaining = commands.add_parser("explain", help="say why a project won or lost, or what became of a ballot")
    _add_rule(explaining)
    explaining.add_argument("project", metavar="PROJECT", nargs="?", help="id of the project")
    explaining.add_argument("--ballot", type=int, metavar="N", help="the Nth ballot of the file instead")
    explaining.add_argument("--json", metavar="F", help="write the explanation")
    explaining.set_defaults(run=_explain)
    return parser


def _add_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a Pabulib .pb file")
    parser.add_argument("--rule", choices=RULES, default="equal-shares")
    parser.add_argument("--utility", choices=UTILITIES, help="default: additive for points and ranks, else cost")
    parser.add_argument(
        "--completion",
        default="none",
        metavar="NAME",
        help=f"for equal shares: {', '.join(NAMES)}; “-comparison” may be added to each",
    )
    parser.add_argument("--step", metavar="AMOUNT", help="what add-one adds per voter each time (1)")
    parser.add_argument(
        "--ties", default="id", metavar="LIST", help="what breaks ties: id, votes, cost, file, lot=SEED; first counts"
    )


def _count(options: argparse.Namespace) -> int:
    election, digest = _read(options.file)
    outcome = _outcome(options, election)
    explanations, measures = explain(outcome), measure(outcome)
    _tell(outcome)
    share = f"{100 * measures.with_a_project:.1f} % of {election.ballots.count:,} voters"
    print(f"{share} have at least one of their projects, {measures.mean_winners:.2f} on average.")
    if options.json:
        found = document(outcome, explanations=explanations, measures=measures, input_sha256=digest)
        _write(options.json, _json(found))
    if options.svg:
        _write(options.svg, draw_outcome(outcome, explanations).encode())
    if options.pb:
        _write(options.pb, written_back(_bytes(options.file), set(outcome.winner_ids)))
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


def _compare(options: argparse.Namespace) -> int:
    election, digest = _read(options.file)
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
        _write(options.json, _json(comparison_document(found, digest)))
    if options.svg:
        _write(options.svg, draw_comparison(found).encode())
    return 0


def _explain(options: argparse.Namespace) -> int:
    election, _ = _read(options.file)
    if options.ballot is not None:
        return _explain_ballot(options, election)
    if options.project is None:
        raise MethodError("project_not_named", "Name a project of the file, or a ballot with --ballot N.")
    if options.project not in election.index_of:
        sentence_ = f"{options.file} has no project “{options.project}”."
        raise MethodError("unknown_project", sentence_, project=options.project)
    index = election.index_of[options.project]
    found = explain_project(_outcome(options, election), index)
    print(f"{found.project} {election.projects[index].name}".rstrip())
    print(sentence(found))
    if options.json:
        _write(options.json, _json({"project": found.project, **explanation_document(found)}))
    return 0


def _explain_ballot(options: argparse.Namespace, election: Election) -> int:
    if not 1 <= options.ballot <= election.ballots.count:
        sentence_ = f"{options.file} has {election.ballots.count} ballots; there is no number {options.ballot}."
        raise MethodError("unknown_ballot", sentence_, ballot=options.ballot)
    found = explain_ballots(_outcome(options, election), [options.ballot - 1])[0]
    print(ballot_sentence(found))
    return 0


def _outcome(options: argparse.Namespace, election: Election) -> Outcome:
    step: Fraction | None = None if options.step is None else amount(options.step, row=0, what="the step")
    return count(
        election,
        rule=options.rule,
        utility=options.utility,
        completion=options.completion,
        ties=TieBreaking.parse(options.ties),
        step=step,
    )


def _read(name: str) -> tuple[Election, str]:
    """The election in a file and the hash of the file."""
    try:
        with Path(name).open("rb") as stream:
            election = read_pb(stream)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise MethodError("file_unreadable", f"{name} cannot be read: {error.strerror}.", file=name) from None
    return election, digest


def _bytes(name: str) -> bytes:
    return Path(name).read_bytes()


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _write(name: str, data: bytes) -> None:
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise MethodError("file_unwritable", f"{name} cannot be written: {error.strerror}.", file=name) from None
