"""Support a record, or take the support back. One person counts once, whatever the channels."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from mitstadt.ground.people.models import Person
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Follow, MovedOn, Record, Support
from mitstadt.spine.permits import permit_entering, permit_on


def support(record: Record, *, actor: Actor, now: datetime, entered_by: Actor | None = None) -> bool:
    """Count this person for the record; False when they counted already. `entered_by` typed it for them."""
    require(
        permit_entering(entered_by, Deed.SUPPORT, record, now=now)
        if entered_by
        else permit_on(actor, Deed.SUPPORT, record, now=now)
    )
    person = _person(actor)
    try:
        with transaction.atomic():
            Support.objects.create(
                record_id=record.pk,
                person=person,
                channel=actor.channel,
                entered_by=entered_by.person if entered_by else None,
                created_at=now,
            )
            _count_one(record)
            if person.has_account:
                Follow.objects.bulk_create(
                    [Follow(record_id=record.pk, person=person, created_at=now)], ignore_conflicts=True
                )
            record_act(actor=actor, verb=verbs.SUPPORTED, record=record, now=now, content={"person": person.pk})
    except IntegrityError:
        # The database holds that one person counts once; anything else that it refuses is an error.
        if Support.objects.filter(record_id=record.pk, person=person).exists():
            return False
        raise
    return True


def _count_one(record: Record) -> None:
    """Count it where the record stands for itself: a merge at the same moment carries the support, or it is refused."""
    standing = Record.objects.filter(pk=record.pk, moved_on=MovedOn.NO)
    if not standing.update(support_count=F("support_count") + 1):
        raise Refused("went_on_in_another")


def end_support(record: Record, *, actor: Actor, now: datetime) -> bool:
    """Take the support back while the phase is open; False when there was none."""
    require(permit_on(actor, Deed.SUPPORT, record, now=now))
    person = _person(actor)
    with transaction.atomic():
        deleted, _kinds = Support.objects.filter(record_id=record.pk, person=person).delete()
        if not deleted:
            return False
        Record.objects.filter(pk=record.pk).update(support_count=F("support_count") - 1)
        record_act(actor=actor, verb=verbs.ENDED_SUPPORT, record=record, now=now, content={"person": person.pk})
    return True


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise Refused("needs_code")
    return actor.person
