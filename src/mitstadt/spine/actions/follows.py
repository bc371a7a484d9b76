"""Follow a record, or stop following it."""

from datetime import datetime

from django.db import transaction

from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.models import Follow, Record
from mitstadt.spine.permits import permit_on


def follow(record: Record, *, actor: Actor, now: datetime) -> None:
    """Tell this person what becomes of the record."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.FOLLOW, record, now=now))
        Follow.objects.get_or_create(record_id=record.pk, person=actor.person, defaults={"created_at": now})


def unfollow(record: Record, *, actor: Actor) -> None:
    """Tell them no longer."""
    if actor.person:
        Follow.objects.filter(record_id=record.pk, person=actor.person).delete()
