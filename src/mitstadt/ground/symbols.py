"""Words that people copy from paper, type on a phone and spell out loud: 23 symbols, the last one a check symbol.

Why these 23: of every pair that a hand, a worn print or a scanner confuses, one symbol is left out (O/0/Q, 1/I/L,
2/Z, 5/S, 6/G, 8/B, U/V), so the other can be read for it. Vowels are left out because without them no word of any
language comes about by chance. Y and Z are left out because German and English keyboards swap them. And 23 is prime,
which is what lets one check symbol find *every* wrong symbol and *every* swap of two symbols.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "23456789CDFHJKMNPQRTVWX"
LOOK_ALIKES = {"B": "8", "G": "6", "S": "5", "U": "V", "Z": "2"}

# Codes of the far right (no German number plate may bear most of them either), slurs that need no vowel, and names of
# parties: the city's own refs insult nobody and side with nobody.
UNWANTED = (
    "88", "HH", "HJ", "KKK", "FCK", "FKC", "FVCK", "F4CK", "CVNT", "C4NT", "DCK", "WXR", "N366R", "N363R",
    "4FD", "CDV", "FDP", "NPD", "KPD", "DKP", "PKK",
)  # fmt: skip

_PRIME = len(ALPHABET)
_ROOT = 5  # a primitive root of 23: its first 22 powers, the weights of the places, are all different
_START = 3
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_DASHES = "Pd"
_MOST_TYPED = 200

RandomBytes = Callable[[int], bytes]


class Reason(StrEnum):
    """Why what was typed cannot be the word on the paper."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNKNOWN_SYMBOL = "unknown_symbol"
    CHECK_WRONG = "check_wrong"


@dataclass(frozen=True, slots=True)
class Misread:
    """What is wrong with a typed word, and where.

    ``symbols`` are those that no word of ours contains, as typed, each with its place counted from 1.
    """

    reason: Reason
    symbols: tuple[tuple[int, str], ...] = ()


def residue(values: Iterable[int]) -> int:
    """0 for a sound word: its symbols as digits to the base 5, modulo 23.

    Place i from the right weighs 5^i. The weights differ and none is 0, so a wrong symbol or a swap of any two changes
    the sum. The start at 3 keeps 2222-2222 from being a ref and makes one of 7K3Q-M9XD, the example in every text.
    """
    total = _START
    for value in values:
        total = (total * _ROOT + value) % _PRIME
    return total


def is_sound(word: str) -> bool:
    """Whether the check symbol of this word of known symbols fits."""
    return residue(_VALUE[symbol] for symbol in word) == 0


def check_symbol(body: str) -> str:
    """The symbol that completes the body to a sound word."""
    return ALPHABET[-residue(_VALUE[symbol] for symbol in body) * _ROOT % _PRIME]


def mended(word: Sequence[str], place: int) -> str:
    """The one sound word that differs from this one at most at this place (counted from 0)."""
    values = [_VALUE.get(symbol, 0) for symbol in word]
    weight = pow(_ROOT, len(values) - 1 - place, _PRIME)
    value = (values[place] - residue(values) * pow(weight, -1, _PRIME)) % _PRIME
    return "".join([*word[:place], ALPHABET[value], *word[place + 1 :]])


def new_word(length: int, random_bytes: RandomBytes) -> str:
    """A sound word of this length, every permitted one equally likely, without the hyphens."""
    while True:
        body = _random_symbols(length - 1, random_bytes)
        word = body + check_symbol(body)
        if not any(unwanted in word for unwanted in UNWANTED):
            return word


def _random_symbols(count: int, random_bytes: RandomBytes) -> str:
    symbols = ""
    fair = 256 - 256 % _PRIME  # bytes from here on would favour the first symbols
    while len(symbols) < count:
        symbols += "".join(ALPHABET[byte % _PRIME] for byte in random_bytes(count) if byte < fair)
    return symbols[:count]


def typed_symbols(text: str) -> str:
    """The symbols of what a person typed: capitals, look-alikes read as ours, spaces, hyphens and dots gone."""
    plain = unicodedata.normalize("NFKC", text[:_MOST_TYPED])
    kept = (
        symbol.upper() if len(symbol.upper()) == 1 else symbol
        for symbol in plain
        if not (symbol.isspace() or symbol in "._/#−" or unicodedata.category(symbol) in {_DASHES, "Pc", "Cf", "Cc"})
    )
    return "".join(LOOK_ALIKES.get(symbol, symbol) for symbol in kept)


def unknown_symbols(word: str) -> tuple[tuple[int, str], ...]:
    """The symbols that no word of ours contains, with their places counted from 1."""
    return tuple((place, symbol) for place, symbol in enumerate(word, 1) if symbol not in _VALUE)


def read_word(text: str, length: int) -> str | Misread:
    """The sound word of this length that was typed, or what is wrong with it."""
    word = typed_symbols(text)
    if not word:
        return Misread(Reason.EMPTY)
    if len(word) != length:
        return Misread(Reason.TOO_SHORT if len(word) < length else Reason.TOO_LONG, unknown_symbols(word))
    if unknown := unknown_symbols(word):
        return Misread(Reason.UNKNOWN_SYMBOL, unknown)
    return word if is_sound(word) else Misread(Reason.CHECK_WRONG)


def grouped(word: str) -> str:
    """The word as it is printed: groups of four with hyphens.

    >>> grouped("7K3QM9XD")
    '7K3Q-M9XD'
    """
    return "-".join(word[start : start + 4] for start in range(0, len(word), 4))
