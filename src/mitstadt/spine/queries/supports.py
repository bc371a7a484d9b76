"""What a person supports."""

from collections.abc import Collection

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Record, Support


def supported_among(records: Collection[Record], *, actor: Actor) -> frozenset[int]:
    """The keys of those of the records for which the actor counts: one query, none for guests."""
    if actor.person is None or not records:
        return frozenset()
    mine = Support.objects.filter(person=actor.person, record_id__in=[record.pk for record in records])
    return frozenset(mine.values_list("record_id", flat=True))
