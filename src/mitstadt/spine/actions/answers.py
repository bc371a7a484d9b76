"""The host answers one contribution or many at once, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds, links, verbs
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_text, publish_record, published_in
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Answer, AnswerDecision, Link, Record, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.successions import merged_into_these, split_and_all_answered, where_they_went

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
    if not records or any(record.room_id != room.pk for record in records):
        raise Refused("nothing_to_answer")
    if not all(kinds.accepts(record.kind, Deed.ANSWER) for record in records):
        raise Refused("kind_takes_no_such_deed")
    body = checked_text(reason, limit=MOST_CHARACTERS) if reason.strip() else ""
    if not body:
        raise Refused("reason_missing")
    with transaction.atomic():
        found = lock_all(records)
        require(permit(actor, Deed.ANSWER, room, now=now))
        records = where_the_answer_goes(found)
        # Before the act: who supports one of them meanwhile locks the record first and the log after it.
        keys = [record.pk for record in records]
        with recounted(keys):
            Record.objects.filter(pk__in=keys).update(answer_state=decision.value, changed_at=now)
            given = _given(records, room=room, actor=actor, decision=decision, body=body, now=now)
        _join(given, records, now=now)
        tell_followers(records, verbs.answered_as(decision), now=now)
        _settle_split(given, records, now=now)
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


def where_the_answer_goes(records: Collection[Record]) -> list[Record]:
    """These records and all that was merged into them. What went on elsewhere is answered there, not by itself."""
    chosen = {record.pk: record for record in records}
    for pk, targets in where_they_went(records).items():
        if not all(target.pk in chosen for target in targets):
            refs = ", ".join(target.ref for target in targets)
            raise Refused("answer_where_it_went", ref=chosen[pk].ref, target=refs)
    direct = {pk: record for pk, record in chosen.items() if not record.moved_on}
    return [*direct.values(), *merged_into_these(list(direct))]


def _settle_split(given: Answer, records: Collection[Record], *, now: datetime) -> None:
    """A record that was split is answered when all its pieces are; in part where they were answered differently."""
    for source, states in split_and_all_answered([record.pk for record in records]):
        decision = AnswerDecision(states[0]) if len(set(states)) == 1 else AnswerDecision.PARTLY
        answered = [source, *merged_into_these([source.pk])]
        _join(given, answered, now=now)
        keys = [record.pk for record in answered]
        with recounted(keys):
            Record.objects.filter(pk__in=keys).update(answer_state=decision.value, changed_at=now)
        tell_followers(answered, verbs.answered_as(decision), now=now)
        _settle_split(given, answered, now=now)


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
