"""The host answers one contribution or many at once, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds, links, verbs
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_text, publish_record, published_in
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Answer, AnswerDecision, Link, Record, Room
from mitstadt.spine.permits import permit

MOST_CHARACTERS = 5_000


def answer(
    records: Collection[Record],
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
) -> Answer:
    """Answer all these contributions with one reasoned decision; a later answer replaces an earlier one."""
    require(permit(actor, Deed.ANSWER, room, now=now))
    if not records or any(record.room_id != room.pk for record in records):
        raise Refused("nothing_to_answer")
    if not all(kinds.accepts(record.kind, Deed.ANSWER) for record in records):
        raise Refused("kind_takes_no_such_deed")
    body = checked_text(reason, limit=MOST_CHARACTERS) if reason.strip() else ""
    if not body:
        raise Refused("reason_missing")
    keys = [record.pk for record in records]
    with transaction.atomic():
        # Before the act: who supports one of them meanwhile locks the record first and the log after it.
        with recounted(keys):
            Record.objects.filter(pk__in=keys).update(answer_state=decision.value, changed_at=now)
            given = _given(records, room=room, actor=actor, decision=decision, body=body, now=now)
        _join(given, records, now=now)
        tell_followers(records, verbs.answered_as(decision), now=now)
    return given


def _given(
    records: Collection[Record], *, room: Room, actor: Actor, decision: AnswerDecision, body: str, now: datetime
) -> Answer:
    return publish_record(
        Answer(
            body=body,
            decision=decision,
            room=room,
            part_id=_common_part(records),
            organisation=room.host,
            area_id=room.area_id,
            author=actor.person,
            language=room.language,
            state=published_in(room),
        ),
        actor=actor,
        verb=verbs.ANSWERED,
        now=now,
        details={"decision": decision.value, "answers": sorted(record.ref for record in records)},
    )


def _common_part(records: Collection[Record]) -> int | None:
    """The part of all that is answered; an answer across several parts belongs to none."""
    parts = {record.part_id for record in records}
    return parts.pop() if len(parts) == 1 else None


def _join(given: Answer, records: Collection[Record], *, now: datetime) -> None:
    ids = [record.pk for record in records]
    earlier = (
        Link.objects.filter(type=links.ANSWERS, target_id__in=ids)
        .exclude(source_id=given.pk)
        .values_list("source_id", flat=True)
        .distinct()
    )
    replaced = [Link(source_id=given.pk, target_id=old, type=links.REPLACES, created_at=now) for old in sorted(earlier)]
    answered = [Link(source_id=given.pk, target_id=pk, type=links.ANSWERS, created_at=now) for pk in sorted(ids)]
    Link.objects.bulk_create([*replaced, *answered], batch_size=500, ignore_conflicts=True)
