"""What ``./mitstadt budget`` understands; each command has a module of its own, loaded when it is asked for."""

import argparse
import gc
import importlib
import sys

from mitstadt.methods.budgeting.completions import NAMES
from mitstadt.methods.budgeting.equal_shares.market import UTILITIES
from mitstadt.methods.budgeting.outcome import RULES
from mitstadt.methods.shared.errors import MethodError


def main(argv: list[str]) -> int:
    """Count, compare or explain, and return the exit code."""
    options = _parser().parse_args(argv)
    module = importlib.import_module(f"mitstadt.site.commandline.budget.{options.module}")
    gc.disable()  # nothing here makes circles, and a million rows would be searched for them again and again
    try:
        return int(module.run(options))
    except MethodError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except MemoryError:
        print(f"{options.file} is too large for the memory of this machine.", file=sys.stderr)
        return 2
    finally:
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./mitstadt budget", description="Count, compare and explain participatory budgets from Pabulib files."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    counting = commands.add_parser("count", help="count one file by one rule")
    _add_rule(counting)
    counting.add_argument("--json", metavar="F", help="write the result document")
    counting.add_argument("--svg", metavar="F", help="write a picture")
    counting.add_argument("--pb", metavar="F", help="write the file back with the column “selected”")
    counting.set_defaults(module="counting")
    comparing = commands.add_parser("compare", help="count one file by several rules side by side")
    comparing.add_argument("file", metavar="FILE")
    comparing.add_argument("--ties", default="id", metavar="LIST", help="see count")
    comparing.add_argument("--json", metavar="F", help="write the result document")
    comparing.add_argument("--svg", metavar="F", help="write a picture")
    comparing.set_defaults(module="comparing")
    explaining = commands.add_parser("explain", help="say why a project won or lost, or what became of a ballot")
    _add_rule(explaining)
    explaining.add_argument("project", metavar="PROJECT", nargs="?", help="id of the project")
    explaining.add_argument("--ballot", type=int, metavar="N", help="the Nth ballot of the file instead")
    explaining.add_argument("--json", metavar="F", help="write the explanation")
    explaining.set_defaults(module="explaining")
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
