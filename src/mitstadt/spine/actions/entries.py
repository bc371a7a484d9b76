"""What a clerk enters for somebody else: the person behind a slip, and the hour in which a slip can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.ground.people.names import read_name
from mitstadt.ground.words import clean_words
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.codes import redeem
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.records import change_states
from mitstadt.spine.actions.supports import count_support
from mitstadt.spine.actions.turns import end_turn
from mitstadt.spine.actors import Actor, actor_by_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import UP, Channel, CodeOrigin, ParticipationCode, Record, RecordState, Room, Turn
from mitstadt.spine.permits import permit_entry
from mitstadt.spine.queries.taken_names import taken_names

UNDO_WITHIN = timedelta(hours=1)


def person_of_slip(room: Room, *, code: str, key: UUID, channel: Channel, now: datetime) -> Actor:
    """Who speaks through a slip: the person of its code, or without one a new person, made once for each slip."""
    if code.strip():
        redeemed = redeem(code, now=now)
        if redeemed.room_id != room.pk:
            raise Refused("slip_of_other_room")
        return actor_by_code(redeemed, redeemed.person, channel)
    # Not the digest of any code: nobody can redeem it. It holds the slip's person, however often the form is sent.
    mark = f"slip-{key.hex}"
    with transaction.atomic():
        slip, new = ParticipationCode.objects.select_for_update().get_or_create(
            digest=mark,
            defaults={
                "room": room,
                "origin": CodeOrigin.SLIP,
                "channel": channel,
                "issued_at": now,
                "first_used_at": now,
            },
        )
        if new:
            slip.person = Person.objects.create_without_data()
            slip.save(update_fields=["person"])
    return actor_by_code(slip, slip.person, channel)


def rename(person: Person | None, typed: str) -> bool:
    """Show this name, or none where nothing is typed; whether it is another one than before."""
    if person is None or typed.strip() == person.display_name:
        return False
    if typed.strip():
        show_name(person, typed)
    else:
        person.display_name = ""
        person.save(update_fields=["display_name"])
    return True


def show_name(person: Person, typed: str) -> None:
    """Show this name beside what the person of a slip or code says; nobody bears the name of an office."""
    read = read_name(clean_words(typed), taken=taken_names(but=person))
    if read.fault or person.has_account:
        raise Refused("name_not_shown")
    if person.display_name != read.name:
        person.display_name = read.name
        person.save(update_fields=["display_name"])


def undo_entry(room: Room, *, clerk: Actor, person_id: int, entered_at: datetime, now: datetime) -> int:
    """Take back one slip after a typing error: its words are withdrawn, its supports end. Returns how many.

    Only who entered it may, within the hour; whatever the person said or supported otherwise stays.
    """
    said = Record.objects.filter(room=room, author_id=person_id, created_at=entered_at, entered_by=clerk.person)
    given = Turn.objects.select_related("record").filter(
        record__room=room, deed=Deed.SUPPORT.value, person_id=person_id, at=entered_at, entered_by=clerk.person
    )
    with transaction.atomic():
        found = lock_all([*said, *(support.record for support in given)])
        require(permit_entry(clerk, room))
        supports = list(given.all())
        supported = {support.record_id for support in supports}
        standing = {*UP, RecordState.HELD}
        records = [one for one in found if one.pk not in supported and one.state in standing]
        if not records and not supports:
            raise Refused("not_entered_by_you")
        if now - entered_at > UNDO_WITHIN:
            raise Refused("undo_too_late")
        ended = [support for support in supports if end_turn(support)]
        for support in ended:
            count_support(support, -1)
        change_states(records, RecordState.WITHDRAWN, now=now)
        _record(records, ended, clerk=clerk, now=now)
    return len(records) + len(supports)


def _record(records: list[Record], supports: list[Turn], *, clerk: Actor, now: datetime) -> None:
    for record in records:
        record_act(actor=clerk, verb=verbs.UNDID_ENTRY, record=record, now=now)
    for support in supports:
        content = {"person": support.person_id}
        record_act(actor=clerk, verb=verbs.UNDID_SUPPORT, record=support.record, now=now, content=content)
