"""Take a turn, or give it back: one human counts once, on whatever channel. The database holds it, not a check."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import SECRET, Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import CodeOrigin, Counting, Record, Standing, Turn
from mitstadt.spine.permits import permit_entering, permit_on, permit_standing
from mitstadt.spine.queries.turns import turn_of

_STANDINGS = {
    CodeOrigin.PRINTED: Standing.PRINTED,
    CodeOrigin.LETTER: Standing.LETTER,
    CodeOrigin.SLIP: Standing.SLIP,
    CodeOrigin.GUEST: Standing.GUEST,
}


def take_turn(
    record: Record, deed: Deed, *, actor: Actor, now: datetime, entered_by: Actor | None = None
) -> tuple[Turn, bool]:
    """The actor's one turn with this record for this deed, and whether it was taken just now.

    Refused where part and kind do not permit the deed, or where the actor's standing is not enough for the part.
    `entered_by` typed it for them. Counts nothing and writes no act: that is the deed's own.
    """
    lock(record)
    require(
        permit_entering(entered_by, deed, record, now=now) if entered_by else permit_on(actor, deed, record, now=now)
    )
    person, standing = person_of(actor), standing_of(actor)
    require(permit_standing(record, standing))
    turn = Turn(
        record_id=record.pk,
        deed=deed.value,
        person=person,
        standing=standing,
        channel=actor.channel,
        counting=actor.counting if standing is Standing.GUEST and deed not in SECRET else Counting.YES,
        entered_by=entered_by.person if entered_by else None,
        day=timezone.localdate(now),
        at=None if deed in SECRET else now,
    )
    try:
        with transaction.atomic():
            turn.save(force_insert=True)
    except IntegrityError:
        # Two at once: one of them has it. Anything else that the database refuses is an error.
        if earlier := turn_of(actor, record, deed):
            return earlier, False
        raise
    return turn, True


def give_back_turn(record: Record, deed: Deed, *, actor: Actor, now: datetime) -> Turn | None:
    """End the actor's turn while the deed is permitted, so that they may take it anew; None where there was none."""
    lock(record)
    require(permit_on(actor, deed, record, now=now))
    found = turn_of(actor, record, deed)
    # As it stands: a moderator may decide this moment whether it counts.
    turn = Turn.objects.select_for_update(of=("self",)).filter(pk=found.pk).first() if found else None
    return turn if turn is not None and end_turn(turn) else None


def end_turn(turn: Turn) -> bool:
    """Delete a turn; False where somebody else was faster, so that nothing is counted back twice."""
    if turn.deed in SECRET:
        raise ValueError("A turn in secret is not given back: what was cast would count twice.")
    deleted, _kinds = Turn.objects.filter(pk=turn.pk).delete()
    return bool(deleted)


def standing_of(actor: Actor) -> Standing:
    """As whom the actor takes part."""
    if person_of(actor).has_account:
        return Standing.ACCOUNT
    if actor.code_origin is None:
        raise Refused("needs_code")
    return _STANDINGS[actor.code_origin]


def person_of(actor: Actor) -> Person:
    """The person who takes part; a guest without a code is none yet."""
    if actor.person is None:
        raise Refused("needs_code")
    return actor.person
