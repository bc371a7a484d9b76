"""What is kept about a person, one declaration a table: what it is, why, how long, and what the person can do.

The page “Was wissen Sie über mich?” and the download are made from these alone. A table with a column that points to a
person and that no declaration `covers` fails a test, so that nothing is kept about anybody without a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from mitstadt.ground.people.models import Person


@dataclass(frozen=True)
class Kept:
    """One table, as it is told to the person whom it concerns.

    ``key`` is the section of the download, ``covers`` the columns that point to the person (``"spine.Follow.person"``),
    ``rows`` what is kept about somebody, ``columns`` what they are given of it. ``page`` is the name of an
    address where they can see to it.
    """

    key: str
    what: Promise
    why: Promise
    how_long: Promise
    can: Promise
    rows: Callable[[Person], QuerySet[Any]]
    columns: tuple[str, ...]
    covers: frozenset[str] = frozenset()
    page: str = ""


_kept: dict[str, Kept] = {}


def register(*declared: Kept) -> None:
    """Make them known; each key stands once."""
    for one in declared:
        if _kept.setdefault(one.key, one) is not one:
            raise ValueError(f"There is already a section “{one.key}”.")


def all_kept() -> tuple[Kept, ...]:
    """All declarations, in the order in which they were made."""
    return tuple(_kept.values())
