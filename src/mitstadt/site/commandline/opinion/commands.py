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
from mitstadt.methods.opinion.models import DEFAULT_MODEL, MODELS, Options, fit_map
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.opinion.polis_json import polis_json
from mitstadt.methods.opinion.reading import Reading, read_map
from mitstadt.methods.opinion.result_json import cohort_json, map_json
from mitstadt.methods.opinion.scoring import Score, score
from mitstadt.methods.opinion.suspicion import suspicious
from mitstadt.methods.opinion.votes import plain_ids
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.opinion.files import open_conversation, read_json, write_json, write_text

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
    watch = _command(commands, "suspicious", _suspicious, "cohorts that vote alike beyond chance")
    _add_model(watch)
    watch.add_argument("--json", type=Path, metavar="FILE")
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
        print(f"\nSuspicious: {len(cohort.rows)} people with near-identical votes ({cohort.code}).")


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
        write_json(options.json, {"share": options.share, "seed": options.seed, "scores": [vars(row) for row in rows]})
    print(f"{rows[0].votes} hidden agreements and disagreements, share {options.share}, seed {options.seed}")
    width = max(len(row.name) for row in rows)
    print(f"{'':8}  {'':{width}}  log-loss     AUC")
    for row in rows:
        print(_score_line(row, width))
    return 0


def _score_line(row: Score, width: int) -> str:
    return f"{row.kind:8}  {row.name:{width}}  {row.log_loss:8.4f}  {row.auc:6.4f}"


def _suspicious(options: argparse.Namespace) -> int:
    conversation = open_conversation(options.path)
    persons, statements = plain_ids(conversation.votes.persons), plain_ids(conversation.votes.statements)
    cohorts = [cohort_json(one, persons, statements) for one in suspicious(fit_map(conversation, _options(options)))]
    if options.json:
        write_json(options.json, {"input_sha256": conversation.sha256, "suspicious": cohorts})
    print(json.dumps(cohorts, ensure_ascii=False, indent=1) if cohorts else "No cohort votes alike beyond chance.")
    return 0
