"""Names that people choose to be shown by: readable, harmless in every place, and never those of an office."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_CHARACTERS = 80

# Words that make a reader think that the city itself is speaking, in every spelling that looks like them.
_OFFICES = (
    "administrat",
    "bezirksamt",
    "bezirksverordnet",
    "buergeramt",
    "burgeramt",
    "buergermeister",
    "burgermeister",
    "mitstadt",
    "moderat",
    "ordnungsamt",
    "senatskanzlei",
    "senatsverwaltung",
    "stadtverwaltung",
)
_WORDS = frozenset({"admin", "amt", "polizei", "redaktion", "root", "schalter", "senat", "support", "system"})
# Cyrillic and Greek letters that look like Latin ones, and the digits that are used for letters.
_LOOK_ALIKES = str.maketrans(
    "авеікмнорстухѕјԁɡοαερικντυγьӏһԛԝꜱꞔıɩɑʙᴀᴍᴛᴢᴋѵỿ01345|",
    "abeikmhopctyxsjdgoaepikvtuyblhqwsciiabamtzkvyoieasl",
)
_CAPITAL_LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХІЅЈ", "ABEZHIKMNOPTYXABEKMHOPCTXISJ")

# Persian and Indic names are written with these two.
_JOINERS = "\u200c\u200d"


class NameFault(StrEnum):
    """Why a name cannot be shown."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    RESERVED = "reserved"


@dataclass(frozen=True)
class ReadName:
    """A name as it will be shown, or what is wrong with it."""

    name: str
    fault: NameFault | None = None


def read_name(text: str, *, offices: Iterable[str] = ()) -> ReadName:
    """The name in one line, with single spaces; `offices` are further names that nobody may borrow."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        return ReadName(name, NameFault.EMPTY)
    if len(name) > MOST_CHARACTERS:
        return ReadName(name, NameFault.TOO_LONG)
    if not _is_readable(name):
        return ReadName(name, NameFault.UNREADABLE)
    if _sounds_official(name, offices):
        return ReadName(name, NameFault.RESERVED)
    return ReadName(name)


def _is_readable(name: str) -> bool:
    """Letters somewhere, and nothing that steers the text around it (control signs, direction overrides)."""
    kinds = {unicodedata.category(sign) for sign in name if sign not in _JOINERS}
    return any(kind.startswith("L") for kind in kinds) and not kinds & {"Cc", "Cf", "Co", "Cs", "Cn"}


def _sounds_official(name: str, offices: Iterable[str]) -> bool:
    plain = _plain(name)
    squashed = _letters(plain)
    if any(office in squashed for office in _OFFICES):
        return True
    words = {_letters(word) for word in plain.replace("-", " ").replace("_", " ").split()}
    if words & _WORDS or squashed in _WORDS:
        return True
    return any(_letters(_plain(office)) in squashed for office in offices if _letters(_plain(office)))


def _plain(text: str) -> str:
    """The letters that a name looks like: without accents, in one case, whichever alphabet they are from."""
    capitals = unicodedata.normalize("NFKD", text).translate(_CAPITAL_LOOK_ALIKES)
    apart = unicodedata.normalize("NFKD", capitals.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_LOOK_ALIKES)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())
