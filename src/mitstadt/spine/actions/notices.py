"""Tell those who follow a record that something happened to it; the digest groups and sends it later."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from mitstadt.spine import kinds
from mitstadt.spine.models import Follow, Notice, Record
from mitstadt.spine.verbs import Event, Verb, is_declared

# So many are told at once. A crowd is told by a task: its thousands of rows would keep the log locked meanwhile.
AT_ONCE = 200


def tell_followers(
    records: Collection[Record], event: Event | Verb, *, now: datetime, except_person: int | None = None
) -> None:
    """One notice for each follower of each record: at once where they are few, in a moment where they are many."""
    if not (event.notice and is_declared(event)):
        raise LookupError(f"No sentence for followers is declared for “{event.key}”.")
    keys = [record.pk for record in records]
    if _follows(keys, now=now, except_person=except_person)[AT_ONCE : AT_ONCE + 1].exists():
        from mitstadt.spine.tasks import tell_many  # it writes what stands here

        tell_many.enqueue(records=keys, event=event.key, at=now.isoformat(), except_person=except_person)
    else:
        write_notices(keys, event.key, now=now, except_person=except_person)


def write_notices(keys: Collection[int], event: str, *, now: datetime, except_person: int | None = None) -> int:
    """One notice for everyone who followed by `now`; returns how many."""
    notices = [
        Notice(person_id=person_id, record_id=record_id, event=event, created_at=now)
        for person_id, record_id in _follows(keys, now=now, except_person=except_person).values_list(
            "person_id", "record_id"
        )
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    return len(notices)


def tell_of_new(record: Record, *, now: datetime) -> None:
    """Tell of a record that can be read from now on, but not the one who wrote it."""
    told = kinds.tells(record)
    if told:
        about, event = told
        tell_followers(about, event, now=now, except_person=record.author_id)


def _follows(keys: Collection[int], *, now: datetime, except_person: int | None) -> QuerySet[Follow]:
    follows = Follow.objects.filter(record_id__in=keys, created_at__lte=now)
    return follows if except_person is None else follows.exclude(person_id=except_person)
