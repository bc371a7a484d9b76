"""Withdraw or erase what one wrote. The log still verifies, since it holds salted hashes only."""

from datetime import datetime

from django.db import transaction

from mitstadt.spine import kinds, verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.records import change_state
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.models import ActContent, Record, RecordState, Translation
from mitstadt.spine.permits import permit_on
from mitstadt.spine.search.indexing import refresh_entry


def withdraw(record: Record, *, actor: Actor, now: datetime) -> None:
    """Take a record back: its words are no longer shown, its ref and support stay, counting stops."""
    require(permit_on(actor, Deed.WITHDRAW, record, now=now))
    with transaction.atomic():
        change_state(record, RecordState.WITHDRAWN, now=now)
        record_act(actor=actor, verb=verbs.WITHDREW, record=record, now=now)


def erase(record: Record, *, actor: Actor, now: datetime) -> None:
    """Erase a record by right: words, author and salted contents go; ref, links and answers stay."""
    require(permit_on(actor, Deed.ERASE, record, now=now))
    with transaction.atomic():
        empty(record, now=now)
        record_act(actor=actor, verb=verbs.ERASED, record=record, now=now)


def empty(record: Record, *, now: datetime) -> None:
    """Remove everything personal from a record, in all tables; also used when a person deletes the account."""
    was_up = record.is_up
    with recounted([record.pk]):
        record.title = record.body = ""
        record.author = record.entered_by = None
        record.state, record.changed_at = RecordState.ERASED, now
        record.save(update_fields=["title", "body", "author", "entered_by", "state", "changed_at"])
        kinds.erase(record)
    kinds.count(record, -int(was_up))
    Translation.objects.filter(record_id=record.pk).delete()
    ActContent.objects.filter(record_id=record.pk).delete()
    refresh_entry(record)
