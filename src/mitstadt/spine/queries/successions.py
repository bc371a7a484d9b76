"""Where records went on and where they came from, with what stayed at each."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Authorship, MovedOn, Record, RecordState, Succession


def where_they_went(records: Iterable[Record]) -> dict[int, list[Record]]:
    """The records in which each of these goes on; one query, none where all stand for themselves."""
    keys = [record.pk for record in records if record.moved_on]
    found: dict[int, list[Record]] = {}
    if keys:
        rows = Succession.objects.filter(source_id__in=keys).select_related("target").order_by("pk")
        for row in rows:
            found.setdefault(row.source_id, []).append(row.target)
    return found


def came_in(record: Record) -> list[Record]:
    """What was merged into a record, and what it is a piece of; one query."""
    rows = Succession.objects.filter(target_id=record.pk).select_related(
        "source__author", "source__organisation", "source__room"
    )
    return [row.source for row in rows.order_by("pk")]


def merged_into_these(keys: Collection[int]) -> list[Record]:
    """All that was merged into these records, and into those again; a query for each step."""
    found: dict[int, Record] = {}
    while keys:
        rows = Succession.objects.filter(target_id__in=keys, way=MovedOn.MERGED).select_related("source")
        fresh = {row.source_id: row.source for row in rows.order_by("pk") if row.source_id not in found}
        found |= fresh
        keys = list(fresh)
    return list(found.values())


def split_and_all_answered(keys: Collection[int]) -> list[tuple[Record, list[str]]]:
    """The split records of which these are pieces, where every piece that is to be read has its answer."""
    origins = Succession.objects.filter(target_id__in=keys, way=MovedOn.SPLIT).values("source_id")
    answers: dict[int, tuple[Record, list[str]]] = {}
    rows = Succession.objects.filter(source_id__in=origins, way=MovedOn.SPLIT).select_related("source", "target")
    for row in rows.order_by("pk"):
        if row.target.is_up:
            answers.setdefault(row.source_id, (row.source, []))[1].append(row.target.answer_state)
    return [(source, states) for source, states in answers.values() if all(states)]


def pieces_of(record: Record) -> list[Record]:
    """What a record was split into."""
    rows = Succession.objects.filter(source_id=record.pk, way=MovedOn.SPLIT).select_related("target").order_by("pk")
    return [row.target for row in rows if row.target.state != RecordState.ERASED]


def same_words_as(record: Record) -> list[Record]:
    """What a record was split into and what it is a piece of: all or some of its words stand there, too."""
    return [*_along(record, "source", "target"), *wholes_of(record)]


def wholes_of(record: Record) -> list[Record]:
    """What a record is a piece of, however far: its words stand there, too."""
    return _along(record, "target", "source")


def _along(record: Record, near: str, far: str) -> list[Record]:
    found: dict[int, Record] = {}
    keys = [record.pk]
    while keys:
        rows = Succession.objects.filter(way=MovedOn.SPLIT, **{f"{near}__in": keys}).select_related(f"{far}__room")
        fresh = {one.pk: one for one in (getattr(row, far) for row in rows.order_by("pk")) if one.pk not in found}
        found |= fresh
        keys = list(fresh)
    return list(found.values())


def is_answered_from(record: Record) -> bool:
    """Whether the record, or anything in which it goes on, has an answer."""
    seen, waiting = set[int](), [record]
    while waiting:
        one = waiting.pop()
        if one.answer_state:
            return True
        if one.pk not in seen:
            seen.add(one.pk)
            waiting.extend(where_they_went([one]).get(one.pk, []))
    return False


def is_asked_to_stand_here(record: Record, *, actor: Actor) -> bool:
    """Whether the actor's words were merged into the record, and they have not yet said whether to stand there."""
    if actor.person is None or not record.further_authors:
        return False
    asked = Authorship.objects.filter(record_id=record.pk, person=actor.person, confirmed_at=None)
    return asked.filter(origin__isnull=False).exists()
