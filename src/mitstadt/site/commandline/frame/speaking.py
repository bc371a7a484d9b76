"""The language of the command line: German where the environment speaks German, else English; without Django."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from mitstadt.site.catalogues.compiling import compile_stale
from mitstadt.site.catalogues.owners import SOURCE, languages

_GERMAN, _ENGLISH = "de", "en"
_HOUSE = SOURCE / "site" / "locale"
# argparse takes its own words from gettext; these are in the house's catalogue "argparse".
_ARGPARSE = "argparse"
# As gettext itself asks the environment, in this order.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def spoken(environment: Mapping[str, str]) -> str:
    """German or English, as the environment says; English where it says neither."""
    said = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return _GERMAN if said.casefold().startswith(_GERMAN) else _ENGLISH


@cache
def choices() -> list[str]:
    """The languages that may be asked for with --language."""
    return sorted({_GERMAN, *(name.replace("_", "-").lower() for name in languages())})


def asked(arguments: Sequence[str]) -> str | None:
    """The language that was typed, before anything else is parsed: errors are told in it already."""
    for here, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--language":
            given = value or next(iter(arguments[here + 1 :]), "")
            return given if given in choices() else None
    return None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let argparse and everything that is started from here speak this language."""
    compile_stale()
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(_ARGPARSE, str(_HOUSE))
    gettext.textdomain(_ARGPARSE)
    os.environ["LANGUAGE"] = _file_name(language)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


def translated(sentence: str, locale: Path = _HOUSE) -> str:
    """A German sentence of a declaration in the language that is spoken now; itself where it has no translation."""
    if not sentence:
        return ""
    return _catalogue(locale, os.environ.get("LANGUAGE", _ENGLISH)).gettext(sentence)


@cache
def _catalogue(locale: Path, language: str) -> gettext.NullTranslations:
    return gettext.translation("django", locale, [language], fallback=True)


def _file_name(language: str) -> str:
    """``de-simple`` as gettext names its folder: ``de_Simple``."""
    first, _, second = language.partition("-")
    return f"{first}_{second.title()}" if second else first
