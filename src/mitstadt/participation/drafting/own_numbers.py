"""Numbers that a text brings along: a heading or a list item that has one is not given a second one beside it."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?:\(\w{1,3}\)|(?:\d{1,3}[a-z]?|[a-zA-Z]|[ivxIVX]{2,5})[.)])\s")


def has_own_mark(words: str) -> bool:
    """Whether a list item begins with the number or letter by which it is cited, so that no bullet belongs there.

    >>> has_own_mark("(1) Sie gilt ab Mai."), has_own_mark("b) Gärten."), has_own_mark("Am 1. Mai.")
    (True, True, False)
    """
    return _MARK.match(words) is not None


def numbered_heading(number: str, words: str) -> str:
    """The heading with its number in front, once.

    >>> numbered_heading("1", "Anlass"), numbered_heading("1", "1. Anlass"), numbered_heading("2", "§ 2 Zeiten")
    ('1 Anlass', '1. Anlass', '§ 2 Zeiten')
    """
    return words if has_own_number(number, words) else f"{number} {words}"


def has_own_number(number: str, words: str) -> bool:
    """Whether the heading begins with this number itself.

    >>> has_own_number("1", "1.1 Grün"), has_own_number("1", "100 Bäume"), has_own_number("A", "A Anlage")
    (False, False, True)
    """
    return re.match(rf"(?:§\s*)?{re.escape(number)}(?![\w-]|\.\d)", words) is not None
