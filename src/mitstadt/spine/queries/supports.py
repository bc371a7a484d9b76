"""Whether a person supports a record."""

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Record, Support


def supports(record: Record, *, actor: Actor) -> bool:
    """Whether the actor counts for the record; no query for guests."""
    return actor.person is not None and Support.objects.filter(record_id=record.pk, person=actor.person).exists()
