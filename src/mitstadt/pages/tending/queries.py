"""What those who tend the record see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mitstadt.spine.actors import Actor
from mitstadt.spine.blackening import blackened, mark_in, spans_of
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import ErasureRequest, Record
from mitstadt.spine.queries.kept_words import cells_of
from mitstadt.spine.queries.workplaces import rooms_where

_AROUND = 60


@dataclass(frozen=True)
class Excerpt:
    """How one text will read: the words around each place."""

    before: str
    mark: str
    after: str


def tendable() -> QuerySet[Record]:
    """Records with what their pages show."""
    return Record.objects.select_related("author", "organisation", "room__host", "part__room")


def excerpts(record: Record, words: Sequence[str]) -> list[Excerpt]:
    """Every place in which the words stand, as it will read afterwards."""
    mark, found = mark_in(record.language), []
    for cell in cells_of(record):
        text = cell.text
        for begin, end in spans_of(words, text):
            before = blackened(text[:begin], spans_of(words, text[:begin]), mark=mark)
            after = blackened(text[end:], spans_of(words, text[end:]), mark=mark)
            found.append(Excerpt(before[-_AROUND:], mark, after[:_AROUND]))
    return found


def open_request(record: Record) -> ErasureRequest | None:
    """The proposal to erase this record that waits for a second person."""
    waiting = ErasureRequest.objects.filter(record_id=record.pk, decided_at=None)
    return waiting.select_related("proposed_by", "record").first()


def requests_for(actor: Actor) -> list[ErasureRequest] | None:
    """What waits where the actor may decide; None where they may nowhere."""
    rooms = rooms_where(actor, Deed.ERASE_FOR_OTHERS)
    if actor.is_guest or not rooms.exists():
        return None
    waiting = ErasureRequest.objects.filter(decided_at=None, record__room__in=rooms.values("pk"))
    return list(waiting.select_related("proposed_by", "record__room").order_by("proposed_at", "pk"))
