"""The synopsis cut into pages and volumes: a cut may fall within a passage, which is then continued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mitstadt.participation.drafting.synopsis.rows import PassageRow, Synopsis


@dataclass(frozen=True)
class Slot:
    """One thing to show: a passage (`voice` is 0) or a contribution at it."""

    row: int
    voice: int = 0


@dataclass(frozen=True)
class Cut:
    """A passage with those of its contributions that fall into one page or volume."""

    row: PassageRow
    voices: tuple[int, ...]
    is_continued: bool


def slots_of(synopsis: Synopsis, *, only_with_voices: bool = False) -> list[Slot]:
    """Everything in reading order."""
    slots: list[Slot] = []
    for index, row in enumerate(synopsis.rows):
        keys = synopsis.voice_keys.get(row.key, ())
        if keys or not only_with_voices:
            slots.append(Slot(index))
            slots.extend(Slot(index, key) for key in keys)
    return slots


def cuts_of(synopsis: Synopsis, slots: Iterable[Slot]) -> list[Cut]:
    """These slots as passages again."""
    found: dict[int, tuple[bool, list[int]]] = {}
    for slot in slots:
        _continued, voices = found.setdefault(slot.row, (slot.voice != 0, []))
        if slot.voice:
            voices.append(slot.voice)
    return [Cut(synopsis.rows[index], tuple(voices), continued) for index, (continued, voices) in found.items()]


def volumes(slots: Sequence[Slot], *, most: int) -> Iterator[Sequence[Slot]]:
    """The slots in stretches of at most `most` each."""
    for start in range(0, len(slots), most):
        yield slots[start : start + most]
