"""Who may say yes or no to what somebody else proposed to change in public."""

from __future__ import annotations

from datetime import datetime

from mitstadt.spine.actors import Actor
from mitstadt.spine.amending import HAND_OVER, WAYS
from mitstadt.spine.models import Amendment, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.permits.answer import GRANTED, Permit
from mitstadt.spine.permits.roles import permit_leading


def permit_confirming(actor: Actor, amendment: Amendment, room: Room, *, now: datetime) -> Permit:
    """A second person with the role; for a hand-over, whoever leads the organisation that is to take it on."""
    if not amendment.is_waiting:
        return Permit(False, "amendment_settled")
    way = WAYS[amendment.what]
    # That the room still stands where this can be done is asked of everyone alike.
    if way is HAND_OVER:
        granted = permit_leading(actor, int(amendment.after["host_id"]))
    else:
        granted = permit(actor, way.deed, room, now=now)
    if not granted:
        return granted
    if actor.person is None or actor.person.pk == amendment.proposed_by_id:
        return Permit(False, "proposed_yourself")
    return GRANTED


def permit_declining(actor: Actor, amendment: Amendment, room: Room, *, now: datetime) -> Permit:
    """Whoever may propose it or confirm it may also say no; who proposed it takes it back, with a role or without."""
    if not amendment.is_waiting:
        return Permit(False, "amendment_settled")
    if actor.person is not None and actor.person.pk == amendment.proposed_by_id:
        return GRANTED
    granted = permit(actor, WAYS[amendment.what].deed, room, now=now)
    return granted or permit_confirming(actor, amendment, room, now=now)
