"""Participation codes: print them, redeem them, and give a guest one on the spot."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from mitstadt.ground import codes
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor, actor_by_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Channel, CodeOrigin, ParticipationCode, Room
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
    secret = [codes.new_code(secrets.token_bytes) for _ in range(count)]
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.ISSUE_CODES, room, now=now))
        ParticipationCode.objects.bulk_create(
            [
                ParticipationCode(room=room, origin=origin, digest=digest_of(code), channel=channel, issued_at=now)
                for code in secret
            ],
            batch_size=1000,
        )
        record_act(actor=actor, verb=verbs.ISSUED_CODES, record=room, now=now, details={"count": count})
        if actor.person is not None:
            note_event(actor.person, EventKind.CODES_ISSUED, now=now)
    return secret


def redeem(text: str, *, now: datetime) -> ParticipationCode:
    """The code a person typed, joined to a person without data; the same code leads to the same person again."""
    read = codes.parse_code(text)
    if not isinstance(read, str):
        raise Refused("code_unknown")
    with transaction.atomic():
        code = ParticipationCode.objects.select_for_update().filter(digest=digest_of(read)).first()
        if code is None:
            raise Refused("code_unknown")
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
