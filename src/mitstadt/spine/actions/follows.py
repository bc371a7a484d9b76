"""Follow what can be followed, or stop following it."""

from datetime import datetime

from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.spine import following
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.following import Target
from mitstadt.spine.models import Follow, Record
from mitstadt.spine.permits import permit_following, permit_on

# Each search is looked up again and again for everyone who follows it.
MOST_SEARCHES = 20


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


def follow_target(target: Target, *, actor: Actor, now: datetime) -> None:
    """Tell this person what happens there; twice is once."""
    if target.record is not None:
        follow(target.record, actor=actor, now=now)
        return
    require(permit_following(actor))
    if actor.person is None:
        raise Refused("needs_account")
    with transaction.atomic():
        person = lock_row(actor.person)
        if "search" in target.column and _has_enough_searches(person, str(target.value)):
            raise Refused("too_many_searches", most=MOST_SEARCHES)
        looked_at = now if "search" in target.column else None
        Follow.objects.get_or_create(
            **target.column, person=person, defaults={"created_at": now, "looked_at": looked_at}
        )


def unfollow_target(key: str, words: str, *, actor: Actor) -> bool:
    """Tell them no longer, also where they may not see it any more; whether they followed it."""
    kind = following.kind_of(key)
    if kind is None or actor.person is None or not words:
        return False
    ended, _rows = Follow.objects.filter(person=actor.person, **{kind.ended_by: words}).delete()
    return bool(ended)


def _has_enough_searches(person: Person, wanted: str) -> bool:
    others = Follow.objects.filter(person=person).exclude(search="").exclude(search=wanted)
    return others.count() >= MOST_SEARCHES
