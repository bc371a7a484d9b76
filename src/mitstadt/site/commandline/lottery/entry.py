"""Parse what was typed after ``./mitstadt lottery`` and hand it to the command."""

import argparse
import importlib
from collections.abc import Callable, Sequence
from typing import cast

from mitstadt.methods.shared.errors import MethodError

OBJECTIVES = ("leximin", "maximin", "nash", "goldilocks", "legacy")
_MODULES = {
    "check": "planning",
    "quotas": "planning",
    "invite": "planning",
    "solve": "solving",
    "commit": "drawing",
    "draw": "drawing",
    "verify": "drawing",
    "replace": "replacing",
}


def main(argv: Sequence[str]) -> int:
    """Run one of the subcommands; 0 done, 1 the answer is no, 2 the input cannot be used."""
    arguments = _parser().parse_args(list(argv))
    module = importlib.import_module(f"mitstadt.site.commandline.lottery.{_MODULES[arguments.command]}")
    command = cast("Callable[[argparse.Namespace], int]", getattr(module, arguments.command))
    return command(arguments)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]  # raises as the base class exits
        raise MethodError("usage", f"{self.prog}: {message}. See {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="mitstadt lottery", description="Draw citizens' panels fairly, and check a draw.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _check(commands.add_parser("check", help="is there a panel? what is scarce? if not, why?"))
    _quotas(commands.add_parser("quotas", help="quotas from the residents of an area"))
    _invite(commands.add_parser("invite", help="which households to write to, stratified, by public lot"))
    _solve(commands.add_parser("solve", help="the fairest probabilities and panels, with a proof"))
    _commit(commands.add_parser("commit", help="fix and publish everything before the draw"))
    _draw(commands.add_parser("draw", help="enter the public randomness: which panel won"))
    _verify(commands.add_parser("verify", help="recompute a published draw"))
    _replace(commands.add_parser("replace", help="replace people who dropped out, under the same quotas"))
    return parser


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", "--output", "-o", nargs="?", const="-", metavar="FILE", help="write the JSON there, not to stdout"
    )


def _inputs(parser: argparse.ArgumentParser, *, size: bool = True) -> None:
    parser.add_argument(
        "inputs", nargs="*", metavar="FILE", help="categories.csv and respondents.csv, or a folder that has both"
    )
    parser.add_argument("--categories", "--quotas", "--features", dest="categories", metavar="FILE", help="quotas")
    parser.add_argument("--respondents", "--pool", "--people", dest="respondents", metavar="FILE", help="the pool")
    parser.add_argument("--household", metavar="COLUMN[,COLUMN…]", help="columns that name a household: one of each")
    parser.add_argument("--no-households", action="store_true", help="ignore the household column")
    if size:
        parser.add_argument("--size", "--panel-size", "-k", dest="size", type=_whole, metavar="N", help="members")
    _output(parser)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from error


def _objective(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--objective", choices=OBJECTIVES, default="leximin", help="what fair means (leximin)")
    parser.add_argument("--rounds", type=_whole, metavar="N", help="look for at most N panels")
    parser.add_argument("--svg", metavar="FILE", help="draw the probabilities before and after")


def _check(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)


def _quotas(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("residents", metavar="RESIDENTS.csv", help="area, category, feature, count; or a wide table")
    parser.add_argument("--size", "--panel-size", "-k", dest="size", type=_whole, metavar="N", required=True)
    parser.add_argument("--area", help="id of the area, or the beginning of the ids of its parts; all where left out")
    parser.add_argument("--slack", "--width", type=_whole, default=1, metavar="N", help="places beyond rounding (1)")
    parser.add_argument("--without", metavar="FEATURE[,…]", default="", help="features that take no part")
    parser.add_argument("--csv", "--out", dest="csv", metavar="FILE", help="write categories.csv there")
    _output(parser)


def _invite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("register", metavar="REGISTER.csv", help="household and, optionally, stratum")
    parser.add_argument("--letters", type=_whole, required=True, metavar="N", help="how many households to write to")
    parser.add_argument("--randomness", required=True, metavar="TEXT", help="public randomness, named beforehand")
    parser.add_argument("--response", action="append", default=[], metavar="STRATUM=SHARE", help="expected answers")
    _output(parser)


def _solve(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)
    _objective(parser)
    parser.add_argument("--panels", "--lottery", dest="panels", type=_whole, metavar="N", help="also N numbered panels")
    parser.add_argument("--seed", type=_whole, default=0, metavar="N", help="for --objective legacy")
    parser.add_argument("--robustness", action="store_true", help="also what false answers gain and who is represented")


def _commit(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)
    _objective(parser)
    parser.add_argument("--panels", "--lottery", dest="panels", type=_whole, default=1000, metavar="N", help="(1000)")
    parser.add_argument("--out", "--folder", "--to", dest="out", required=True, metavar="FOLDER", help="to publish")
    parser.add_argument(
        "--source", "--randomness-source", "--beacon", dest="source", metavar="TEXT",
        help="the public randomness that will decide, named precisely",
    )  # fmt: skip
    parser.add_argument("--secret", metavar="TEXT", help="makes the pseudonyms (at least 16 characters; else random)")
    parser.add_argument("--private", metavar="FILE", help="where ids and pseudonyms go (FOLDER.private.json)")


def _draw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="the published folder of a commitment")
    parser.add_argument(
        "--randomness", "--beacon", "--numbers", dest="randomness", required=True, metavar="TEXT",
        help="the public randomness, exactly as announced",
    )  # fmt: skip
    parser.add_argument("--alternates", type=_whole, default=0, metavar="N", help="also name N people in reserve")
    parser.add_argument("--private", metavar="FILE", help="ids and pseudonyms (FOLDER.private.json)")
    _output(parser)


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="the published folder")
    parser.add_argument("--commitment", metavar="SHA256", help="the commitment as it was announced")
    _output(parser)


def _replace(parser: argparse.ArgumentParser) -> None:
    _inputs(parser)
    parser.add_argument(
        "--dropped", "--drop", "--remove", "--drop-out", dest="dropped", action="append", nargs="+", default=[],
        metavar="ID", help="who dropped out",
    )  # fmt: skip
    parser.add_argument("--panel", metavar="FILE", help="without a published folder: the panel, a JSON list of ids")
    parser.add_argument("--randomness", "--seed", dest="randomness", metavar="TEXT", help="without a folder: the lot")
    parser.add_argument("--relax", action="store_true", help="where nobody fits, apply the least change of quotas")
    parser.add_argument("--unavailable", nargs="+", default=[], metavar="ID", help="who has said no")
    parser.add_argument("--private", metavar="FILE", help="ids and pseudonyms (FOLDER.private.json)")
