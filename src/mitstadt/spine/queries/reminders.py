"""How often a host was reminded of an overdue answer, people and guests apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import CodeOrigin, Counting, Reminder, Room

_GUEST = Q(person__participation_code__origin=CodeOrigin.GUEST)
# Guests that came by the hundred from one connection count once a moderator says so.
_COUNTS = ~_GUEST | Q(person__participation_code__counting=Counting.YES)


@dataclass(frozen=True)
class Reminded:
    """How many reminders there were, and whether this person gave one this week."""

    people: int
    guests: int
    by_you: bool


def monday_of(now: datetime) -> date:
    """The first day of the week, where the city is."""
    today = timezone.localdate(now)
    return today - timedelta(days=today.weekday())


def reminded(room: Room, *, actor: Actor, now: datetime) -> Reminded:
    """The count of a room, for one reader; two queries, one for guests."""
    given = Reminder.objects.filter(_COUNTS, room=room.pk)
    counts = given.aggregate(people=Count("pk", filter=~_GUEST), guests=Count("pk", filter=_GUEST))
    by_you = actor.person is not None and (
        Reminder.objects.filter(room=room.pk, person=actor.person.pk, week=monday_of(now)).exists()
    )
    return Reminded(counts["people"], counts["guests"], by_you)
