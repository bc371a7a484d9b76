"""Share the work on answers: who cares for what, notes for each other, and text blocks. Nothing of it is public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine.actions.locking import lock, lock_all, lock_row
from mitstadt.spine.actions.records import checked_text
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import AnswerDraft, Assignment, DraftedFor, Record, Room, TextBlock, WorkNote
from mitstadt.spine.permits import permit, permit_text_blocks, room_of
from mitstadt.spine.queries.tasks_of_people import people_with

MOST_IN_A_NOTE = 2_000
MOST_IN_A_BLOCK = 5_000
MOST_IN_A_TITLE = 80
MOST_BLOCKS = 200


def assign(records: Collection[Record], *, room: Room, actor: Actor, to: int | None, now: datetime) -> None:
    """Let a colleague who answers here care for all these; with nobody, they are free again."""
    if not records or any(record.room_id != room.pk for record in records):
        raise Refused("nothing_to_answer")
    with transaction.atomic():
        keys = [record.pk for record in lock_all(records)]
        require(permit(actor, Deed.PREPARE_ANSWERS, room, now=now))
        if to is not None and not people_with(room, Deed.PREPARE_ANSWERS).filter(pk=to).exists():
            raise Refused("does_not_answer_here")
        Assignment.objects.filter(record__in=keys).delete()
        if to is not None:
            Assignment.objects.bulk_create(
                [Assignment(record_id=key, person_id=to, by=actor.person, at=now) for key in keys], batch_size=500
            )


def add_note(record: Record, *, actor: Actor, text: str, now: datetime) -> WorkNote:
    """Leave a note for colleagues at a contribution; the same one, sent twice, is kept once."""
    with transaction.atomic():
        lock(record)
        _require_work(record, actor=actor, now=now)
        said = checked_text(text, limit=MOST_IN_A_NOTE) if text.strip() else ""
        if not said:
            raise Refused("note_missing")
        latest = WorkNote.objects.filter(record=record.pk).order_by("-at", "-pk").first()
        if latest is not None and latest.text == said and actor.person and latest.author_id == actor.person.pk:
            return latest
        return WorkNote.objects.create(record_id=record.pk, author=actor.person, text=said, at=now)


def drop_note(note: WorkNote, *, actor: Actor, now: datetime) -> None:
    """Delete a note of one's own."""
    with transaction.atomic():
        kept = lock_row(note, reason="note_gone")
        _require_work(kept.record, actor=actor, now=now)
        if actor.person is None or kept.author_id != actor.person.pk:
            raise Refused("note_of_another")
        kept.delete()


def _require_work(record: Record, *, actor: Actor, now: datetime) -> None:
    room = room_of(record)
    if room is None:
        raise Refused("not_in_a_room")
    require(permit(actor, Deed.PREPARE_ANSWERS, room, now=now))


def forget_work(record: Record) -> None:
    """What colleagues kept beside a contribution that is erased goes with it; part of that erasure."""
    WorkNote.objects.filter(record=record.pk).delete()
    Assignment.objects.filter(record=record.pk).delete()
    drafts = list(DraftedFor.objects.filter(record=record.pk).values_list("draft", flat=True))
    DraftedFor.objects.filter(record=record.pk).delete()
    AnswerDraft.objects.filter(pk__in=drafts, drafted_for=None, signed_at=None).delete()


def keep_text_block(
    organisation: Organisation, *, actor: Actor, title: str, text: str, now: datetime, instead: TextBlock | None = None
) -> TextBlock:
    """Keep a text block, a new one or `instead` of one that is there."""
    with transaction.atomic():
        house = lock_row(organisation)
        require(permit_text_blocks(actor, house.pk))
        if instead is not None and instead.organisation_id != house.pk:
            raise Refused("block_gone")
        block = lock_row(instead, reason="block_gone") if instead else TextBlock(organisation=house)
        if instead is None and TextBlock.objects.filter(organisation=house).count() >= MOST_BLOCKS:
            raise Refused("blocks_enough")
        block.title = checked_text(title, limit=MOST_IN_A_TITLE) if title.strip() else ""
        block.text = checked_text(text, limit=MOST_IN_A_BLOCK) if text.strip() else ""
        if not (block.title and block.text):
            raise Refused("block_incomplete")
        block.changed_at = now
        try:
            with transaction.atomic():
                block.save()
        except IntegrityError as error:
            raise Refused("block_title_taken") from error
    return block


def drop_text_block(block: TextBlock, *, actor: Actor) -> None:
    """Delete a text block; answers that were written with it stay as they are."""
    with transaction.atomic():
        kept = lock_row(block, reason="block_gone")
        require(permit_text_blocks(actor, kept.organisation_id))
        kept.delete()
