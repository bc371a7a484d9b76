"""The host answers one contribution or many at once, with a reason, and may change an answer in public."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds, links
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.answer_mails import send_when_answered
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_text, publish_record, published_in
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Answer, AnswerDecision, Link, Record, Room
from mitstadt.spine.permits import Drafted, permit, permit_signing
from mitstadt.spine.queries.answered import latest_answers
from mitstadt.spine.queries.successions import merged_into_these, split_and_all_answered, where_they_went
from mitstadt.spine.verbs import Verb

MOST_CHARACTERS = 5_000


def answer(
    records: Collection[Record],
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
    drafted: Drafted | None = None,
) -> Answer:
    """Answer all these contributions with one reasoned decision; what has an answer already is not passed over.

    Where the host lets two people answer, it was `drafted` by another one than the actor.
    """
    with transaction.atomic():
        found = answerable(records, Deed.ANSWER, room=room, actor=actor, now=now)
        require(permit_signing(actor, found[0].home if found else room, drafted))
        if answered := [record.ref for record in found if record.is_answered]:
            raise Refused("answered_already", refs=", ".join(sorted(answered)))
        return _answered(found, verbs.ANSWERED, room=room, actor=actor, decision=decision, reason=reason, now=now)


def correct_answer(
    records: Collection[Record],
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
    drafted: Drafted | None = None,
) -> Answer:
    """Replace the answer to all these contributions; the earlier one stays on their trails, with the day it ended."""
    with transaction.atomic():
        found = answerable(records, Deed.CORRECT_ANSWER, room=room, actor=actor, now=now)
        require(permit_signing(actor, found[0].home if found else room, drafted))
        if waiting := [record.ref for record in found if not record.is_answered]:
            raise Refused("not_answered_yet", refs=", ".join(sorted(waiting)))
        verb = verbs.CORRECTED_ANSWER
        return _answered(found, verb, room=room, actor=actor, decision=decision, reason=reason, now=now)


def answerable(records: Collection[Record], deed: Deed, *, room: Room, actor: Actor, now: datetime) -> list[Record]:
    """These records, locked; what went on elsewhere together with where it went."""
    if not records or any(record.room_id != room.pk for record in records):
        raise Refused("nothing_to_answer")
    if not all(kinds.accepts(record.kind, Deed.ANSWER) for record in records):
        raise Refused("kind_takes_no_such_deed")
    found = lock_all(records)
    require(permit(actor, deed, room, now=now))
    return _standing_for_themselves(found)


def _answered(
    found: Sequence[Record],
    verb: Verb,
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
) -> Answer:
    body = checked_reason_of_answer(reason)
    if overstated := kinds.overstated(found, decision):
        raise Refused(overstated.reason, refs=", ".join(overstated.refs))
    reached = [*found, *lock_all(merged_into_these([record.pk for record in found]))]
    keys = [record.pk for record in reached]
    before = _before(reached)
    # Before the act: who supports one of them meanwhile locks the record first and the log after it.
    with recounted(keys):
        Record.objects.filter(pk__in=keys).update(answer_state=decision.value, changed_at=now)
        details = {"decision": decision.value, "answers": sorted(record.ref for record in reached), **before}
        given = _given(reached, verb, room=room, actor=actor, decision=decision, body=body, now=now, details=details)
    _join(given, reached, now=now)
    kinds.answered(reached, decision, now)
    tell_followers(reached, verb if before else verbs.answered_as(decision), now=now, said=given)
    send_when_answered(keys)
    _settle_split(given, reached, now=now)
    return given


def checked_reason_of_answer(reason: str) -> str:
    """The reason as it will be public; refused where there is none, or too much of it."""
    body = checked_text(reason, limit=MOST_CHARACTERS) if reason.strip() else ""
    if not body:
        raise Refused("reason_missing")
    return body


def _before(records: Sequence[Record]) -> dict[str, object]:
    """What the answers said that are replaced, for the log."""
    replaced = latest_answers([record.pk for record in records if record.is_answered])
    told = {
        record.ref: {"decision": replaced[record.pk].decision, "answer": replaced[record.pk].ref}
        for record in records
        if record.pk in replaced
    }
    return {"before": told} if told else {}


def _given(
    records: Collection[Record],
    verb: Verb,
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    body: str,
    now: datetime,
    details: dict[str, object],
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
        verb=verb,
        now=now,
        details=details,
    )


def _standing_for_themselves(records: Collection[Record]) -> list[Record]:
    """Those that did not go on. What went on elsewhere is answered there, not by itself: with it, or not at all."""
    chosen = {record.pk: record for record in records}
    for pk, targets in where_they_went(records).items():
        if not all(target.pk in chosen for target in targets):
            refs = ", ".join(target.ref for target in targets)
            raise Refused("answer_where_it_went", ref=chosen[pk].ref, target=refs)
    return [record for record in chosen.values() if not record.moved_on]


def _settle_split(given: Answer, records: Collection[Record], *, now: datetime) -> None:
    """A record that was split is answered when all its pieces are; in part where they were answered differently."""
    for source, states in split_and_all_answered([record.pk for record in records]):
        decision = AnswerDecision(states[0]) if len(set(states)) == 1 else AnswerDecision.PARTLY
        answered = [source, *merged_into_these([source.pk])]
        event = verbs.CORRECTED_ANSWER if source.is_answered else verbs.answered_as(decision)
        _join(given, answered, now=now)
        keys = [record.pk for record in answered]
        with recounted(keys):
            Record.objects.filter(pk__in=keys).update(answer_state=decision.value, changed_at=now)
        tell_followers(answered, event, now=now, said=given)
        send_when_answered(keys)
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
