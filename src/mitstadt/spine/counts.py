"""Counts that are kept beside what they count: each declared once, with how it is counted anew.

They follow in the transaction of each change. Should one ever be wrong, nobody's deed fails by it: `stepped` ends at
nought, and ``./mitstadt recount`` (the schedule does so every night) mends it and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils.functional import Promise

from mitstadt.spine.models import Record


def stepped(field: str, difference: int) -> Combinable:
    """The counter so much higher or lower, and never below nought."""
    return Greatest(F(field) + difference, 0) if difference < 0 else F(field) + difference


@dataclass(frozen=True)
class KeptCount:
    """Counters of one table: what people call them, and for each column the expression that counts it anew.

    The expressions name the row that counts by `OuterRef("pk")`.
    """

    key: str
    label: str | Promise
    model: type[Record]
    columns: Callable[[], Mapping[str, Combinable]]


_counts: dict[str, KeptCount] = {}


def register(declared: KeptCount) -> KeptCount:
    """Make kept counts known; called once, when what owns them is loaded."""
    if _counts.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There are already counts “{declared.key}”.")
    return declared


def all_counts() -> tuple[KeptCount, ...]:
    """All kept counts, in the order in which they were declared: a later one may stand on an earlier one."""
    return tuple(_counts.values())
