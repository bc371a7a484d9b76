"""Whether a person follows something."""

from mitstadt.spine.actors import Actor
from mitstadt.spine.following import Target
from mitstadt.spine.models import Follow, Record


def follows(record: Record, *, actor: Actor) -> bool:
    """Whether the actor hears what becomes of the record; no query for guests."""
    return actor.person is not None and Follow.objects.filter(record_id=record.pk, person=actor.person).exists()


def follows_target(target: Target, *, actor: Actor) -> bool:
    """Whether the actor hears what happens there; no query for guests."""
    return actor.person is not None and Follow.objects.filter(**target.column, person=actor.person).exists()
