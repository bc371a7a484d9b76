"""What a record may be merged with."""

from __future__ import annotations

from collections.abc import Sequence

from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import UP, MovedOn, Record
from mitstadt.spine.queries.visibility import visible_to

MOST_NEAR = 60


def near(record: Record) -> list[Record]:
    """What stands where this record stands and is still open: two queries at most."""
    rows = kinds.near(record)
    if rows is None:
        rows = Record.objects.filter(kind=record.kind, room=record.room, part=record.part)
    rows = rows.filter(state__in=UP, moved_on=MovedOn.NO, answer_state="").exclude(pk=record.pk)
    return list(
        rows.select_related("author", "organisation").order_by("-support_count", "created_at", "pk")[:MOST_NEAR]
    )


def records_by_refs(refs: Sequence[str], *, actor: Actor) -> list[Record]:
    """The records with these refs that the actor may read; one that is not there is named."""
    rows = visible_to(actor, Record.objects.select_related("room__host", "part__room")).filter(ref__in=refs)
    found = {record.ref: record for record in rows}
    for ref in refs:
        if ref not in found:
            raise Refused("no_such_record", ref=ref)
    return [found[ref] for ref in refs]
