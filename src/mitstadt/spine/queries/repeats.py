"""Which other records repeat the words of one: what stands near it and quotes it in free text, without a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from mitstadt.spine import kinds
from mitstadt.spine.models import UP, Link, Record, RecordState

# So many words in a row are no accident.
WORDS_IN_A_ROW = 6
# The newest so many records around one are read: a moderator waits for this page.
MOST_READ = 500
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Repeat:
    """A record that repeats words of another one."""

    ref: str
    words: str


def repeats_of(record: Record) -> list[Repeat]:
    """The records that repeat six words in a row of this one, or all of it where it is shorter: three queries."""
    pieces = _pieces([record.title, record.body, kinds.words(record)])
    return [
        Repeat(ref=other.ref, words=words)
        for other in _around(record)
        if (words := _first_piece(f"{other.title} {other.body}", pieces))
    ]


def _around(record: Record) -> Iterable[Record]:
    """What answers it, stands beside it at the same place, or is linked with it, and is still to be read."""
    near = Q(about_id=record.pk) | Q(about__about_id=record.pk)
    if record.about_id:
        near |= Q(about_id=record.about_id)
    linked = Link.objects.filter(Q(source_id=record.pk) | Q(target_id=record.pk)).values_list("source_id", "target_id")
    near |= Q(pk__in={key for pair in linked for key in pair})
    states = (*UP, RecordState.HELD)
    return Record.objects.filter(near, state__in=states).exclude(pk=record.pk).order_by("-pk")[:MOST_READ]


def _pieces(texts: Iterable[str]) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(piece for text in texts for piece, _shown in _rows(text, whole_if_short=True))


def _first_piece(text: str, pieces: Iterable[tuple[str, ...]]) -> str:
    wanted = set(pieces)
    sizes = {len(piece) for piece in wanted}
    return next((shown for size in sorted(sizes) for piece, shown in _rows(text, size=size) if piece in wanted), "")


def _rows(
    text: str, *, size: int = WORDS_IN_A_ROW, whole_if_short: bool = False
) -> Iterable[tuple[tuple[str, ...], str]]:
    """Every row of so many words, with the text from its first to its last sign."""
    found = list(_WORD.finditer(text))
    if whole_if_short and 1 < len(found) < size:
        size = len(found)
    for start in range(len(found) - size + 1):
        row = found[start : start + size]
        yield tuple(word.group().casefold() for word in row), text[row[0].start() : row[-1].end()]
