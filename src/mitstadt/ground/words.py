"""People's words as they come through any door: forms, the desk, imports, the command line."""

from __future__ import annotations

from collections.abc import Mapping

from mitstadt.methods.shared import cleaning


def clean_words(typed: str) -> str:
    """What a person typed, composed (NFC), with ``\\n`` as the only line end, without control and invisible signs.

    Signs that turn the reading direction go too. What scripts and emoji need stays. Cleaning twice changes nothing.
    """
    return cleaning.cleaned(typed)[0]


def clean_each(fields: Mapping[str, object]) -> dict[str, object]:
    """The same fields with clean words; what is no text stays."""
    return {name: clean_words(value).strip() if isinstance(value, str) else value for name, value in fields.items()}


def has_words(typed: str) -> bool:
    """Whether there is anything to see in it."""
    return cleaning.is_visible(clean_words(typed))


def are_alike(one: str, other: str) -> bool:
    """Whether two texts read alike: they differ in blanks and unseen signs at most."""
    return _read(one) == _read(other)


def _read(words: str) -> str:
    return " ".join(clean_words(words).split())
