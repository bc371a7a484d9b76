"""Dates of processes as a calendar file (RFC 5545): phases, the day of the answer, the day of the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language, gettext

from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import Process

TYPE = "text/calendar; charset=utf-8"
_OCTETS = 75


@dataclass(frozen=True)
class Event:
    """One entry: all day where it is a day, else from one moment to another."""

    key: str
    title: str
    begins: datetime | date
    ends: datetime | date
    text: str
    url: str
    place: str
    stamp: datetime
    is_cancelled: bool = False


def events_of(processes: Iterable[Process]) -> Iterator[Event]:
    """The dates of processes as `listed` gives them; of phases in parts that nobody reads yet there are none."""
    for process in processes:
        yield from _phases(process)
        promise = process.commitment
        if promise.answer_by and promise.kept_at is None and promise.released_at is None:
            title = gettext("Antwort versprochen: %(title)s") % {"title": process.title}
            yield _day(process, "answer", title, promise.answer_by)
        if promise.decides_on:
            title = gettext("Entscheidung: %(title)s") % {"title": process.title}
            yield _day(process, "decision", title, promise.decides_on)


def calendar_file(events: Iterable[Event], *, name: str) -> str:
    """The file, each line no longer than the standard allows."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.UI_SITE_NAME)}//Mitstadt//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _phases(process: Process) -> Iterator[Event]:
    for phase in process.phases.all():
        if phase.part.is_public:
            yield Event(
                key=f"phase-{phase.pk}",
                title=f"{phase.title}: {process.title}",
                begins=phase.opens_at,
                ends=phase.closes_at,
                text=process.body,
                stamp=process.changed_at,
                is_cancelled=process.cancelled_at is not None and process.cancelled_at < phase.closes_at,
                url=_url(process),
                place=_place(process),
            )


def _day(process: Process, key: str, title: str, day: date) -> Event:
    return Event(
        key=f"{process.ref}-{key}",
        title=title,
        begins=day,
        ends=day + timedelta(days=1),
        text="",
        stamp=process.changed_at,
        url=_url(process),
        place=_place(process),
    )


def _url(process: Process) -> str:
    return f"{settings.PUBLIC_URL}{address_of(process)}"


def _place(process: Process) -> str:
    return process.area.name(get_language() or "de") if process.area else ""


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{urlsplit(settings.PUBLIC_URL).hostname}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    yield f"LAST-MODIFIED:{_moment(event.stamp)}"
    yield f"DTSTART{_when(event.begins)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    # Nobody is busy because a city asks something.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        return f":{_moment(moment)}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words as the standard writes them: no sign of theirs begins a new line or a new field."""
    kept = "".join(sign if sign >= " " or sign == "\n" else " " for sign in words.replace("\r\n", "\n"))
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets, none of which cuts a sign apart; each further one begins with a blank."""
    piece, room = "", _OCTETS
    for sign in line:
        width = len(sign.encode("utf-8", errors="replace"))
        if width > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += sign
        room -= width
    yield piece
