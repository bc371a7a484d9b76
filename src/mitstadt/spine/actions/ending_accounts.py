"""End somebody else's account on their request: one leader of the platform proposes it, a second one confirms it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.accounts import end_for_good, last_leader_of, words_of_theirs_alone
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.erasing_for_others import erase_all, is_proposer, require_untold
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actors import Actor
from mitstadt.spine.blackening import repeats
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import AccountErasure, ErasureRequest
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.permits.roles import permit_second_leader
from mitstadt.spine.queries.successions import same_words_as


def propose_account_end(
    person: Person, *, actor: Actor, with_words: bool, reason: str, now: datetime
) -> AccountErasure:
    """Ask a second leader of the platform to end this account with you, and to erase what they said where they ask it.

    The reason stands in the public log once it is done and must not say whose account it was.
    """
    said = checked_reason(reason)
    if repeats(said, [person.email or ""], names=[person.display_name]):
        raise Refused("reason_repeats_words")
    with transaction.atomic():
        found = _lock(person)
        require(permit_leading(actor, None))
        require_untold(said, words_of_theirs_alone(found) if with_words else [])
        if AccountErasure.objects.filter(person=found, decided_at=None).exists():
            raise Refused("erasure_proposed_already")
        made = AccountErasure.objects.create(
            person=found, with_words=with_words, reason=said, proposed_at=now, proposed_by=actor.person
        )
        record_act(actor=actor, verb=verbs.PROPOSED_ACCOUNT_END, record=None, now=now)
    return made


def decide_account_end(asked: AccountErasure, *, actor: Actor, confirmed: bool, now: datetime) -> AccountErasure:
    """One decision about the whole account: it ends, and each record that goes has its public act; or all of it stays.

    Who proposed it may take it back, and no more.
    """
    with transaction.atomic():
        person = lock_row(asked.person)
        asked = lock_row(asked, reason="erasure_decided")
        if asked.decided_at:
            raise Refused("erasure_decided")
        if confirmed or not is_proposer(actor, asked):
            require(permit_second_leader(actor, asked.proposed_by_id))
        if confirmed:
            _require_endable(person)
        asked.decided_at, asked.decided_by, asked.confirmed = now, actor.person, confirmed
        asked.save(update_fields=["decided_at", "decided_by", "confirmed"])
        if confirmed:
            _end(person, asked, actor=actor, now=now)
        else:
            record_act(actor=actor, verb=verbs.LEFT_ACCOUNT, record=None, now=now)
    return asked


def _end(person: Person, asked: AccountErasure, *, actor: Actor, now: datetime) -> None:
    """Their words first, while it is known whose they are; then the account."""
    alone = words_of_theirs_alone(person) if asked.with_words else []
    rows = lock_all([row for one in alone for row in (one, *same_words_as(one))])
    # What was proposed for single records of theirs is decided with it.
    waiting = ErasureRequest.objects.filter(record__in=[row.pk for row in rows], decided_at=None)
    waiting.update(decided_at=now, confirmed=True)
    gone = erase_all(
        rows,
        actor=actor,
        reason=asked.reason,
        now=now,
        erase=lambda erased: end_for_good(person, erased=erased, now=now),
    )
    details = {"reason": asked.reason, "words_erased": gone, "people": 2}
    record_act(actor=actor, verb=verbs.ENDED_ACCOUNT, record=None, now=now, details=details)


def _lock(person: Person) -> Person:
    found = lock_row(person)
    _require_endable(found)
    return found


def _require_endable(person: Person) -> None:
    if not person.is_active:
        raise Refused("already_erased")
    if last_leader_of(person):
        raise Refused("last_leader")
