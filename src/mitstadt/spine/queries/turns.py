"""Who had their turn with a record, and how many: people, and guests apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Counting, Record, Standing, Turn


@dataclass(frozen=True)
class Counted:
    """How many people had a turn, each once; and how many guests, of whom nobody knows how many humans they are."""

    people: int
    guests: int
    # Guests who wait for a moderator, since very many came at once: they do not count yet.
    held: int = 0


def turn_of(actor: Actor, record: Record, deed: Deed) -> Turn | None:
    """The actor's turn with the record for the deed; no query for guests without a code."""
    if actor.person is None:
        return None
    return Turn.objects.filter(record_id=record.pk, deed=deed.value, person=actor.person).first()


def supported_among(records: Collection[Record], *, actor: Actor) -> frozenset[int]:
    """The keys of those of the records for which the actor counts: one query, none for guests."""
    if actor.person is None or not records:
        return frozenset()
    keys = [record.pk for record in records]
    mine = Turn.objects.filter(person=actor.person, deed=Deed.SUPPORT.value, record_id__in=keys)
    return frozenset(mine.values_list("record_id", flat=True))


def supported_earlier_words(records: Collection[Record], *, actor: Actor) -> frozenset[int]:
    """The keys of those that the actor supported before their author changed the words; no query where nobody did.

    Of what was supported long ago only the day is kept: on the day of a change nobody knows which came first.
    """
    changed = {record.pk: record.reworded_at for record in records if record.reworded_at}
    if actor.person is None or not changed:
        return frozenset()
    mine = Turn.objects.filter(person=actor.person, deed=Deed.SUPPORT.value, record_id__in=changed)
    return frozenset(
        key
        for key, at, day in mine.values_list("record_id", "at", "day")
        if (at < changed[key] if at else day < timezone.localdate(changed[key]))
    )


def count_turns(record: Record, deed: Deed) -> Counted:
    """How many had their turn with the record for the deed."""
    return _counted(record.pk, deed)


def count_supports(record_id: int) -> Counted:
    """How many support a record, as its counters say it."""
    return _counted(record_id, Deed.SUPPORT)


def _counted(record_id: int, deed: Deed) -> Counted:
    guests = Q(standing=Standing.GUEST)
    found = Turn.objects.filter(record_id=record_id, deed=deed.value).aggregate(
        people=Count("pk", filter=~guests),
        guests=Count("pk", filter=guests & Q(counting=Counting.YES)),
        held=Count("pk", filter=Q(counting=Counting.HELD)),
    )
    return Counted(**found)
