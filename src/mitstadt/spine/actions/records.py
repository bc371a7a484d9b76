"""Publish a record: ref, times, author, channel, act and search entry in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from mitstadt.ground.refs import new_ref
from mitstadt.ground.words import clean_words, has_words
from mitstadt.spine import kinds
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.notices import tell_of_new
from mitstadt.spine.actions.successions import let_go
from mitstadt.spine.actions.tallies import count_new, recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import AnswerMail, Counting, Follow, ModerationCase, Record, RecordState, Room
from mitstadt.spine.search.indexing import refresh_entry, refresh_with_replies
from mitstadt.spine.verbs import Verb

AnyRecord = TypeVar("AnyRecord", bound=Record)

MOST_CHARACTERS = 20_000
MOST_IN_A_REASON = 2_000


def free_ref() -> str:
    """A ref that no record has yet."""
    while True:
        ref = new_ref(secrets.token_bytes)
        if not Record.objects.filter(ref=ref).exists():
            return ref


def earlier_submission(kind: type[AnyRecord], key: UUID | None) -> AnyRecord | None:
    """The record that this very form made before, where a browser or a person sent it twice."""
    for made in Record.objects.filter(submission_key=key).values_list("pk", flat=True) if key else ():
        return kind.objects.filter(pk=made).first()
    return None


def submitted_once(kind: type[AnyRecord], key: UUID | None, make: Callable[[], AnyRecord]) -> AnyRecord:
    """What this form makes, in one transaction; sent again, also at the same moment, it is what it made first."""
    try:
        with transaction.atomic():
            return earlier_submission(kind, key) or make()
    except IntegrityError:
        # The one who came at the same moment has the key; whatever else the database refuses is an error.
        if earlier := earlier_submission(kind, key):
            return earlier
        raise


def checked_text(text: str, *, limit: int = MOST_CHARACTERS) -> str:
    """The text clean and without surrounding space; refuses what shows nothing, and too much."""
    text = clean_words(text).strip()
    if not has_words(text):
        raise Refused("text_missing")
    if len(text) > limit:
        raise Refused("text_too_long", length=len(text), limit=limit)
    return text


def checked_reason(reason: str) -> str:
    """The reason, which everyone reads."""
    if not reason.strip():
        raise Refused("reason_missing")
    return checked_text(reason, limit=MOST_IN_A_REASON)


def reason_if_any(reason: str) -> str:
    """The reason, where one was given; nobody has to give it here."""
    return checked_reason(reason) if has_words(reason) else ""


def publish_record(
    record: AnyRecord, *, actor: Actor, verb: Verb, now: datetime, details: Mapping[str, object] | None = None
) -> AnyRecord:
    """Save a new record with everything that every record has; its author hears what becomes of it.

    No savepoint of its own: where it fails, the action around it fails.
    """
    with transaction.atomic(savepoint=False):
        record.kind = record.KIND
        record.variant = kinds.variant_of(record)
        record.title, record.body = clean_words(record.title).strip(), clean_words(record.body).strip()
        record.ref = record.ref or free_ref()
        record.created_at = record.changed_at = now
        record.channel = actor.channel
        own = actor.person is not None and record.author_id == actor.person.pk
        if own and actor.is_held and record.is_up:
            record.state = RecordState.HELD
        record.save(force_insert=True)
        refresh_entry(record)
        kinds.count(record, int(record.is_up))
        if record.state == RecordState.HELD:
            # What waits for a check is in the moderators' queue from the first moment.
            burst = actor.burst_id if actor.counting == Counting.HELD else None
            ModerationCase.objects.create(record_id=record.pk, opened_at=now, burst_id=burst)
        if record.author and record.author.has_account:
            Follow.objects.create(record_id=record.pk, person=record.author, created_at=now)
        if record.is_up:
            tell_of_new(record, now=now)
        # Last: from here to the commit everybody else who says something waits.
        record_act(actor=actor, verb=verb, record=record, now=now, content=content_of(record), details=details)
        count_new(record)
    return record


def change_state(record: Record, state: RecordState, *, now: datetime) -> None:
    """Move a locked record to another state; counters and the search index follow."""
    change_states([record], state, now=now)


def change_states(records: Collection[Record], state: RecordState, *, now: datetime) -> None:
    """Move several locked records at once: from the first that is counted anew to the commit, everybody else waits."""
    with recounted([record.pk for record in records]):
        for record in records:
            _change_state(record, state, now=now)


def _change_state(record: Record, state: RecordState, *, now: datetime) -> None:
    was_up = record.is_up
    record.state, record.changed_at = state, now
    record.save(update_fields=["state", "changed_at"])
    kinds.count(record, int(record.is_up) - int(was_up))
    refresh_with_replies(record)
    if state == RecordState.WITHDRAWN:
        leave_queue(record)
        AnswerMail.objects.filter(record_id=record.pk).delete()
    if was_up and not record.is_up:
        let_go(record, now=now)


def leave_queue(record: Record) -> None:
    """Take what was taken back out of the moderators' queue, where nobody reported it and nobody began to judge."""
    ModerationCase.objects.filter(
        record_id=record.pk, decided_at=None, proposed_verdict="", reports__isnull=True
    ).delete()


def published_in(room: Room, *, checked_first: bool = False) -> RecordState:
    """The state in which something new is published in a room: for everyone, for its offices, or checked first."""
    if checked_first:
        return RecordState.HELD
    return RecordState.INTERNAL if room.is_internal else RecordState.PUBLISHED
