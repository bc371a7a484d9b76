"""Join a record to where it goes on, and take both apart again: nobody and nothing is lost on either way."""

from __future__ import annotations

from datetime import datetime

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.carrying import carry, take_apart
from mitstadt.spine.actions.credits import credit
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.links import MERGED_INTO, SPLIT_INTO
from mitstadt.spine.models import Link, MovedOn, Record, Succession
from mitstadt.spine.queries.successions import is_answered_from
from mitstadt.spine.queries.turns import Counted

_ARROWS = {MovedOn.MERGED: MERGED_INTO, MovedOn.SPLIT: SPLIT_INTO}


def join_to(source: Record, target: Record, way: MovedOn, *, now: datetime) -> Counted:
    """Let the source go on in the target; returns how many supporters came on top there."""
    joined = Succession.objects.create(source_id=source.pk, target_id=target.pk, way=way.value, at=now)
    Link.objects.create(source_id=source.pk, target_id=target.pk, type=_ARROWS[way], created_at=now)
    added = carry(joined, now=now)
    _move_on(source, way, now=now)
    credit(target)
    return added


def disjoin(joined: Succession, *, now: datetime) -> None:
    """Undo a merge: both stand for themselves again, with everyone who is theirs."""
    take_apart(joined)
    Link.objects.filter(source_id=joined.source_id, target_id=joined.target_id, type=MERGED_INTO).delete()
    source, target = joined.source, joined.target
    joined.delete()
    _move_on(source, MovedOn.NO, now=now)
    credit(target)


def let_go(record: Record, *, now: datetime) -> None:
    """A record is no longer to be read: whatever was merged with it stands for itself again, if nothing was answered.

    Otherwise the words of others would wait for their answer where nobody can read them.
    """
    merged = Succession.objects.filter(way=MovedOn.MERGED).select_related("source", "target")
    for joined in [*merged.filter(source_id=record.pk), *merged.filter(target_id=record.pk)]:
        if is_answered_from(joined.source):
            continue
        disjoin(joined, now=now)
        record_act(actor=None, verb=verbs.SEPARATED, record=joined.source, now=now, details={"from": joined.target.ref})
        tell_followers([joined.source], verbs.SEPARATED, now=now)
    record.refresh_from_db(
        fields=["moved_on", "support_count", "guest_support_count", "held_support_count", "further_authors"]
    )


def _move_on(record: Record, way: MovedOn, *, now: datetime) -> None:
    record.moved_on, record.changed_at = way.value, now
    record.save(update_fields=["moved_on", "changed_at"])
