"""A measure for each person and room: whoever writes or supports very much in an hour waits, and a moderator hears."""

from __future__ import annotations

from datetime import datetime, timedelta

from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Burst, BurstCause, Correction, Record, Room, Turn
from mitstadt.spine.permits import Permit

# Far more than somebody writes by hand; a script reaches it in a second.
WORDS_PER_HOUR = 30
SUPPORTS_PER_HOUR = 150
_HOUR = timedelta(hours=1)


def keep_pace(actor: Actor, room: Room, deed: Deed, *, now: datetime) -> None:
    """Refuse more of one person in one room than the hour's measure; whoever works there has none."""
    if actor.person is None or actor.works_on(room):
        return
    most = SUPPORTS_PER_HOUR if deed is Deed.SUPPORT else WORDS_PER_HOUR
    times = _supports(actor.person, room, now=now) if deed is Deed.SUPPORT else _words(actor.person, room, now=now)
    _measure(actor.person, room.pk, times[:most], most=most, now=now)


def _supports(person: Person, room: Room, *, now: datetime) -> list[datetime]:
    """When they supported something there in the last hour, the newest first."""
    lately = Turn.objects.filter(person=person, deed=Deed.SUPPORT.value, at__gt=now - _HOUR, record__room=room.pk)
    times = lately.order_by("-at").values_list("at", flat=True)[:SUPPORTS_PER_HOUR]
    return [at for at in times if at is not None]


def _words(person: Person, room: Room, *, now: datetime) -> list[datetime]:
    """The same for what they wrote, and for every time they changed words of theirs."""
    written = Record.objects.filter(author=person, room=room.pk, created_at__gt=now - _HOUR)
    changed = Correction.objects.filter(by=person, record__room=room.pk, at__gt=now - _HOUR)
    times = [
        *written.order_by("-created_at").values_list("created_at", flat=True)[:WORDS_PER_HOUR],
        *changed.order_by("-at").values_list("at", flat=True)[:WORDS_PER_HOUR],
    ]
    return sorted(times, reverse=True)


def _measure(person: Person, room_id: int, times: list[datetime], *, most: int, now: datetime) -> None:
    """Refuse where the measure is full; with the last one that fits, a moderator is told."""
    if len(times) >= most:
        raise Refused("too_much_from_you", permit=Permit(False, "too_much_from_you", times[-1] + _HOUR), most=most)
    if len(times) == most - 1:
        Burst.objects.get_or_create(
            room_id=room_id,
            person=person,
            decided_at=None,
            defaults={"cause": BurstCause.PERSON, "began_at": times[-1] if times else now},
        )
