"""Slips at the desk: refs as a clerk types them, what they support, and what a clerk has entered in a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitstadt.ground.people.models import Person
from mitstadt.ground.refs import parse_ref
from mitstadt.ground.symbols import typed_symbols
from mitstadt.spine import kinds
from mitstadt.spine.deeds import Deed
from mitstadt.spine.formats import SlipLine, desk_of, format_of
from mitstadt.spine.models import UP, Part, Record, RecordState, Turn

_REF_LENGTH = 8
_SEPARATORS = re.compile(r"[,;\n]+")
MOST_SUPPORTS = 50


@dataclass(frozen=True)
class TypedRefs:
    """The refs of a line as typed: the sound ones as they are printed, and what cannot be one."""

    refs: tuple[str, ...]
    misread: tuple[str, ...]


def typed_refs(line: str) -> TypedRefs:
    """Refs between commas, semicolons or spaces, in any spelling; each once."""
    words = [word for chunk in _SEPARATORS.split(line) for word in _words(chunk)]
    read = [(word, parse_ref(word)) for word in words[:MOST_SUPPORTS]]
    sound = dict.fromkeys(ref for _word, ref in read if isinstance(ref, str))
    return TypedRefs(tuple(sound), tuple(word for word, ref in read if not isinstance(ref, str)))


def _words(chunk: str) -> list[str]:
    """A chunk may hold several refs with spaces between and inside: they are told apart by their length."""
    symbols = typed_symbols(chunk)
    if symbols and len(symbols) % _REF_LENGTH == 0:
        return [symbols[at : at + _REF_LENGTH] for at in range(0, len(symbols), _REF_LENGTH)]
    return chunk.split()


def supportable_by_ref(part: Part, refs: Sequence[str]) -> dict[str, Record]:
    """What people can read in this part and support, of these refs; two queries, none without refs."""
    if not refs:
        return {}
    rows = (
        Record.objects.filter(part=part.pk, kind__in=kinds.taking(Deed.SUPPORT), ref__in=refs, state__in=UP)
        .select_related("room", "part__room")
        .prefetch_related("part__phases")
    )
    return {row.ref: row for row in rows}


@dataclass(frozen=True)
class EnteredSlip:
    """One slip as it was entered."""

    person_id: int
    at: datetime
    said: Record | None
    line: SlipLine
    supported: tuple[str, ...]

    @property
    def is_taken_back(self) -> bool:
        """Whether its words are no longer there."""
        return self.said is not None and self.said.state == RecordState.WITHDRAWN


def entered_slips(part: Part, clerk: Person, *, since: datetime, most: int | None = None) -> list[EnteredSlip]:
    """What this clerk entered since then, the latest first: a constant number of queries."""
    declared = format_of(part)
    said = (
        Record.objects.filter(part=part.pk, kind__in=declared.contribution_kinds if declared else ())
        .filter(entered_by=clerk, created_at__gte=since)
        .exclude(author=None)
        .order_by("-created_at", "-pk")
    )
    supports = (
        Turn.objects.filter(record__part=part.pk, deed=Deed.SUPPORT.value, entered_by=clerk, at__gte=since)
        .select_related("record")
        .order_by("-at", "-pk")
    )
    words = list(said[:most])
    return _slips(part, words, supports[: most * MOST_SUPPORTS if most else None])[:most]


def _slips(part: Part, said: Sequence[Record], supports: Iterable[Turn]) -> list[EnteredSlip]:
    desk = desk_of(part)
    lines = desk.lines([one.pk for one in said]) if desk and said else {}
    words = {(one.author_id, one.created_at): one for one in said}
    refs: dict[tuple[int | None, datetime], list[str]] = {key: [] for key in words}
    for support in supports:
        if support.at is not None:
            refs.setdefault((support.person_id, support.at), []).append(support.record.ref)
    slips = [
        EnteredSlip(person, at, one, lines.get(one.pk, SlipLine()) if one else SlipLine(), tuple(sorted(supported)))
        for (person, at), supported in refs.items()
        if person is not None
        for one in [words.get((person, at))]
    ]
    return sorted(slips, key=lambda slip: (slip.at, slip.person_id), reverse=True)
