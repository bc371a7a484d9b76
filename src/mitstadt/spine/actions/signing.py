"""Answers by two people: one drafts, another one signs; only what is signed is public, and only that is in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine.actions.answers import answer, answerable, checked_reason_of_answer, correct_answer
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Answer, AnswerDecision, AnswerDraft, DraftedFor, Record, Room
from mitstadt.spine.permits import Drafted, permit, permit_signing


def draft_answer(
    records: Collection[Record],
    *,
    room: Room,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
    corrects: bool = False,
) -> AnswerDraft:
    """Write an answer to all these for a second person to sign; what waited for them before is replaced."""
    with transaction.atomic():
        found = answerable(records, Deed.PREPARE_ANSWERS, room=room, actor=actor, now=now)
        if wrong := sorted(record.ref for record in found if record.is_answered is not corrects):
            raise Refused("not_answered_yet" if corrects else "answered_already", refs=", ".join(wrong))
        body, keys = checked_reason_of_answer(reason), [record.pk for record in found]
        if not keys:
            raise Refused("nothing_to_answer")
        _take_out_of_drafts(keys)
        draft = AnswerDraft.objects.create(
            room=room, decision=decision, reason=body, corrects=corrects, drafted_by=actor.person, drafted_at=now
        )
        DraftedFor.objects.bulk_create([DraftedFor(draft=draft, record_id=key) for key in keys], batch_size=500)
    return draft


def sign_answer(draft: AnswerDraft, *, actor: Actor, now: datetime) -> Answer:
    """Make a draft public as the second person; from here on it is an answer like any other."""
    with transaction.atomic():
        records = lock_all(Record.objects.filter(drafted__draft=draft.pk))
        kept = _waiting(draft)
        drafted = Drafted(kept.drafted_by_id)
        require(permit(actor, Deed.PREPARE_ANSWERS, kept.room, now=now))
        require(permit_signing(actor, kept.room, drafted))
        if actor.person is None or actor.person.pk == kept.drafted_by_id:
            # Also where one would be enough by now: a signature is of somebody else.
            raise Refused("second_person_signs")
        given = (correct_answer if kept.corrects else answer)(
            records,
            room=kept.room,
            actor=actor,
            decision=AnswerDecision(kept.decision),
            reason=kept.reason,
            now=now,
            drafted=drafted,
        )
        kept.reason, kept.signed_by, kept.signed_at, kept.answer = "", actor.person, now, given
        kept.save(update_fields=["reason", "signed_by", "signed_at", "answer"])
        DraftedFor.objects.filter(draft=kept.pk).delete()
    return given


def drop_draft(draft: AnswerDraft, *, actor: Actor, now: datetime) -> None:
    """Put a draft aside; what it would have answered waits as before."""
    with transaction.atomic():
        kept = _waiting(draft)
        require(permit(actor, Deed.PREPARE_ANSWERS, kept.room, now=now))
        kept.delete()


def _waiting(draft: AnswerDraft) -> AnswerDraft:
    kept = lock_row(draft, reason="draft_gone")
    if kept.signed_at is not None:
        raise Refused("draft_gone")
    return kept


def _take_out_of_drafts(keys: Collection[int]) -> None:
    """What these records wait with is let go; a draft that answers nothing any more goes."""
    rows = DraftedFor.objects.filter(record__in=keys)
    drafts = list(rows.values_list("draft", flat=True).distinct())
    rows.delete()
    AnswerDraft.objects.filter(pk__in=drafts, drafted_for=None, signed_at=None).delete()
