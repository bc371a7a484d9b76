"""Notices as people read them: by room, then by record, newest first; nothing that is no longer public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from mitstadt.spine import kinds, verbs
from mitstadt.spine.models import Notice, Record

_WORDS_SHOWN = 140


@dataclass(frozen=True)
class NewsOfRecord:
    """What happened to one record. `words` is empty where it is no longer public."""

    ref: str
    words: str
    path: str
    sentences: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class NewsOfRoom:
    """All news of one room; without a title where it is no longer public."""

    title: str
    path: str
    records: tuple[NewsOfRecord, ...]

    @property
    def at(self) -> datetime:
        """When the latest of it happened."""
        return self.records[0].at


def grouped(notices: Iterable[Notice]) -> list[NewsOfRoom]:
    """The notices in groups; they should come with `record__room`."""
    by_room: dict[int | None, dict[int, list[Notice]]] = {}
    for notice in notices:
        room = notice.record.room_id or notice.record_id
        by_room.setdefault(room, {}).setdefault(notice.record_id, []).append(notice)
    groups = [_room_news(records) for records in by_room.values()]
    return sorted(groups, key=lambda group: group.at, reverse=True)


def _room_news(records: dict[int, list[Notice]]) -> NewsOfRoom:
    rows = sorted((_record_news(told) for told in records.values()), key=lambda row: row.at, reverse=True)
    record = next(iter(records.values()))[0].record
    room: Record = record.room or record
    if not room.is_public:
        return NewsOfRoom(gettext("Nicht öffentlich"), "", tuple(rows))
    return NewsOfRoom(room.title, kinds.address_of(room), tuple(rows))


def _record_news(told: list[Notice]) -> NewsOfRecord:
    told = sorted(told, key=lambda notice: (notice.created_at, notice.pk), reverse=True)
    record = told[0].record
    times = Counter(notice.event for notice in told)
    return NewsOfRecord(
        ref=record.ref,
        words=words_of(record),
        path=reverse("trail", args=[record.ref]),
        sentences=tuple(verbs.for_followers(event, times=count) for event, count in times.items()),
        at=told[0].created_at,
    )


def words_of(record: Record) -> str:
    """The first words of a public record, in one line."""
    if not record.is_public:
        return ""
    return Truncator(" ".join((record.title or record.body).split())).chars(_WORDS_SHOWN)
