"""Support a record, or take the support back: a turn that counts on the record, for people and for guests apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.turns import give_back_turn, take_turn
from mitstadt.spine.actors import Actor
from mitstadt.spine.counts import stepped
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import UP, Follow, MovedOn, Record, Turn


def support(record: Record, *, actor: Actor, now: datetime, entered_by: Actor | None = None) -> bool:
    """Count this person for the record; False when they counted already. `entered_by` typed it for them."""
    with transaction.atomic():
        turn, new = take_turn(record, Deed.SUPPORT, actor=actor, now=now, entered_by=entered_by)
        if not new:
            return False
        count_support(turn, 1)
        if turn.person.has_account:
            Follow.objects.bulk_create(
                [Follow(record_id=record.pk, person=turn.person, created_at=now)], ignore_conflicts=True
            )
        record_act(actor=actor, verb=verbs.SUPPORTED, record=record, now=now, content={"person": turn.person_id})
    return True


def end_support(record: Record, *, actor: Actor, now: datetime) -> bool:
    """Take the support back while the phase is open; False when there was none."""
    with transaction.atomic():
        turn = give_back_turn(record, Deed.SUPPORT, actor=actor, now=now)
        if turn is None:
            return False
        count_support(turn, -1)
        record_act(actor=actor, verb=verbs.ENDED_SUPPORT, record=record, now=now, content={"person": turn.person_id})
    return True


def count_support(turn: Turn, difference: int) -> None:
    """Let the record's counter follow: that of people, that of guests, or that of guests who wait for a moderator."""
    changed = {turn.counter: stepped(turn.counter, difference)} if turn.counter else {"changed_at": F("changed_at")}
    standing = Record.objects.filter(pk=turn.record_id)
    if difference > 0:
        # Where it is read and stands for itself: a merge at the same moment carries the support, or it is refused.
        standing = standing.filter(moved_on=MovedOn.NO, state__in=UP)
    if not standing.update(**changed):
        is_up = Record.objects.filter(pk=turn.record_id, state__in=UP).exists()
        raise Refused("went_on_in_another" if is_up else "record_not_public")
