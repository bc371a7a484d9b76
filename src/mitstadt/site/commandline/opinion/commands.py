"""What can be typed after ./mitstadt opinion."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.drawing import draw_map
from mitstadt.methods.opinion.estimates import estimates, read_draws
from mitstadt.methods.opinion.groups import find_groups
from mitstadt.methods.opinion.ids import plain_ids
from mitstadt.methods.opinion.influence import influence_of_groups, influence_of_people
from mitstadt.methods.opinion.maps import OpinionMap
from mitstadt.methods.opinion.models import DEFAULT_MODEL, MODELS, Options, fit_map
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.opinion.polis_json import polis_json
from mitstadt.methods.opinion.reading import Reading, read_map
from mitstadt.methods.opinion.result_json import cohort_json, estimate_json, influence_json, map_json
from mitstadt.methods.opinion.routing import next_statements
from mitstadt.methods.opinion.scoring import Score, score
from mitstadt.methods.opinion.slate import choose_slate
from mitstadt.methods.opinion.suspicion import suspicious
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.site.commandline.opinion.files import (
    append_text,
    open_conversation,
    read_json,
    read_lines,
    write_json,
    write_text,
)

SHOWN = 5


def main(arguments: list[str]) -> int:
    """Run one opinion command; mistakes in the input are told in a sentence, exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./mitstadt opinion", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    drawn = _command(commands, "map", _map, "positions, groups, consensus and what divides")
    _add_model(drawn)
    drawn.add_argument("--json", type=Path, metavar="FILE", help="write everything as JSON")
    drawn.add_argument("--svg", type=Path, metavar="FILE", help="draw the map")
    polis = _command(commands, "polis", _polis, "Polis' published mathematics in Polis' keys")
    polis.add_argument("--json", type=Path, metavar="FILE", help="write the result; without it, print it")
    polis.add_argument("--like", type=Path, metavar="FILE", help="take moderation and membership from Polis' own JSON")
    polis.add_argument("--exact-base", action="store_true", help="base clusters on people also beyond 20,000")
    scored = _command(commands, "score", _score, "predict hidden votes: all models and baselines")
    scored.add_argument("--share", type=float, default=0.1, help="share of votes to hide (default 0.1)")
    scored.add_argument("--seed", type=int, default=0)
    scored.add_argument("--json", type=Path, metavar="FILE")
    watch = _command(commands, "suspicious", _suspicious, "cohorts that vote alike, and what differs without")
    _add_model(watch)
    watch.add_argument("--people", type=Path, metavar="FILE", help="ids, one a line: what would differ without them")
    watch.add_argument("--json", type=Path, metavar="FILE")
    asked = _command(commands, "next", _next, "which statement a person should see next, with its probability")
    _add_model(asked)
    asked.add_argument("--person", metavar="ID", help="without it: somebody who has not voted yet")
    asked.add_argument("--n", type=int, default=1, metavar="N", help="number of statements (default 1)")
    asked.add_argument("--explore", type=float, default=0.3, help="share left to chance (default 0.3)")
    asked.add_argument("--log", type=Path, metavar="FILE", help="append each draw as a line of JSON")
    weighed = _command(commands, "estimate", _estimate, "agreement as if everybody had been asked, from logged draws")
    weighed.add_argument("--log", type=Path, metavar="FILE", required=True, help="what next --log wrote")
    weighed.add_argument("--json", type=Path, metavar="FILE")
    chosen = _command(commands, "slate", _slate, "a few statements that represent everyone, with a certificate")
    _add_model(chosen)
    chosen.add_argument("--size", type=int, default=10, metavar="N")
    chosen.add_argument("--json", type=Path, metavar="FILE")
    return parser


def _command(commands: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.add_argument("path", type=Path, metavar="PATH", help="export folder, or a table of votes (.csv or .csv.gz)")
    parser.set_defaults(run=run)
    return parser


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL, help=f"default {DEFAULT_MODEL}")
    parser.add_argument("--dim", type=int, metavar="N", help="number of axes; by default chosen by hidden votes")
    parser.add_argument("--seed", type=_seed, default=0)


def _seed(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a seed is a whole number from 0")
    return number


def _options(options: argparse.Namespace) -> Options:
    return Options(options.model, options.dim, options.seed)


def _map(options: argparse.Namespace) -> int:
    found = fit_map(open_conversation(options.path), _options(options))
    read = read_map(found, seed=options.seed)
    if options.json:
        write_json(options.json, map_json(read))
    if options.svg:
        write_text(options.svg, draw_map(found, read.groups))
    _print_map(read)
    return 0


def _print_map(read: Reading) -> None:
    conversation = read.map.conversation
    people, statements = conversation.votes.shape
    print(f"{people} people, {statements} statements, {conversation.votes.total} votes; model {read.map.model}")
    if read.groups.count:
        sizes = np.bincount(read.groups.labels[read.groups.labels >= 0], minlength=read.groups.count).tolist()
        print(f"{read.groups.count} groups of {', '.join(map(str, sizes))} people; the others are in none.")
    else:
        print("No stable groups of opinion.")
    for title, ranking in (("Shared by all", read.consensus), ("Dividing", read.divisive)):
        print(f"\n{title}")
        for column in ranking.order()[:SHOWN]:
            name = conversation.votes.statements[column]
            interval = f"{ranking.value[column]:.2f} ({ranking.low[column]:.2f} to {ranking.high[column]:.2f})"
            print(f"  {interval}  {name}  {conversation.texts.get(name, '')[:80]}".rstrip())
    for cohort in read.suspicious:
        print(f"\nSuspicious: {len(cohort.rows)} people who vote alike beyond chance ({cohort.code}).")


def _polis(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    included = None
    if options.like:
        conversation, included = _like(conversation, read_json(options.like))
    result = polis_json(polis_map(conversation, included=included, exact_base=options.exact_base))
    if options.json:
        write_json(options.json, result)
        print(f"{len(result['in-conv'])} people in {len(result['group-clusters'])} groups; written to {options.json}")
    else:
        print(json.dumps(result, ensure_ascii=False))
    return 0


def _like(conversation: Conversation, published: Any) -> tuple[Conversation, list[Any]]:
    """Moderation and membership as in Polis' own result, to compare like with like."""
    if not isinstance(published, dict) or not {"mod-out", "meta-tids", "in-conv"} <= set(published):
        raise MethodError("not_polis", "The file for --like lacks one of the keys mod-out, meta-tids, in-conv.")
    names = conversation.votes.statements.tolist()
    rejected, meta = set(published["mod-out"]), set(published["meta-tids"])
    moderated = replace(
        conversation,
        rejected=np.array([one in rejected for one in names], bool),
        meta=np.array([one in meta for one in names], bool),
    )
    return moderated, list(published["in-conv"])


def _score(options: argparse.Namespace) -> int:
    rows = score(open_conversation(options.path), options.share, options.seed)
    if options.json:
        write_json(
            options.json, {"share": options.share, "seed": options.seed, "scores": [_score_json(row) for row in rows]}
        )
    print(f"{rows[0].votes} hidden agreements and disagreements, share {options.share}, seed {options.seed}")
    width = max(len(row.name) for row in rows)
    print(f"{'':8}  {'':{width}}  log-loss     AUC")
    for row in rows:
        print(_score_line(row, width))
    return 0


def _score_json(row: Score) -> dict[str, Any]:
    """A score as JSON knows numbers: null where hidden votes are all alike and there is no AUC."""
    return {key: None if value != value else value for key, value in vars(row).items()}


def _score_line(row: Score, width: int) -> str:
    return f"{row.kind:8}  {row.name:{width}}  {row.log_loss:8.4f}  {row.auc:6.4f}"


def _suspicious(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    asked = [_row_of(conversation, one) for one in read_lines(options.people)] if options.people else []
    found = fit_map(conversation, _options(options))
    persons, statements = plain_ids(conversation.votes.persons), plain_ids(conversation.votes.statements)
    report: dict[str, Any] = {
        "input_sha256": conversation.sha256,
        "suspicious": [cohort_json(one, persons, statements) for one in suspicious(found)],
        "groups": _groups_influence(found, options.seed, statements),
    }
    if asked:
        influence = influence_json(influence_of_people(found, asked), statements)
        report["people"] = {"persons": [persons[row] for row in asked], **influence}
    if options.json:
        write_json(options.json, report)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _groups_influence(found: OpinionMap, seed: int, statements: list[Any]) -> list[dict[str, Any]]:
    """What each group of opinion changes in the product over groups; empty where there are no groups."""
    groups = find_groups(found, seed=seed)
    sizes = np.bincount(groups.labels[groups.labels >= 0], minlength=groups.count).tolist()
    influences = influence_of_groups(found, groups.labels)
    return [
        {"group": number, "size": sizes[number], **influence_json(one, statements)}
        for number, one in enumerate(influences)
    ]


def _next(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    row = None if options.person is None else _row_of(conversation, options.person)
    seed = int(sha256_hex(f"{options.seed} {options.person}".encode()), 16)
    found = fit_map(conversation, _options(options))
    rng = np.random.default_rng(seed)
    draws = next_statements(found, row, rng=rng, n=options.n, explore=options.explore)
    names = plain_ids(conversation.votes.statements)
    shown = [{"statement": names[draw.column], "probability": draw.probability} for draw in draws]
    result = {
        "person": options.person,
        "next": shown,
        "explore": options.explore,
        "seed": options.seed,
        "input_sha256": conversation.sha256,
    }
    if options.log:
        append_text(options.log, json.dumps(result, ensure_ascii=False) + "\n")
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _estimate(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    names = plain_ids(conversation.votes.statements)
    found = estimates(conversation.votes, read_draws(read_lines(options.log)))
    rows = [{"statement": names[one.column], **estimate_json(one)} for one in found]
    if options.json:
        write_json(options.json, {"input_sha256": conversation.sha256, "estimates": rows})
    if not found:
        print("None of the drawn statements has an answer yet, so there is nothing to estimate.")
        return 0
    print("agreement (90 % interval), answers as they are, answered of drawn, statement")
    for one in found:
        share, name = one.weighted, conversation.votes.statements[one.column]
        counts = f"{one.plain:.2f}  {one.answered} of {one.drawn}"
        text = conversation.texts.get(name, "")[:80]
        print(f"  {share.value:.2f} ({share.low:.2f} to {share.high:.2f})  {counts}  {name}  {text}".rstrip())
    return 0


def _row_of(conversation: Conversation, person: str) -> int:
    """The row of a person as typed; ids that are whole numbers and texts look alike here."""
    known = {str(one): row for row, one in enumerate(plain_ids(conversation.votes.persons))}
    if person not in known:
        sentence = f"There is no person “{person}” in these votes. Leave --person out for somebody new."
        raise MethodError("person_unknown", sentence, person=person)
    return known[person]


def _slate(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    found = choose_slate(fit_map(conversation, _options(options)), options.size)
    names = plain_ids(conversation.votes.statements)
    chosen = [names[column] for column in found.columns]
    if options.json:
        utility = np.bincount(found.utility, minlength=options.size + 1).tolist()
        certificate = vars(found.certificate)
        report = {"slate": chosen, "people_by_approved": utility, "certificate": certificate}
        write_json(options.json, {**report, "input_sha256": conversation.sha256})
    for one in chosen:
        print(f"{one}  {conversation.texts.get(one, '')[:100]}".rstrip())
    fair = "holds" if found.certificate.ejr_plus else "is violated"
    print(f"On average {found.utility.mean():.2f} of {options.size} approved by each of {len(found.rows)} people.")
    print(f"Proportional representation (EJR+) {fair}; largest complaint {found.certificate.tightest_share:.2f} of 1.")
    return 0
