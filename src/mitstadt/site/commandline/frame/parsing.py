"""What may be typed after a command, made from its declaration; what is typed wrong is told in one sentence."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from mitstadt.ground.commands import Argument, Command
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame import speaking

STDOUT = "-"


class Parser(argparse.ArgumentParser):
    """argparse that raises instead of leaving, and takes no shortened options: a later option would change them."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        told = speaking.translated(_("%(prog)s: %(message)s. Siehe %(prog)s --help."))
        raise MethodError("usage", told % {"prog": self.prog, "message": message})


def parser_of(command: Command, locale: Path, *, prog: str = "./mitstadt") -> Parser:
    """The parser of a command and of all words that may follow it; the one chosen stands under ``chosen``."""
    parser = _parser(command, locale, f"{prog} {command.name}")
    _fill(parser, command, locale)
    return parser


def _parser(command: Command, locale: Path, prog: str) -> Parser:
    told = speaking.translated(command.description or command.summary, locale)
    return Parser(prog=prog, description=told, allow_abbrev=False)


def _fill(parser: Parser, command: Command, locale: Path) -> None:
    for one in command.arguments:
        _add(parser, one, locale)
    if command.handler:
        parser.set_defaults(chosen=command)
        _add_common(parser, command)
    else:
        _add_language(parser)
    if command.commands:
        metavar = speaking.translated(_("BEFEHL"))
        following = parser.add_subparsers(metavar=metavar, required=not command.handler, parser_class=Parser)
        for word in command.commands:
            told = speaking.translated(word.summary, locale)
            about = speaking.translated(word.description or word.summary, locale)
            child = following.add_parser(word.name, help=told, description=about, allow_abbrev=False)
            _fill(child, word, locale)


def _add(parser: Parser, one: Argument, locale: Path) -> None:
    metavar = one.metavar
    if isinstance(metavar, str):
        metavar = speaking.translated(metavar, locale)
    elif metavar:
        metavar = tuple(speaking.translated(word, locale) for word in metavar)
    options = {**one.options, **({"metavar": metavar} if metavar else {})}
    parser.add_argument(*one.names, help=speaking.translated(one.help, locale) or None, **options)


def _add_common(parser: Parser, command: Command) -> None:
    """What every command takes, with one meaning everywhere."""
    if command.has_json:
        parser.add_argument(
            "--json",
            nargs="?",
            const=STDOUT,
            metavar=speaking.translated(_("DATEI")),
            help=speaking.translated(
                _("das ganze Ergebnis als JSON: statt der Worte, oder neben ihnen in diese Datei")
            ),
        )
    if not (command.tells_itself or command.passes_on):
        always = speaking.translated(_("Fortschritt auch ohne Terminal zeigen"))
        parser.add_argument("--progress", action="store_true", help=always)
    _add_language(parser)


def _add_language(parser: Parser) -> None:
    """For the help alone: what was typed here has been read before (`speaking.asked`)."""
    language = speaking.translated(_("Sprache von Hilfe und Fehlern; sonst die der Umgebung"))
    parser.add_argument("--language", choices=speaking.choices(), help=language)
