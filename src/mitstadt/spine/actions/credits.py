"""Whose words went into a record by merging: named by the ref of their words until they agree to stand under others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, QuerySet

from mitstadt.spine.authorship import authors_of
from mitstadt.spine.models import Authorship, MovedOn, Record, RecordState, Succession


def credit(record: Record) -> None:
    """Name at a record all whose words came in, and nobody else; then wherever the record itself went on."""
    _open_credits(record.pk).delete()
    there = set(authors_of(record))
    position = next_position(record)
    for person, origin, at in _coming_in(record):
        if person not in there and record.state != RecordState.ERASED:
            there.add(person)
            Authorship.objects.create(
                record_id=record.pk, person_id=person, origin_id=origin, position=position, invited_at=at
            )
            position += 1
    recount_authors(record)
    for onward in Succession.objects.filter(source_id=record.pk).select_related("target"):
        credit(onward.target)


def recount_authors(record: Record) -> None:
    """Let the record know how many further authors are named at it, confirmed or by the ref of their words."""
    named = Authorship.objects.filter(record_id=record.pk).exclude(confirmed_at=None, origin=None)
    record.further_authors = named.count()
    record.save(update_fields=["further_authors"])


def next_position(record: Record) -> int:
    """The place after all that are taken at a record."""
    highest = Authorship.objects.filter(record_id=record.pk).aggregate(highest=Max("position"))["highest"]
    return (highest or 0) + 1


def _coming_in(record: Record) -> Iterator[tuple[int, int, datetime]]:
    rows = Succession.objects.filter(target_id=record.pk).select_related("source").order_by("pk")
    for came in rows:
        if came.way == MovedOn.MERGED:
            yield from ((person, came.source_id, came.at) for person in authors_of(came.source))
        for row in _open_credits(came.source_id).order_by("position"):
            if row.person_id is not None and row.origin_id is not None:
                yield row.person_id, row.origin_id, row.invited_at


def _open_credits(record_id: int) -> QuerySet[Authorship]:
    return Authorship.objects.filter(record_id=record_id, confirmed_at=None, origin__isnull=False)
