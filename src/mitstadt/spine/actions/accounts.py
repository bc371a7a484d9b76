"""What people do with their own account: settings, notices they have seen, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mitstadt.ground.organisations.models import Membership
from mitstadt.ground.people.emptying import empty_person
from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.authorship import step_back_everywhere
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors, written_by
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kinds import accepts
from mitstadt.spine.models import (
    Follow,
    Notice,
    ParticipationCode,
    Record,
    RecordState,
    RoomRole,
)


@dataclass(frozen=True)
class Settings:
    """What a person may choose about their account; `display_name` was read and found sound."""

    display_name: str
    language: str
    digest_rhythm: DigestRhythm


def change_settings(person: Person, chosen: Settings, *, now: datetime) -> None:
    """Keep the settings. Who had no digest is not sent what piled up meanwhile: it stands on their page."""
    with transaction.atomic():
        if person.digest_rhythm == DigestRhythm.OFF:
            Notice.objects.filter(person=person, sent_at=None).update(sent_at=now)
        if person.display_name != chosen.display_name:
            person.name_clashes_since = None
        person.display_name = chosen.display_name
        person.language = chosen.language
        person.digest_rhythm = chosen.digest_rhythm
        person.save(update_fields=["display_name", "name_clashes_since", "language", "digest_rhythm"])


def mark_seen(person: Person, *, up_to: datetime, now: datetime) -> int:
    """Note that this person has read their notices up to a moment; returns how many were new."""
    return Notice.objects.filter(person=person, seen_at=None, created_at__lte=up_to).update(seen_at=now)


def own_words(person: Person) -> list[Record]:
    """What this person said for themselves, alone or with others; words of an office belong to the office and stay."""
    return [record for record in Record.objects.filter(written_by(person)) if _is_own(record)]


def _is_own(record: Record) -> bool:
    erasable = accepts(record.kind, Deed.ERASE) and record.state != RecordState.ERASED
    return erasable and record.organisation_id is None


def delete_account(actor: Actor, *, erase_words: bool, now: datetime) -> None:
    """End the account of the person who asks: their row is emptied, what they said stays without a name or goes.

    What they wrote with others stays with the others.

    Supports keep counting: they hang on a row in which nothing is left.
    """
    if actor.person is None:
        return
    with transaction.atomic():
        person = lock_row(actor.person)
        if not person.is_active:
            # Clicked twice: it is gone already.
            return
        # Locked before anything is asked: somebody may say this moment that they wrote it too.
        written = lock_all(Record.objects.filter(written_by(person)))
        words = [record for record in written if _is_own(record)] if erase_words else []
        erased = [record for record in words if not has_other_authors(actor, record)]
        with recounted([record.pk for record in erased]):
            for record in erased:
                empty(record, now=now)
            step_back_everywhere(person)
        Follow.objects.filter(person=person).delete()
        Notice.objects.filter(person=person).delete()
        Membership.objects.filter(person=person).delete()
        RoomRole.objects.filter(person=person).delete()
        ParticipationCode.objects.filter(person=person).delete()
        empty_person(person)
        for record in erased:
            record_act(actor=actor, verb=verbs.ERASED, record=record, now=now)
        record_act(actor=actor, verb=verbs.DELETED_ACCOUNT, record=None, now=now, details={"words_erased": erase_words})
