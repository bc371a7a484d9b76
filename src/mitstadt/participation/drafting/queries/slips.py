"""What a clerk types from a slip, looked up: passages by number or ref, contributions by ref; what was entered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitstadt.ground.people.models import Person
from mitstadt.ground.refs import parse_ref
from mitstadt.ground.symbols import typed_symbols
from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import UP, RecordState, Turn

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


def passage_named(text: CoText, typed: str) -> Passage | None:
    """The passage of the newest edition with this number, or the passage of any edition with this ref."""
    passages = Passage.objects.filter(edition__text=text).select_related("edition", "room__host", "part__room")
    number = "".join(typed.split()).replace(",", ".").replace("–", "-").strip(".")
    found = passages.filter(number__iexact=number).order_by("-edition__number").first() if number else None
    if found is not None:
        return found
    ref = parse_ref(typed)
    return passages.filter(ref=ref).first() if isinstance(ref, str) else None


def passage_choices(text: CoText) -> list[tuple[str, str]]:
    """Number and beginning of every passage of the newest edition; two queries."""
    edition = text.editions.order_by("-number").first()
    if edition is None:
        return []
    rows = edition.passages.order_by("position").values_list("number", "body")
    return [(number, body[:80]) for number, body in rows]


def contributions_by_ref(text: CoText, refs: Sequence[str]) -> dict[str, Contribution]:
    """The public contributions to this text with these refs; one query."""
    rows = (
        Contribution.objects.filter(passage__edition__text=text, ref__in=refs, state__in=UP)
        .select_related("room", "part__room")
        .prefetch_related("part__phases")
    )
    return {row.ref: row for row in rows}


@dataclass(frozen=True)
class EnteredSlip:
    """One slip as it was entered."""

    person_id: int
    at: datetime
    contribution: Contribution | None
    supported: tuple[str, ...]

    @property
    def is_taken_back(self) -> bool:
        """Whether its words are no longer there."""
        return self.contribution is not None and self.contribution.state == RecordState.WITHDRAWN


def entered_slips(text: CoText, clerk: Person, *, since: datetime, most: int | None = None) -> list[EnteredSlip]:
    """What this clerk entered since then, the latest first: two queries."""
    said = (
        Contribution.objects.filter(passage__edition__text=text, entered_by=clerk, created_at__gte=since)
        .exclude(author=None)
        .select_related("passage")
        .order_by("-created_at", "-pk")
    )
    supports = (
        Turn.objects.filter(record__part=text.pk, deed=Deed.SUPPORT.value, entered_by=clerk, at__gte=since)
        .select_related("record")
        .order_by("-at", "-pk")
    )
    return _slips(said[:most], supports[: most * MOST_SUPPORTS if most else None])[:most]


def _slips(said: Iterable[Contribution], supports: Iterable[Turn]) -> list[EnteredSlip]:
    words = {(one.author_id, one.created_at): one for one in said}
    refs: dict[tuple[int | None, datetime], list[str]] = {key: [] for key in words}
    for support in supports:
        if support.at is not None:
            refs.setdefault((support.person_id, support.at), []).append(support.record.ref)
    slips = [
        EnteredSlip(person, at, words.get((person, at)), tuple(sorted(supported)))
        for (person, at), supported in refs.items()
        if person is not None
    ]
    return sorted(slips, key=lambda slip: (slip.at, slip.person_id), reverse=True)
