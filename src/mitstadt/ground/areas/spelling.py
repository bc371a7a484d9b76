"""Spellings brought to one form, so that people find a place however they write it. Pure."""

import re
import unicodedata

_UMLAUT_DIGRAPHS = re.compile(r"(?<![aeq])([aou])e")
_STREET = re.compile(r"(stra(ss|s|ß)e|str\.?)(?=$|[\s\d,-])")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def name_key(text: str) -> str:
    """Lower case, ß as ss, umlauts and accents as plain letters (ä = ae = a), single blanks, no punctuation.

    >>> name_key("Schloßstraße"), name_key("SCHLOSSSTRASSE")
    ('schlossstrasse', 'schlossstrasse')
    >>> name_key("Müggelheim") == name_key("Mueggelheim") == name_key("muggelheim")
    True
    """
    folded = unicodedata.normalize("NFKD", text.replace("\0", " ")).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", _UMLAUT_DIGRAPHS.sub(r"\1", plain)).strip()


def street_key(text: str) -> str:
    """Like ``name_key``, with every spelling of Straße as “str” and no blanks at all.

    >>> street_key("Karl-Marx-Straße"), street_key("karl marx str."), street_key("Karl-Marxstrasse")
    ('karlmarxstr', 'karlmarxstr', 'karlmarxstr')
    """
    folded = _STREET.sub("str ", unicodedata.normalize("NFC", text).casefold())
    return name_key(folded).replace(" ", "")


def street_words(text: str) -> str:
    """Like ``street_key``, but with blanks and umlauts kept: tells Dessauer Straße from Dessauerstraße."""
    return " ".join(_STREET.sub("str ", unicodedata.normalize("NFC", text).casefold()).replace("-", " ").split())


def slug_text(text: str) -> str:
    """ASCII for an address line, with umlauts written out: Müllerstraße becomes muellerstrasse."""
    written_out = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    plain = unicodedata.normalize("NFKD", written_out).encode("ascii", "ignore").decode()
    return _NOT_A_WORD.sub("-", plain).strip("-")


def trigrams(key: str) -> frozenset[str]:
    """All runs of three characters of a key, its beginning marked."""
    padded = f"  {key} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def likeness(sought: str, found: str) -> float:
    """How well a found key answers a sought one, in steps so that equal hits can be ordered by other things.

    1 for the same, 0.95 for whole words of it, 0.9 for the beginning of a word, 0.8 for a part; below that, the share
    of common trigrams with the whole or its best word.
    """
    if sought == found:
        return 1.0
    if f" {sought} " in f" {found} ":
        return 0.95
    if f" {sought}" in f" {found}":
        return 0.9
    if sought in found:
        return 0.8
    return 0.75 * max(
        _common(sought, found), 0.95 * max((_common(sought, word) for word in found.split()), default=0.0)
    )


def _common(left: str, right: str) -> float:
    one, other = trigrams(left), trigrams(right)
    return 2 * len(one & other) / (len(one) + len(other))
