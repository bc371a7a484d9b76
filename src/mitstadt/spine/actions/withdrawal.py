"""Withdraw or erase what one wrote. The log still verifies, since it holds salted hashes only."""

from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds, verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.attachments import erase_attachments
from mitstadt.spine.actions.records import change_state, leave_queue, lock
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.models import ActContent, Appeal, Place, Record, RecordState, Translation
from mitstadt.spine.permits import permit_on
from mitstadt.spine.search.indexing import refresh_entry


def withdraw(record: Record, *, actor: Actor, now: datetime) -> None:
    """Take a record back: its words are no longer shown, its ref and support stay, counting stops."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.WITHDRAW, record, now=now))
        change_state(record, RecordState.WITHDRAWN, now=now)
        record_act(actor=actor, verb=verbs.WITHDREW, record=record, now=now)


def erase(record: Record, *, actor: Actor, now: datetime) -> None:
    """Erase a record by right: words, author and salted contents go; ref, links and answers stay."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.ERASE, record, now=now))
        with recounted([record.pk]):
            empty(record, now=now)
        record_act(actor=actor, verb=verbs.ERASED, record=record, now=now)


def empty(record: Record, *, now: datetime) -> None:
    """Remove everything personal from a record, in all tables; also used when a person deletes the account.

    Whoever calls it lets what is counted be `recounted`, for all records of the transaction together.
    """
    lock(record)
    was_up = record.is_up
    record.title = record.body = record.theme = ""
    record.author = record.entered_by = None
    record.state, record.changed_at = RecordState.ERASED, now
    record.save(update_fields=["title", "body", "theme", "author", "entered_by", "state", "changed_at"])
    Translation.objects.filter(record_id=record.pk).delete()
    ActContent.objects.filter(record_id=record.pk).delete()
    appeals = Appeal.objects.filter(case__record_id=record.pk)
    appeals.filter(decided_at=None).delete()
    appeals.update(text="")
    erase_attachments(record)
    Place.objects.filter(record_id=record.pk).delete()
    kinds.erase(record)
    kinds.count(record, -int(was_up))
    leave_queue(record)
    refresh_entry(record)
