"""Notices as people read them: by process, then by record, newest first; nothing that is no longer public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from mitstadt.spine import verbs
from mitstadt.spine.models import Notice, Process, Record

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
class NewsOfProcess:
    """All news of one process; without a title where it is no longer public."""

    title: str
    path: str
    records: tuple[NewsOfRecord, ...]

    @property
    def at(self) -> datetime:
        """When the latest of it happened."""
        return self.records[0].at


def grouped(notices: Iterable[Notice]) -> list[NewsOfProcess]:
    """The notices in groups; they should come with `record__process`."""
    by_process: dict[int | None, dict[int, list[Notice]]] = {}
    for notice in notices:
        process = notice.record_id if notice.record.kind == Process.KIND else notice.record.process_id
        by_process.setdefault(process, {}).setdefault(notice.record_id, []).append(notice)
    groups = [_process_news(records) for records in by_process.values()]
    return sorted(groups, key=lambda group: group.at, reverse=True)


def _process_news(records: dict[int, list[Notice]]) -> NewsOfProcess:
    rows = sorted((_record_news(told) for told in records.values()), key=lambda row: row.at, reverse=True)
    record = next(iter(records.values()))[0].record
    process: Record | None = record if record.kind == Process.KIND else record.process
    if process is None or not process.is_public:
        return NewsOfProcess(gettext("Ohne Beteiligung"), "", tuple(rows))
    return NewsOfProcess(process.title, reverse("process", args=[process.ref]), tuple(rows))


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
