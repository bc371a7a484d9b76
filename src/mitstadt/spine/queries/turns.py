"""Who had their turn with a record, and how many: people, and guests apart."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Record, Standing, Turn


@dataclass(frozen=True)
class Counted:
    """How many people had a turn, each once; and how many guests, of whom nobody knows how many humans they are."""

    people: int
    guests: int


def turn_of(actor: Actor, record: Record, deed: Deed) -> Turn | None:
    """The actor's turn with the record for the deed; no query for guests without a code."""
    if actor.person is None:
        return None
    return Turn.objects.filter(record_id=record.pk, deed=deed.value, person=actor.person).first()


def had_turn(actor: Actor, record: Record, deed: Deed) -> bool:
    """Whether the actor counts here already."""
    return turn_of(actor, record, deed) is not None


def count_turns(record: Record, deed: Deed) -> Counted:
    """How many had their turn with the record for the deed."""
    guests = Q(standing=Standing.GUEST)
    found = Turn.objects.filter(record_id=record.pk, deed=deed.value).aggregate(
        people=Count("pk", filter=~guests), guests=Count("pk", filter=guests)
    )
    return Counted(**found)
