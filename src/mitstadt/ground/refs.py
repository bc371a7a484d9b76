"""Short public refs such as ``7K3Q-M9XD``: on every record, on paper, on the phone; they never change.

Eight symbols, the last one a check symbol (see `mitstadt.ground.symbols` for the alphabet and why): 23^7 = 3.4 × 10^9
refs. They are drawn at random, so the column that holds them is unique and whoever inserts draws again on a clash
(expect the first after some 60,000 records). A ref is public and no secret: whoever may not see a record may know it.
"""

from collections.abc import Iterator
from itertools import combinations

from mitstadt.ground.symbols import (
    ALPHABET,
    Misread,
    RandomBytes,
    Reason,
    grouped,
    is_sound,
    mended,
    new_word,
    read_word,
    typed_symbols,
    unknown_symbols,
)

__all__ = ["LENGTH", "Misread", "Reason", "near_refs", "new_ref", "parse_ref", "spoken"]

LENGTH = 8

_GERMAN = {  # DIN 5009:2022
    "2": "zwei", "3": "drei", "4": "vier", "5": "fünf", "6": "sechs", "7": "sieben", "8": "acht", "9": "neun",
    "C": "Chemnitz", "D": "Düsseldorf", "F": "Frankfurt", "H": "Hamburg", "J": "Jena", "K": "Köln", "M": "München",
    "N": "Nürnberg", "P": "Potsdam", "Q": "Quickborn", "R": "Rostock", "T": "Tübingen", "V": "Völklingen",
    "W": "Wuppertal", "X": "Xanten",
}  # fmt: skip
_ENGLISH = {  # ICAO and NATO
    "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "C": "Charlie", "D": "Delta", "F": "Foxtrot", "H": "Hotel", "J": "Juliett", "K": "Kilo", "M": "Mike",
    "N": "November", "P": "Papa", "Q": "Quebec", "R": "Romeo", "T": "Tango", "V": "Victor", "W": "Whiskey",
    "X": "X-ray",
}  # fmt: skip


def new_ref(random_bytes: RandomBytes) -> str:
    """A new ref, every permitted one equally likely; give ``secrets.token_bytes``."""
    return grouped(new_word(LENGTH, random_bytes))


def parse_ref(text: str) -> str | Misread:
    """The ref that was typed, in the form it is printed in, or what is wrong with it.

    Lower case, spaces, any hyphen or none, and the look-alikes B G S U Z (read as 8 6 5 V 2) are understood. O, 0, 1, I
    and L look like several symbols: they are `Reason.UNKNOWN_SYMBOL`, and `near_refs` finds what they stand for.
    """
    word = read_word(text, LENGTH)
    return grouped(word) if isinstance(word, str) else word


def near_refs(text: str) -> tuple[str, ...]:
    """Refs that may have been meant, likeliest first, at most 36: look them up and offer those that exist.

    One wrong symbol, two swapped ones, one left out, one too many, or up to two unreadable ones. Empty for a text that
    is a ref already and for one that is further off.
    """
    word = typed_symbols(text)
    if not LENGTH - 1 <= len(word) <= LENGTH + 1 or (len(word) == LENGTH and isinstance(parse_ref(text), str)):
        return ()
    return tuple(dict.fromkeys(map(grouped, _near_words(word))))


def _near_words(word: str) -> Iterator[str]:
    unknown = [place - 1 for place, _ in unknown_symbols(word)]
    if len(word) == LENGTH + 1:
        yield from _with_one_left_out(word)
    elif unknown:
        yield from _with_unknown_filled(word, unknown)
    elif len(word) == LENGTH - 1:
        yield from (mended([*word[:place], ALPHABET[0], *word[place:]], place) for place in range(LENGTH))
    else:
        yield from _with_two_swapped(word)
        yield from (mended(word, place) for place in range(LENGTH))


def _with_one_left_out(word: str) -> Iterator[str]:
    doubled_first = sorted(range(len(word)), key=lambda place: word[place] != word[place - 1])
    for place in doubled_first:
        shorter = word[:place] + word[place + 1 :]
        if not unknown_symbols(shorter) and is_sound(shorter):
            yield shorter


def _with_unknown_filled(word: str, unknown: list[int]) -> Iterator[str]:
    if len(word) != LENGTH or len(unknown) > 2:
        return
    *first, last = unknown
    for symbol in ALPHABET if first else "":
        yield mended([*word[: first[0]], symbol, *word[first[0] + 1 :]], last)
    if not first:
        yield mended(word, last)


def _with_two_swapped(word: str) -> Iterator[str]:
    neighbours_first = sorted(combinations(range(LENGTH), 2), key=lambda pair: pair[1] - pair[0])
    for left, right in neighbours_first:
        symbols = list(word)
        symbols[left], symbols[right] = symbols[right], symbols[left]
        if is_sound("".join(symbols)):
            yield "".join(symbols)


def spoken(ref: str, *, language: str = "de") -> str:
    """The ref to read out on the phone: German by DIN 5009 (cities), any other language by the NATO alphabet.

    >>> spoken("7K3Q-M9XD")
    'sieben, Köln, drei, Quickborn – München, neun, Xanten, Düsseldorf'
    """
    names = _GERMAN if language.split("-")[0].lower() == "de" else _ENGLISH
    return " – ".join(", ".join(names[symbol] for symbol in group) for group in ref.split("-"))
