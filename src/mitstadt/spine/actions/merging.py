"""Merge records that say the same, or part them again: no author, support, comment, follower or ref is lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actions.successions import disjoin, join_to
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import MovedOn, Record, Succession
from mitstadt.spine.permits import is_for_the_office, permit_on
from mitstadt.spine.queries.successions import is_answered_from

MOST_AT_ONCE = 50


def merge(sources: Collection[Record], target: Record, *, actor: Actor, reason: str, now: datetime) -> Record:
    """Let these records go on in the target, for a reason that everyone reads.

    Each person counts there once. Comments stay where they are and are read from there. Those who wrote what is merged
    are named by its ref, and asked whether their name may stand there too.
    """
    with transaction.atomic():
        target, *found = lock_all([target, *sources])
        _require_mergeable(found, target, actor=actor, now=now)
        said = checked_reason(reason)
        tell_followers([target], verbs.TOOK_IN_ANOTHER, now=now)
        verb = verbs.MERGED if is_for_the_office(actor, Deed.MERGE, target) else verbs.MERGED_BY_AUTHORS
        added = []
        with recounted([source.pk for source in found]):
            for source in found:
                tell_followers([source], verb, now=now)
                added.append(join_to(source, target, MovedOn.MERGED, now=now))
        for source, count in zip(found, added, strict=True):
            details = {
                "into": target.ref,
                "reason": said,
                "supports_added": count.people,
                "guest_supports_added": count.guests,
            }
            record_act(actor=actor, verb=verb, record=source, now=now, details=details)
    target.refresh_from_db(fields=["support_count", "guest_support_count", "held_support_count", "further_authors"])
    return target


def separate(source: Record, *, actor: Actor, reason: str, now: datetime) -> Record:
    """Part a record from the one it was merged into, while neither has an answer; everyone is where they belong."""
    with transaction.atomic():
        [found] = lock_all([source])
        require(permit_on(actor, Deed.SEPARATE, found, now=now))
        joined = Succession.objects.select_related("source", "target").filter(source_id=found.pk).first()
        if joined is None:
            raise Refused("not_merged")
        if is_answered_from(found):
            raise Refused("merge_answered")
        said = checked_reason(reason)
        verb = verbs.SEPARATED if is_for_the_office(actor, Deed.SEPARATE, found) else verbs.SEPARATED_BY_AUTHORS
        with recounted([found.pk]):
            disjoin(joined, now=now)
        tell_followers([found], verb, now=now)
        details = {"from": joined.target.ref, "reason": said}
        record_act(actor=actor, verb=verb, record=found, now=now, details=details)
    found.refresh_from_db()
    return found


def _require_mergeable(found: list[Record], target: Record, *, actor: Actor, now: datetime) -> None:
    if not 0 < len(found) <= MOST_AT_ONCE:
        raise Refused("nothing_to_merge")
    for record in (target, *found):
        require(permit_on(actor, Deed.MERGE, record, now=now))
    if len({(record.kind, record.room_id, record.part_id) for record in (target, *found)}) > 1:
        raise Refused("merge_other_kind")
