"""What people do with their own account: settings, notices they have seen, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.people.emptying import empty_person
from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.authorship import step_back_everywhere
from mitstadt.spine.actions.erasing import note
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors, written_by
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kinds import accepts
from mitstadt.spine.models import (
    AccountErasure,
    Alert,
    AlertOff,
    AnswerMail,
    Assignment,
    Erased,
    Follow,
    ModerationCase,
    Notice,
    ParticipationCode,
    Pause,
    Record,
    RecordState,
    Report,
    RoleInvitation,
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


def choose_language(person: Person, language: str) -> None:
    """Keep the language in which this person, with an account or a printed code, reads pages and mails."""
    person.language = language
    person.save(update_fields=["language"])


def mark_seen(person: Person, *, up_to: datetime, now: datetime) -> int:
    """Note that this person has read their notices up to a moment; returns how many were new."""
    return Notice.objects.filter(person=person, seen_at=None, created_at__lte=up_to).update(seen_at=now)


def clear_reports(person: Person, *, now: datetime) -> int:
    """Empty the words of one's own reports; that something was reported, and what was decided, stays."""
    with transaction.atomic():
        # Also those that a clock ahead of ours wrote down as later.
        emptied = empty_reports(person)
        if emptied:
            note(Erased.REPORTS, person.pk, now=now)
    return emptied


def empty_reports(person: Person, *, until: datetime | None = None) -> int:
    """Empty the words of what this person reported, up to a moment if one is given; how many reports had some."""
    reports = Report.objects.filter(reporter=person).exclude(text="")
    return (reports if until is None else reports.filter(created_at__lte=until)).update(text="")


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
        erased = words_of_theirs_alone(person) if erase_words else []
        end_for_good(person, erased=erased, now=now)
        for record in erased:
            record_act(actor=actor, verb=verbs.ERASED, record=record, now=now)
        record_act(actor=actor, verb=verbs.DELETED_ACCOUNT, record=None, now=now, details={"words_erased": erase_words})


def last_leader_of(person: Person) -> bool:
    """Whether an organisation would be left without anybody who leads it."""
    led = Membership.objects.filter(person=person, role=Role.OWNER).values("organisation")
    others = Membership.objects.filter(organisation=OuterRef("pk"), role=Role.OWNER, paused_at=None).exclude(
        person=person
    )
    return Organisation.objects.filter(~Exists(others), pk__in=led).exists()


def words_of_theirs_alone(person: Person) -> list[Record]:
    """What this person said for themselves and nobody with them; all that they wrote is locked."""
    # Locked before anything is asked: somebody may say this moment that they wrote it too.
    written = lock_all(Record.objects.filter(written_by(person)))
    return [record for record in written if _is_own(record) and not has_other_authors(Actor(person=person), record)]


def end_for_good(person: Person, *, erased: Sequence[Record], now: datetime) -> None:
    """Erase these locked records, take the name from all that stays, and remove what leads to this person."""
    lock_all(Record.objects.filter(written_by(person)))
    with recounted([record.pk for record in erased]):
        for record in erased:
            empty(record, now=now)
        step_back_everywhere(person)
    clear_reports(person, now=now)
    note(Erased.ACCOUNT, person.pk, now=now)
    end_account_of(person)


def end_account_of(person: Person) -> None:
    """Remove what leads to this person from every table; what they said is another matter."""
    for model in (Follow, Notice, Membership, RoomRole, ParticipationCode, Alert, AlertOff, AnswerMail, Assignment):
        model._base_manager.filter(person=person).delete()  # noqa: SLF001  # rows of every state
    Pause.objects.filter(person=person).update(objection="")
    AccountErasure.objects.filter(person=person, decided_at=None).delete()
    ModerationCase.merged_people.through.objects.filter(person=person).delete()
    RoleInvitation.objects.filter(Q(accepted_by=person) | Q(email__iexact=person.email or "-")).delete()
    empty_person(person)
