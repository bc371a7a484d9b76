"""What comes of holding records against their acts, and how both are read in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps.registry import Apps
from django.db.models import QuerySet

from mitstadt.spine.models import RecordState
from mitstadt.spine.queries.fate_check import sentence_of

AT_ONCE = 2_000
_TOLD = 100
# What nobody reads yet may still be rewritten; what was erased has no words.
NOT_HELD = (RecordState.DRAFT, RecordState.ERASED)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Difference:
    """A record that says something else than its act: which, and what of it."""

    ref: str
    field: str

    @property
    def sentence(self) -> str:
        """What is wrong, in English as all findings about the log."""
        return sentence_of(self.ref, self.field)


@dataclass
class RecordCheck:
    """How many records were held against their acts, what differs, and which no act vouches for any more."""

    records: int = 0
    differences: list[Difference] = field(default_factory=list)
    differences_total: int = 0
    unpromised: list[str] = field(default_factory=list)
    unpromised_total: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return self.differences_total == 0

    def differs(self, ref: str, name: str) -> None:
        """Note a difference; the first hundred by name, so that a wrecked city costs no memory."""
        self.differences_total += 1
        if len(self.differences) < _TOLD:
            self.differences.append(Difference(ref, name))

    def lacks(self, ref: str) -> None:
        """Note a record without a promise."""
        self.unpromised_total += 1
        if len(self.unpromised) < _TOLD:
            self.unpromised.append(ref)


def contents_with(tables: Apps, names: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The contents of acts in which one of these lists stands, each with its act, the newest first."""
    contents: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "ActContent"))
    listed = contents.filter(content__has_any_keys=names).order_by("-act_id").values_list("act_id", "content")
    return listed.iterator(chunk_size=10)


def batches(keys: list[Key]) -> Iterator[list[Key]]:
    """The keys, not too many at once."""
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
