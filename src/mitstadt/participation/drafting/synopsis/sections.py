"""The synopsis cut into pages and volumes: a cut may fall within a passage, which is then continued."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

from mitstadt.participation.drafting.queries.stretches import Stretch
from mitstadt.participation.drafting.synopsis.rows import PassageRow, Synopsis


@dataclass(frozen=True)
class Slot:
    """One thing to show: a passage (`voice` is 0) or the contribution at it with this place, counted from 1."""

    row: int
    voice: int = 0


@dataclass(frozen=True)
class Cut:
    """A passage with those of its contributions that fall into one page or volume."""

    row: PassageRow
    voices: Stretch
    is_continued: bool


class Slots(Sequence[Slot]):
    """Everything in reading order; nothing is made but what is asked for."""

    def __init__(self, synopsis: Synopsis, *, only_with_voices: bool = False) -> None:
        rows = enumerate(synopsis.rows)
        self._rows = [(index, row.voice_count) for index, row in rows if row.voice_count or not only_with_voices]
        self._ends = list(accumulate(1 + count for _index, count in self._rows))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> Slot: ...
    @overload
    def __getitem__(self, place: slice) -> list[Slot]: ...
    def __getitem__(self, place: int | slice) -> Slot | list[Slot]:
        if isinstance(place, slice):
            return [self._at(at) for at in range(*place.indices(len(self)))]
        return self._at(range(len(self))[place])

    def _at(self, place: int) -> Slot:
        found = bisect_right(self._ends, place)
        index, count = self._rows[found]
        return Slot(index, place - (self._ends[found] - 1 - count))


def slots_of(synopsis: Synopsis, *, only_with_voices: bool = False) -> Slots:
    """Everything in reading order."""
    return Slots(synopsis, only_with_voices=only_with_voices)


def cuts_of(synopsis: Synopsis, slots: Iterable[Slot]) -> list[Cut]:
    """These slots as passages again."""
    found: dict[int, list[int]] = {}
    for slot in slots:
        found.setdefault(slot.row, []).append(slot.voice)
    return [_cut(synopsis.rows[index], places) for index, places in found.items()]


def _cut(row: PassageRow, places: Sequence[int]) -> Cut:
    first = max(places[0] - 1, 0)
    return Cut(row, Stretch(row.key, first, max(places[-1], first), row.voice_count), is_continued=places[0] != 0)
