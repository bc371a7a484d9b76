"""Erase what somebody else wrote, on request or by law: one person with the task proposes, a second one confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import names_of_authors
from mitstadt.spine.blackening import repeats
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import AccountErasure, ErasureRequest, Record, RecordState
from mitstadt.spine.permits import permit_on, permit_second
from mitstadt.spine.queries.kept_words import said_in
from mitstadt.spine.queries.successions import same_words_as


def propose_erasure(record: Record, *, actor: Actor, reason: str, now: datetime) -> ErasureRequest:
    """Ask a second person to erase this record with you; the reason is read by everyone once it is done."""
    said = checked_reason(reason)
    try:
        with transaction.atomic():
            [row] = lock_all([record])
            require(permit_on(actor, Deed.ERASE_FOR_OTHERS, row, now=now))
            require_untold(said, [row])
            if _waits(row):
                raise Refused("erasure_proposed_already")
            made = ErasureRequest.objects.create(
                record_id=row.pk, reason=said, proposed_at=now, proposed_by=actor.person
            )
            record_act(actor=actor, verb=verbs.PROPOSED_ERASURE, record=row, now=now)
    except IntegrityError as error:
        raise Refused("erasure_proposed_already") from error
    return made


def require_untold(reason: str, records: Iterable[Record]) -> None:
    """Refuse a reason that repeats what goes, or says who wrote it."""
    for record in records:
        if repeats(reason, [cell.text for cell in said_in(record)], names=names_of_authors(record)):
            raise Refused("reason_repeats_words")


def _waits(record: Record) -> bool:
    return ErasureRequest.objects.filter(record_id=record.pk, decided_at=None).exists()


def decide_erasure(asked: ErasureRequest, *, actor: Actor, confirmed: bool, now: datetime) -> ErasureRequest:
    """The second person: all that the record said goes, also where it is split from or into, or it stays as it is.

    Who proposed it may take it back, and no more.
    """
    with transaction.atomic():
        rows = lock_all([asked.record, *same_words_as(asked.record)])
        asked = lock_row(asked)
        if asked.decided_at:
            raise Refused("erasure_decided")
        takes_back = not confirmed and is_proposer(actor, asked)
        if not takes_back:
            require(permit_second(actor, asked.proposed_by_id, rows[0], now=now))
        asked.decided_at, asked.decided_by, asked.confirmed = now, actor.person, confirmed
        asked.save(update_fields=["decided_at", "decided_by", "confirmed"])
        if confirmed:
            erase_all(rows, actor=actor, reason=asked.reason, now=now)
        else:
            verb = verbs.TOOK_BACK_ERASURE if takes_back else verbs.DECLINED_ERASURE
            record_act(actor=actor, verb=verb, record=rows[0], now=now)
    return asked


def is_proposer(actor: Actor, asked: ErasureRequest | AccountErasure) -> bool:
    """Whether this very person proposed it."""
    return actor.person is not None and actor.person.pk == asked.proposed_by_id


def erase_all(
    rows: Sequence[Record],
    *,
    actor: Actor,
    reason: str,
    now: datetime,
    erase: Callable[[Sequence[Record]], None] | None = None,
) -> int:
    """Erase these locked records, each with its public act; how many there were to erase.

    ``erase`` does it together with more, where an account ends with its words.
    """
    gone = [row for row in rows if row.state != RecordState.ERASED]
    for row in gone:
        tell_followers([row], verbs.ERASED_FOR_OTHERS, now=now)
    if erase is not None:
        erase(gone)
    else:
        with recounted([row.pk for row in gone]):
            for row in gone:
                empty(row, now=now)
    for row in gone:
        record_act(actor=actor, verb=verbs.ERASED_FOR_OTHERS, record=row, now=now, details={"reason": reason})
    return len(gone)
