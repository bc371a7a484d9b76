"""Withdraw or erase what one wrote. The log still verifies, since it holds salted hashes only."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.spine import kinds, verbs_of_change
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.amendments import reason_given
from mitstadt.spine.actions.attachments import erase_attachments
from mitstadt.spine.actions.authorship import leave
from mitstadt.spine.actions.credits import credit
from mitstadt.spine.actions.erasing import note
from mitstadt.spine.actions.locking import lock_kin
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import change_state, change_states, leave_queue
from mitstadt.spine.actions.sharing import forget_work
from mitstadt.spine.actions.successions import let_go
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.models import (
    ActContent,
    ActInPreparation,
    AnswerMail,
    Appeal,
    Authorship,
    Correction,
    Erased,
    MachineTranslation,
    Place,
    Record,
    RecordState,
    Report,
    Translation,
)
from mitstadt.spine.permits import permit_on, permit_retracting
from mitstadt.spine.queries.successions import pieces_of, wholes_of
from mitstadt.spine.search.indexing import refresh_with_replies


def withdraw(record: Record, *, actor: Actor, now: datetime) -> None:
    """Take a record back: its words are no longer shown, its ref and support stay, counting stops.

    What it was split into says the same words, and goes with it; so does the whole of which it is a piece.
    """
    with transaction.atomic():
        lock_kin(record)
        require(permit_on(actor, Deed.WITHDRAW, record, now=now))
        pieces, wholes = pieces_of(record), _permitted(wholes_of(record), Deed.WITHDRAW, actor=actor, now=now)
        change_states([record, *wholes], RecordState.WITHDRAWN, now=now)
        for piece in pieces:
            if permit_on(actor, Deed.WITHDRAW, piece, now=now):
                withdraw(piece, actor=actor, now=now)
        for one in (record, *wholes):
            record_act(actor=actor, verb=verbs.WITHDREW, record=one, now=now)


def _permitted(records: Iterable[Record], deed: Deed, *, actor: Actor, now: datetime) -> list[Record]:
    return [record for record in records if permit_on(actor, deed, record, now=now)]


def retract(record: Record, *, actor: Actor, reason: str, now: datetime) -> None:
    """Take back what was said for an organisation: by those who lead it, in public and with a reason."""
    with transaction.atomic():
        lock_kin(record)
        require(permit_retracting(actor, record))
        why = reason_given(reason)
        change_state(record, RecordState.WITHDRAWN, now=now)
        record_act(actor=actor, verb=verbs_of_change.RETRACTED, record=record, now=now, details={"reason": why})
        tell_followers([record], verbs_of_change.RETRACTED, now=now)


def erase(record: Record, *, actor: Actor, now: datetime) -> None:
    """Erase a record by right: words, author and salted contents go; ref, links and answers stay.

    Where others wrote it too, the actor's own name and link go, and the words stay with the others. Its pieces say the
    same words, and go with it; so does the whole of which it is a piece.
    """
    with transaction.atomic():
        lock_kin(record)
        require(permit_on(actor, Deed.ERASE, record, now=now))
        wholes = _permitted(wholes_of(record), Deed.ERASE, actor=actor, now=now)
        _erase_with_pieces(record, actor=actor, now=now)
        for whole in wholes:
            if not has_other_authors(actor, whole):
                _erase_words(whole, actor=actor, now=now)


def _erase_with_pieces(record: Record, *, actor: Actor, now: datetime) -> None:
    for piece in _permitted(pieces_of(record), Deed.ERASE, actor=actor, now=now):
        _erase_with_pieces(piece, actor=actor, now=now)
    if has_other_authors(actor, record):
        leave(record, actor=actor, now=now)
    else:
        _erase_words(record, actor=actor, now=now)


def _erase_words(record: Record, *, actor: Actor, now: datetime) -> None:
    with recounted([record.pk]):
        empty(record, now=now)
    record_act(actor=actor, verb=verbs.ERASED, record=record, now=now)


def empty(record: Record, *, now: datetime, known: bool = False) -> None:
    """Remove everything personal from a record, in all tables; also used when a person deletes the account.

    Whoever calls it lets what is counted be `recounted`, for all records of the transaction together. It is noted, to
    be done again after restoring an older backup, unless it is `known`.
    """
    lock_kin(record)
    if not known:
        note(Erased.RECORD, record.pk, now=now)
    was_up, author = record.is_up, record.author_id
    record.title = record.body = record.theme = ""
    record.author = record.entered_by = None
    record.further_authors = 0
    record.state, record.changed_at = RecordState.ERASED, now
    record.save(
        update_fields=["title", "body", "theme", "author", "entered_by", "further_authors", "state", "changed_at"]
    )
    _forget_name(author)
    Authorship.objects.filter(Q(record_id=record.pk) | Q(origin_id=record.pk, confirmed_at=None)).delete()
    AnswerMail.objects.filter(record_id=record.pk).delete()
    Translation.objects.filter(record_id=record.pk).delete()
    MachineTranslation.objects.filter(record_id=record.pk).delete()
    Correction.objects.filter(record_id=record.pk).delete()
    ActContent.objects.filter(record_id=record.pk).delete()
    ActInPreparation.objects.filter(record_id=record.pk).update(content=None)
    appeals = Appeal.objects.filter(case__record_id=record.pk)
    appeals.filter(decided_at=None).delete()
    appeals.update(text="")
    # Whoever reported it may have quoted it.
    Report.objects.filter(case__record_id=record.pk).update(text="")
    erase_attachments(record)
    forget_work(record)
    Place.objects.filter(record_id=record.pk).delete()
    kinds.erase(record)
    kinds.count(record, -int(was_up))
    leave_queue(record)
    refresh_with_replies(record)
    if was_up:
        let_go(record, now=now)
    credit(record)


def _forget_name(author: int | None) -> None:
    """A name that came with a slip goes with the last of its words; nobody could take it back on a page."""
    if author is not None and not Record.objects.filter(author=author).exists():
        Person.objects.filter(pk=author, kind=PersonKind.CODE).update(display_name="")
