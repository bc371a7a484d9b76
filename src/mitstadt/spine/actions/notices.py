"""Tell those who follow a record that something happened to it; the digest groups and sends it later."""

from collections.abc import Collection
from datetime import datetime

from mitstadt.spine import kinds
from mitstadt.spine.models import Follow, Notice, Record
from mitstadt.spine.verbs import Event, Verb, is_declared


def tell_followers(
    records: Collection[Record], event: Event | Verb, *, now: datetime, except_person: int | None = None
) -> int:
    """One notice for each follower of each record; returns how many."""
    if not (event.notice and is_declared(event)):
        raise LookupError(f"No sentence for followers is declared for “{event.key}”.")
    follows = Follow.objects.filter(record_id__in=[record.pk for record in records])
    if except_person is not None:
        follows = follows.exclude(person_id=except_person)
    notices = [
        Notice(person_id=person_id, record_id=record_id, event=event.key, created_at=now)
        for person_id, record_id in follows.values_list("person_id", "record_id")
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    return len(notices)


def tell_of_new(record: Record, *, now: datetime) -> None:
    """Tell of a record that can be read from now on, but not the one who wrote it."""
    told = kinds.tells(record)
    if told:
        about, event = told
        tell_followers(about, event, now=now, except_person=record.author_id)
