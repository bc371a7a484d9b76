"""Write something together: invite, say yes, and take one's own name away without taking the words from the others."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mitstadt.ground import codes
from mitstadt.ground.people.models import Person
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.codes import digest_of
from mitstadt.spine.actions.credits import credit, next_position, recount_authors
from mitstadt.spine.actions.erasing import note
from mitstadt.spine.actions.locking import lock, lock_kin
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import ActContent, Authorship, Erased, Follow, Record
from mitstadt.spine.permits import permit_on

MOST_OPEN = 10


def invite(record: Record, *, actor: Actor, now: datetime) -> str:
    """A code to hand over to somebody who wrote it too. We keep its digest only, and ask for no address."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.INVITE, record, now=now))
        if record.authorships.filter(digest__isnull=False).count() >= MOST_OPEN:
            raise Refused("invitation_open_enough")
        secret = codes.new_code(secrets.token_bytes)
        record.authorships.create(position=next_position(record), invited_at=now, digest=digest_of(secret))
        record_act(actor=actor, verb=verbs.INVITED_AUTHOR, record=record, now=now)
    return secret


def revoke_invitations(record: Record, *, actor: Actor, now: datetime) -> int:
    """Let all open invitations lapse; returns how many."""
    with transaction.atomic():
        lock(record)
        require(permit_on(actor, Deed.INVITE, record, now=now))
        revoked, _kinds = record.authorships.filter(digest__isnull=False).delete()
        if revoked:
            record_act(actor=actor, verb=verbs.REVOKED_INVITATION, record=record, now=now)
    return revoked


def invitation(typed: str) -> Authorship:
    """The open invitation with this code."""
    read = codes.parse_code(typed)
    if isinstance(read, str):
        rows = Authorship.objects.select_related("record__room__host", "record__part__room", "record__author")
        for found in rows.filter(digest=digest_of(read)):
            return found
    raise Refused("invitation_unknown")


def join(typed: str, *, actor: Actor, now: datetime, organisation_id: int | None = None) -> Record:
    """Say that one wrote it too; from then on one's name stands there, or that of the organisation one speaks for."""
    with transaction.atomic():
        row = invitation(typed)
        record = row.record
        lock(record)
        row = _still_open(row)
        require(permit_on(actor, Deed.JOIN, record, now=now))
        if is_author(actor, record):
            raise Refused("author_already")
        row.delete()
        _confirm(record, actor, organisation_id=organisation_id, now=now)
    return record


def agree(record: Record, *, actor: Actor, now: datetime, organisation_id: int | None = None) -> None:
    """Say yes to stand under a record into which one's own words were merged; until then one is named by their ref."""
    with transaction.atomic():
        lock(record)
        asked = record.authorships.filter(person=actor.person, confirmed_at=None, origin__isnull=False)
        if actor.person is None or not asked.exists():
            raise Refused("not_asked_to_join")
        require(permit_on(actor, Deed.JOIN, record, now=now))
        _confirm(record, actor, organisation_id=organisation_id, now=now)


def leave(record: Record, *, actor: Actor, now: datetime) -> None:
    """Take one's own name and link away; the words stay with the others. The caller asked for the permit."""
    if actor.person is None:
        raise Refused("not_yours")
    with transaction.atomic():
        step_back(record, actor.person)
        note(Erased.NAME, record.pk, person=actor.person.pk, now=now)
        # What the log promised of the words went with the name: promised anew, they stay held against it.
        record_act(actor=actor, verb=verbs.LEFT_AUTHORS, record=record, now=now, content=content_of(record))


def step_back(record: Record, person: Person) -> None:
    """Remove the link between a person and a record, in all tables; the next author moves up."""
    lock_kin(record)
    for row in record.authorships.filter(person=person):
        _leave_row(row)
    if record.author_id == person.pk:
        _move_up(record)
    ActContent.objects.filter(record_id=record.pk).filter(
        Q(content__author=person.pk) | Q(content__person=person.pk, act__verb=verbs.JOINED_AUTHORS.key)
    ).delete()
    Follow.objects.filter(record_id=record.pk, person=person).delete()
    credit(record)


def step_back_everywhere(person: Person) -> None:
    """Remove the link between a person and everything they wrote."""
    Record.objects.filter(author=person, further_authors=0).update(author=None)
    named = Authorship.objects.filter(person=person).values("record_id")
    shared = Record.objects.filter(further_authors__gt=0).filter(Q(author=person) | Q(pk__in=named))
    for record in shared:
        step_back(record, person)


def _confirm(record: Record, actor: Actor, *, organisation_id: int | None, now: datetime) -> None:
    office = organisation_id if organisation_id in actor.organisation_ids else None
    made, _new = record.authorships.update_or_create(
        person=actor.person,
        defaults={"confirmed_at": now, "organisation_id": office},
        create_defaults={
            "confirmed_at": now,
            "organisation_id": office,
            "invited_at": now,
            "position": next_position(record),
        },
    )
    if record.author_id is None and record.organisation_id is None:
        _move_up(record)
    recount_authors(record)
    if actor.person and actor.person.has_account:
        Follow.objects.get_or_create(record_id=record.pk, person=actor.person, defaults={"created_at": now})
    tell_followers([record], verbs.JOINED_AUTHORS, now=now, except_person=made.person_id)
    record_act(
        actor=actor,
        verb=verbs.JOINED_AUTHORS,
        record=record,
        now=now,
        content={"person": made.person_id, "organisation": office},
    )


def _move_up(record: Record) -> None:
    """The first author is gone: the next one is the first. An organisation's words stay the organisation's."""
    following = None
    if record.organisation_id is None:
        confirmed = record.authorships.filter(confirmed_at__isnull=False, person__isnull=False)
        following = confirmed.order_by("position").first()
    record.author_id = following.person_id if following else None
    record.organisation_id = following.organisation_id if following else record.organisation_id
    record.save(update_fields=["author", "organisation"])
    if following:
        following.delete()


def _leave_row(row: Authorship) -> None:
    if row.organisation_id is None or not row.is_confirmed:
        row.delete()
        return
    row.person = None
    row.save(update_fields=["person"])


def _still_open(row: Authorship) -> Authorship:
    """The invitation as it is now: somebody else may have been faster."""
    found = Authorship.objects.filter(pk=row.pk, digest=row.digest).first()
    if found is None:
        raise Refused("invitation_unknown")
    return found
