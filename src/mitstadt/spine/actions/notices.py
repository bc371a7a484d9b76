"""Tell those who follow that something happened; the digest groups and sends it later.

Who follows a record hears all of it. Who follows an area or an organisation hears what offices do with the processes
there, and of what people said at a place in that area; who follows a theme, of what was sorted under it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain, islice

from django.db.models import Q, QuerySet

from mitstadt.ground.areas.models import PATH_STEP
from mitstadt.spine import kinds, own_verbs, verbs
from mitstadt.spine.models import Follow, Notice, Record, RecordState, Room, RoomHost
from mitstadt.spine.verbs import By, Event, Verb, is_declared

# So many are told at once. A crowd is told by a task: its thousands of rows would keep the log locked meanwhile.
AT_ONCE = 200
_BATCH = 1000


def tell_followers(
    records: Collection[Record],
    event: Event | Verb,
    *,
    now: datetime,
    except_person: int | None = None,
    said: Record | None = None,
) -> None:
    """One notice for each follower of each record: at once where they are few, in a moment where they are many.

    `said` is the record whose words tell it; what is told of one such record at one moment is read as one deed.
    """
    if not (event.notice and is_declared(event)):
        raise LookupError(f"No sentence for followers is declared for “{event.key}”.")
    keys = [record.pk for record in records]
    told_by = said.pk if said else None
    if _are_many(keys, event, now=now, except_person=except_person):
        from mitstadt.spine.tasks import tell_many  # it writes what stands here

        tell_many.enqueue(records=keys, event=event.key, at=now.isoformat(), except_person=except_person, said=told_by)
    else:
        write_notices(keys, event.key, now=now, except_person=except_person, said=told_by)


def write_notices(
    keys: Collection[int],
    event: str,
    *,
    now: datetime,
    except_person: int | None = None,
    said: int | None = None,
) -> int:
    """One notice for everyone who followed by `now`, each person once a record; returns how many."""
    direct = _pairs(_follows(keys, now=now, except_person=except_person))
    wide = _around_rooms(keys, now=now, except_person=except_person) if _is_by_office(event) else iter(())
    return _write(chain(direct, wide), event, now=now, said=said)


def tell_of_new(record: Record, *, now: datetime) -> None:
    """Tell of a record that can be read from now on, but not the one who wrote it."""
    told = kinds.tells(record)
    if told:
        about, event = told
        tell_followers(about, event, now=now, except_person=record.author_id, said=record)
        _tell_around(record, now=now)


def tell_of_theme(records: Collection[Record], theme: str, *, now: datetime) -> None:
    """Tell those who follow a theme what was sorted under it; in the background, where anybody does."""
    public = [record.pk for record in records if record.state == RecordState.PUBLISHED]
    if theme and public and Follow.objects.filter(theme=theme).exists():
        from mitstadt.spine.tasks import tell_around  # it writes what stands here

        tell_around.enqueue(records=public, at=now.isoformat(), of_theme=theme)


def write_around(keys: Collection[int], *, now: datetime, of_theme: str = "") -> int:
    """Notices for who follows the theme, or else the places of these records, as far as they are still public."""
    written = 0
    for record in Record.objects.filter(pk__in=keys, state=RecordState.PUBLISHED).select_related("area"):
        circle = Q(theme=of_theme) if of_theme else _at_the_place(record)
        people = Follow.objects.filter(circle, created_at__lte=now).exclude(person_id=record.author_id or 0)
        pairs = ((person, record.pk) for person in people.values_list("person_id", flat=True).distinct())
        event = own_verbs.SORTED_UNDER if of_theme else own_verbs.NEW_AT_PLACE
        written += _write(pairs, event.key, now=now, said=record.pk)
    return written


def _tell_around(record: Record, *, now: datetime) -> None:
    """What people say at a place of its own, smaller than that of the process, concerns who follows that place."""
    if record.state != RecordState.PUBLISHED or record.area_id is None or record.organisation_id is not None:
        return
    if record.room is not None and record.room.area_id == record.area_id:
        return
    if Follow.objects.filter(_at_the_place(record)).exists():
        from mitstadt.spine.tasks import tell_around  # it writes what stands here

        tell_around.enqueue(records=[record.pk], at=now.isoformat(), of_theme="")


def _at_the_place(record: Record) -> Q:
    return Q(area__path__in=_upwards(record.area.path)) if record.area else Q(pk__in=[])


def _upwards(path: str) -> list[str]:
    """The paths of an area and of all in which it lies."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


def _is_by_office(event: str) -> bool:
    declared = verbs.event_of(event)
    return isinstance(declared, Verb) and declared.by is By.OFFICE


def _are_many(keys: Collection[int], event: Event | Verb, *, now: datetime, except_person: int | None) -> bool:
    """Whether more are told than a request may wait for; nobody is counted twice over."""
    direct = _follows(keys, now=now, except_person=except_person)
    if direct[AT_ONCE : AT_ONCE + 1].exists():
        return True
    if not _is_by_office(event.key):
        return False
    around = _around_rooms(keys, now=now, except_person=except_person)
    return next(islice(around, AT_ONCE, None), None) is not None


def _around_rooms(keys: Collection[int], *, now: datetime, except_person: int | None) -> Iterator[tuple[int, int]]:
    """Person and room for everyone who follows the area or an office of one of these rooms; of public ones alone."""
    rooms = Room.objects.filter(pk__in=keys, state=RecordState.PUBLISHED).select_related("area")
    for room in rooms:
        offices = [room.host_id, *RoomHost.objects.filter(room=room).values_list("organisation_id", flat=True)]
        near = Q(organisation__in=offices)
        if room.area is not None:
            near |= Q(area__path__in=_upwards(room.area.path))
        people = _but(Follow.objects.filter(near, created_at__lte=now), except_person)
        for person in people.values_list("person_id", flat=True).distinct().iterator(_BATCH):
            yield person, room.pk


def _follows(keys: Collection[int], *, now: datetime, except_person: int | None) -> QuerySet[Follow]:
    return _but(Follow.objects.filter(record_id__in=keys, created_at__lte=now), except_person)


def _but(follows: QuerySet[Follow], person: int | None) -> QuerySet[Follow]:
    return follows if person is None else follows.exclude(person_id=person)


def _pairs(follows: QuerySet[Follow]) -> Iterator[tuple[int, int]]:
    for person, record in follows.values_list("person_id", "record_id"):
        if record is not None:
            yield person, record


def _write(pairs: Iterator[tuple[int, int]], event: str, *, now: datetime, said: int | None) -> int:
    unique = list(dict.fromkeys(pairs))
    notices = (
        Notice(person_id=person, record_id=record, said_id=said, event=event, created_at=now)
        for person, record in unique
    )
    Notice.objects.bulk_create(notices, batch_size=_BATCH)
    return len(unique)
