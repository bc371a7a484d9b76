"""What a kind of record does beyond its row: which counters follow it, and what an erasure must empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mitstadt.spine.models import Record


@dataclass(frozen=True)
class KindRules:
    """The rules of one kind.

    ``count`` is called with +1 when a record of the kind becomes public and −1 when it no longer is;
    ``erase`` empties the kind's own tables; ``words`` gives the words to quote where they are not the body, which is
    then the reason for them; ``facts`` gives what open data tell of records beyond their row, for many keys at once.
    """

    count: Callable[[Record, int], None] | None = None
    erase: Callable[[Record], None] | None = None
    words: Callable[[Record], str] | None = None
    facts: Callable[[Sequence[int]], Mapping[int, Mapping[str, object]]] | None = None


_rules: dict[str, KindRules] = {}


def register(kind: str, rules: KindRules) -> None:
    """Tell the spine the rules of a kind; called once, when the slice is loaded."""
    _rules[kind] = rules


def count(record: Record, difference: int) -> None:
    """Let counters follow a record that became public (+1), or no longer is (−1)."""
    rules = _rules.get(record.kind)
    if difference and rules and rules.count:
        rules.count(record, difference)


def erase(record: Record) -> None:
    """Empty what the kind keeps beside the record."""
    rules = _rules.get(record.kind)
    if rules and rules.erase:
        rules.erase(record)


def words(record: Record) -> str:
    """What a record says, to be quoted on its trail."""
    rules = _rules.get(record.kind)
    return rules.words(record) if rules and rules.words else record.body


def facts(kind: str, keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What open data tell of these records of one kind, by key."""
    rules = _rules.get(kind)
    return rules.facts(keys) if rules and rules.facts and keys else {}
