"""Whether a person follows a record."""

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Follow, Record


def follows(record: Record, *, actor: Actor) -> bool:
    """Whether the actor hears what becomes of the record; no query for guests."""
    return actor.person is not None and Follow.objects.filter(record_id=record.pk, person=actor.person).exists()
