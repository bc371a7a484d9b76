"""Names that people choose to be shown by: readable, harmless in every place, and never those of an office."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

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
# Letters of other alphabets that look like Latin ones, and the figures and signs that are used for letters.
_LOOK_ALIKES = str.maketrans(
    "авеікмнорстухѕјԁɡοαερικντυγьӏһԛԝꜱꞔıɩɑʙᴀᴍᴛᴢᴋѵỿ013458|$@!пгѡωսօոհցłøđħŧɛ",
    "abeikmhopctyxsjdgoaepikvtuyblhqwsciiabamtzkvyoieasblsainrwwuonhglodhte",
)
_CAPITAL_LOOK_ALIKES = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХІЅЈᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", "ABEZHIKMNOPTYXABEKMHOPCTXISJABCDEGHJKLMPRSTVWZ"
)
# Letters that look like another one side by side. Not asked of single words: Arnt is a name, and no Amt.
_TOGETHER = (("rn", "m"), ("vv", "w"), ("ci", "d"))
# Shorter names of organisations are theirs as a word alone: "Leo" is no reason to refuse Leonie.
_LONG_ENOUGH = 6

# Persian and Indic names are written with these two.
_JOINERS = "\u200c\u200d"


class NameFault(StrEnum):
    """Why a name cannot be shown."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    RESERVED = "reserved"
    OF_SOMEONE = "of_someone"


@dataclass(frozen=True)
class ReadName:
    """A name as it will be shown, or what is wrong with it."""

    name: str
    fault: NameFault | None = None


class TakenNames:
    """Names that nobody else may borrow: those of organisations, and the full ones of people who work for them."""

    def __init__(self, *, offices: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        names = list(offices)
        self.long = tuple(sorted({one for one in map(skeleton, names) if len(one) >= _LONG_ENOUGH}))
        self.short = frozenset(one for one in map(_word_skeleton, names) if 0 < len(one) < _LONG_ENOUGH)
        # A first name belongs to many; two words together point to one person.
        self.people = frozenset(skeleton(name) for name in people if len(name.split()) > 1) - {""}


def read_name(text: str, *, taken: TakenNames | None = None) -> ReadName:
    """The name in one line, with single spaces; nobody may borrow an office's or one that is taken."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        return ReadName(name, NameFault.EMPTY)
    if len(name) > MOST_CHARACTERS:
        return ReadName(name, NameFault.TOO_LONG)
    if not _is_readable(name):
        return ReadName(name, NameFault.UNREADABLE)
    return ReadName(name, _borrowed(name, taken or TakenNames()))


def skeleton(text: str) -> str:
    """What a name looks like to somebody who reads on: letters alone, each group of look-alikes as one."""
    letters = _letters(_plain(text))
    for looks, like in _TOGETHER:
        letters = letters.replace(looks, like)
    return letters


def _is_readable(name: str) -> bool:
    """Letters somewhere, and nothing that steers the text around it (control signs, direction overrides)."""
    kinds = {unicodedata.category(sign) for sign in name if sign not in _JOINERS}
    return any(kind.startswith("L") for kind in kinds) and not kinds & {"Cc", "Cf", "Co", "Cs", "Cn"}


def _borrowed(name: str, taken: TakenNames) -> NameFault | None:
    plain = _plain(name)
    words = {_letters(word) for word in plain.replace("-", " ").replace("_", " ").split()} | {_letters(plain)}
    squashed = skeleton(name)
    if any(office in squashed for office in (*_office_skeletons(), *taken.long)):
        return NameFault.RESERVED
    if words & (_word_skeletons() | taken.short):
        return NameFault.RESERVED
    return NameFault.OF_SOMEONE if squashed in taken.people else None


@cache
def _office_skeletons() -> tuple[str, ...]:
    return tuple(skeleton(office) for office in _OFFICES)


@cache
def _word_skeletons() -> frozenset[str]:
    return frozenset(_word_skeleton(word) for word in _WORDS)


def _word_skeleton(word: str) -> str:
    return _letters(_plain(word))


def _plain(text: str) -> str:
    """The letters that a name looks like: without accents, in one case, whichever alphabet they are from."""
    capitals = unicodedata.normalize("NFKD", text).translate(_CAPITAL_LOOK_ALIKES)
    apart = unicodedata.normalize("NFKD", capitals.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_LOOK_ALIKES)
    return plain.replace("l", "i")


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())
