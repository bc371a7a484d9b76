"""Where a record is at home, and whether what is published there is published for this actor."""

from __future__ import annotations

from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Part, Record, RecordState, Room


def room_of(record: Record) -> Room | None:
    """The room a record is at home in; a room is at home in itself."""
    if isinstance(record, Room):
        return record
    if record.room_id is None:
        return Room.objects.filter(pk=record.pk).first()
    return record.room


def part_of(record: Record) -> Part | None:
    """The part a record belongs to; a part belongs to itself."""
    if isinstance(record, Part):
        return record
    if record.part_id is not None:
        return record.part
    return Part.objects.filter(pk=record.pk).first() if record.kind in formats.part_kinds() else None


def is_readable(actor: Actor, record: Record, room: Room) -> bool:
    """Whether a published record is published for this actor."""
    if record.state == RecordState.INTERNAL:
        return actor.works_on(room) or actor.reads(room)
    return record.state == RecordState.PUBLISHED
