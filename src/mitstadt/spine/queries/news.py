"""Notices as people read them: by room, one line a deed, the host's words first; nothing that is no longer public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Min, QuerySet, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from mitstadt.ground.people.models import Person
from mitstadt.spine import kinds, verbs
from mitstadt.spine.authorship import shown_name
from mitstadt.spine.models import Notice, Record
from mitstadt.spine.queries.visibility import astray_among

DEEDS_PER_PAGE = 20
# A deed may reach very many records; so many of them are named.
SUBJECTS_NAMED = 5
# Nobody counts further than this in the head of a page.
MOST_COUNTED = 99
_WORDS_SHOWN = 140
# What notices should come with, so that a page of them reads no record twice.
WITH = ("record__room", "record__as_room", "said__author", "said__organisation", "record__author")


@dataclass(frozen=True)
class Subject:
    """A record that a deed reached. `words` is empty where they are no longer public."""

    ref: str
    words: str
    path: str
    language: str


@dataclass(frozen=True)
class Deed:
    """One thing that happened: what, by whom, in which words, and what it reached of all that one follows."""

    sentences: tuple[str, ...]
    by: str
    words: str
    language: str
    path: str
    subjects: tuple[Subject, ...]
    more: int
    at: datetime
    is_of_office: bool


@dataclass(frozen=True)
class NewsOfRoom:
    """All news of one room; without a title where it is no longer public."""

    title: str
    language: str
    path: str
    deeds: tuple[Deed, ...]

    @property
    def at(self) -> datetime:
        """When the latest of it happened."""
        return max(deed.at for deed in self.deeds)


def fresh_count(person: Person) -> int:
    """How many deeds this person has not seen, counted no further than anybody reads: one query on its own index."""
    fresh = _by_deed(Notice.objects.filter(person=person, seen_at=None)).values("created_at", "subject").distinct()
    return fresh[: MOST_COUNTED + 1].count()


def page_of_deeds(person: Person, number: str | None) -> tuple[Page[dict[str, object]], list[Notice]]:
    """One page of what happened, unseen first, then newest first; of each deed no more notices than are shown."""
    mine = _by_deed(Notice.objects.filter(person=person))
    deeds = (
        mine.values("created_at", "subject")
        .annotate(is_seen=Min(Case(When(seen_at=None, then=0), default=1, output_field=IntegerField())))
        .order_by("is_seen", "-created_at", "subject")
    )
    page = Paginator(deeds, DEEDS_PER_PAGE).get_page(number)
    shown = {(row["created_at"], row["subject"]) for row in page.object_list}
    deed = [F("created_at"), F("subject")]
    notices = (
        mine.filter(created_at__in=[moment for moment, _subject in shown], subject__in=[one for _at, one in shown])
        .annotate(
            place=Window(RowNumber(), partition_by=deed, order_by=["record__room_id", "pk"]),
            reached=Window(Count("pk"), partition_by=deed),
        )
        .filter(place__lte=SUBJECTS_NAMED)
        .select_related(*WITH)
    )
    return page, [notice for notice in notices if (notice.created_at, notice.said_id or notice.record_id) in shown]


def grouped(notices: Iterable[Notice]) -> list[NewsOfRoom]:
    """The notices in groups; they should come `WITH` their records."""
    told = list(notices)
    lost = astray_among([record for notice in told for record in (notice.record, notice.said) if record])
    by_room: dict[int, dict[tuple[datetime, int], list[Notice]]] = {}
    for notice in told:
        room = notice.record.room_id or notice.record_id
        deed = (notice.created_at, notice.said_id or notice.record_id)
        by_room.setdefault(room, {}).setdefault(deed, []).append(notice)
    groups = [_room_news(deeds, lost) for deeds in by_room.values()]
    return sorted(groups, key=lambda group: group.at, reverse=True)


def words_of(record: Record, lost: Collection[int] = ()) -> str:
    """The first words of a public record, in one line."""
    if not record.is_public or record.pk in lost:
        return ""
    return Truncator(named(record)).chars(_WORDS_SHOWN)


def named(record: Record) -> str:
    """What it is called, or else what it says, in one line. A number is no name."""
    has_name = any(sign.isalpha() for sign in record.title)
    return " ".join((record.title if has_name else f"{record.title} {record.body}").split())


def _by_deed(notices: QuerySet[Notice]) -> QuerySet[Any, Any]:
    """With the record whose words tell each, or that it reached: with its moment that is the deed."""
    return notices.annotate(subject=Coalesce("said_id", "record_id"))


def _room_news(deeds: dict[tuple[datetime, int], list[Notice]], lost: Collection[int]) -> NewsOfRoom:
    newest = sorted((_deed(told, lost) for told in deeds.values()), key=lambda deed: deed.at, reverse=True)
    rows = sorted(newest, key=lambda deed: not deed.is_of_office)
    record = next(iter(deeds.values()))[0].record
    room: Record = record.room or record
    if not room.is_public:
        return NewsOfRoom(gettext("Nicht öffentlich"), "", "", tuple(rows))
    return NewsOfRoom(room.title, room.language, kinds.address_of(room), tuple(rows))


def _deed(told: list[Notice], lost: Collection[int]) -> Deed:
    told = sorted(told, key=lambda notice: (notice.record.room_id is not None, notice.pk))
    said = told[0].said
    words = words_of(said, lost) if said else ""
    reached = {notice.record_id: notice.record for notice in told if notice.record_id != notice.said_id}
    subjects = [_subject(record, lost) for record in list(reached.values())[:SUBJECTS_NAMED]]
    about_itself = sum(notice.record_id == notice.said_id for notice in told)
    total = max(len(reached), *(getattr(notice, "reached", 0) - about_itself for notice in told))
    times = Counter(notice.event for notice in told)
    return Deed(
        sentences=tuple(verbs.for_followers(event) for event in times),
        by=shown_name(said.organisation, said.author) if said and words and kinds.kind_of(said).spoken else "",
        words=words,
        language=said.language if said and words else "",
        path=kinds.address_of(said) if said and words else "",
        subjects=tuple(subjects),
        more=max(0, total - len(subjects)),
        at=told[0].created_at,
        is_of_office=_is_of_office(told[0]),
    )


def _is_of_office(notice: Notice) -> bool:
    """Whether an office speaks: in words of its own, or by what it did."""
    if notice.said is not None and notice.said.organisation_id is not None:
        return True
    declared = verbs.event_of(notice.event)
    return isinstance(declared, verbs.Verb) and declared.by is verbs.By.OFFICE


def _subject(record: Record, lost: Collection[int]) -> Subject:
    words = words_of(record, lost)
    path = kinds.address_of(record) if words else reverse("trail", args=[record.ref])
    return Subject(record.ref, words, path, record.language if words else "")
