"""Participation codes: print them, redeem them, and give a guest one on the spot."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from mitstadt.ground import codes
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.spine import office_verbs
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actors import Actor, actor_by_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Channel, CodeBatch, CodeOrigin, ParticipationCode, Room
from mitstadt.spine.permits import permit

MOST_CODES_AT_ONCE = 10_000


def issue_codes(
    room: Room,
    *,
    actor: Actor,
    count: int,
    channel: Channel,
    now: datetime,
    origin: CodeOrigin = CodeOrigin.PRINTED,
) -> list[str]:
    """New secret codes to print; we keep only their digests, so this is the one time they can be read."""
    count = max(0, min(count, MOST_CODES_AT_ONCE))
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ISSUE_CODES, room, now=now))
        return _issue(room, actor=actor, count=count, channel=channel, origin=origin, now=now)


def _issue(room: Room, *, actor: Actor, count: int, channel: str, origin: CodeOrigin, now: datetime) -> list[str]:
    """A batch of codes with the next number of the room."""
    last = CodeBatch.objects.filter(room=room).aggregate(last=Max("number"))["last"] or 0
    batch = CodeBatch.objects.create(
        room=room, number=last + 1, channel=channel, count=count, issued_at=now, issued_by=actor.person
    )
    secret = [codes.new_code(secrets.token_bytes) for _ in range(count)]
    ParticipationCode.objects.bulk_create(
        [
            ParticipationCode(
                room=room, origin=origin, digest=digest_of(code), channel=channel, issued_at=now, batch=batch
            )
            for code in secret
        ],
        batch_size=1000,
    )
    details = {"count": count, "batch": batch.number}
    record_act(actor=actor, verb=verbs.ISSUED_CODES, record=room, now=now, details=details)
    if actor.person is not None:
        note_event(actor.person, EventKind.CODES_ISSUED, now=now)
    return secret


def revoke_batch(
    batch: CodeBatch, *, actor: Actor, reason: str, now: datetime, print_anew: bool = False
) -> tuple[int, list[str]]:
    """Make the codes of a batch invalid that nobody has used yet; with `print_anew`, as many new ones in their place.

    Codes that are in use stay: each is a person by now, and is revoked one by one. Returns how many, and the new codes.
    """
    room = batch.room
    with transaction.atomic():
        kept = lock_row(batch)
        unused = _locked_codes().filter(batch=kept, person=None, revoked_at=None).order_by("pk")
        keys = list(unused.values_list("pk", flat=True))
        lock(room)
        require(permit(actor, Deed.ISSUE_CODES, room, now=now))
        said = checked_reason(reason)
        if kept.revoked_at:
            raise Refused("codes_revoked_already")
        origin = CodeOrigin(kept.codes.values_list("origin", flat=True).first() or CodeOrigin.PRINTED)
        count = ParticipationCode.objects.filter(pk__in=keys).update(revoked_at=now)
        kept.revoked_at, kept.revoke_reason = now, said
        kept.save(update_fields=["revoked_at", "revoke_reason"])
        details = {"count": count, "batch": kept.number, "reason": said}
        record_act(actor=actor, verb=office_verbs.REVOKED_CODES, record=room, now=now, details=details)
        anew = (
            _issue(room, actor=actor, count=count, channel=kept.channel, origin=origin, now=now)
            if print_anew and count
            else []
        )
    return count, anew


def revoke_code(room: Room, typed: str, *, actor: Actor, reason: str, now: datetime) -> None:
    """Make one code invalid, used or not; what was said with it stays, and whoever is signed in by it is signed out."""
    read = codes.parse_code(typed)
    digest = digest_of(read) if isinstance(read, str) else None
    with transaction.atomic():
        # Whoever ends their own account locks themselves, too, before their code.
        for known in Person.objects.filter(participation_code__digest=digest, participation_code__room=room):
            lock_row(known)
        code = _locked_codes().filter(digest=digest, room=room).first()
        lock(room)
        require(permit(actor, Deed.ISSUE_CODES, room, now=now))
        said = checked_reason(reason)
        if code is None:
            raise Refused("code_not_of_here")
        if code.revoked_at:
            raise Refused("codes_revoked_already")
        code.revoked_at = now
        code.save(update_fields=["revoked_at"])
        if code.person is not None:
            code.person.set_unusable_password()
            code.person.save(update_fields=["password"])
        details = {"count": 1, "reason": said}
        record_act(actor=actor, verb=office_verbs.REVOKED_CODES, record=room, now=now, details=details)


def _locked_codes() -> QuerySet[ParticipationCode]:
    """Codes are locked before their room: a guest locks theirs first of all."""
    return ParticipationCode.objects.select_for_update(of=("self",), no_key=True)


def redeem(text: str, *, now: datetime) -> ParticipationCode:
    """The code a person typed, joined to a person without data; the same code leads to the same person again."""
    read = codes.parse_code(text)
    if not isinstance(read, str):
        raise Refused("code_unknown")
    with transaction.atomic():
        code = _locked_codes().filter(digest=digest_of(read)).first()
        if code is None:
            raise Refused("code_unknown")
        if code.revoked_at:
            raise Refused("code_revoked")
        if code.person is None:
            code.person = Person.objects.create_without_data()
            code.first_used_at = now
            code.save(update_fields=["person", "first_used_at"])
    return code


def participant(actor: Actor, room: Room, *, now: datetime) -> tuple[Actor, str]:
    """Who takes part here: the actor, or for a guest a new person with the code to write down (else "")."""
    if actor.person is not None:
        return actor, ""
    secret = codes.new_code(secrets.token_bytes)
    with transaction.atomic():
        code = ParticipationCode.objects.create(
            room=room,
            origin=CodeOrigin.GUEST,
            digest=digest_of(secret),
            person=Person.objects.create_without_data(),
            channel=actor.channel,
            issued_at=now,
            first_used_at=now,
        )
    return actor_by_code(code, code.person, actor.channel), secret


def digest_of(code: str) -> str:
    """What the database keeps of a code."""
    return codes.digest(code, pepper=settings.CODE_PEPPER)
