"""Pages of processes."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.areas.models import Area
from mitstadt.ground.areas.queries.tree import area_by_slug
from mitstadt.pages.changes import changes_of, in_words
from mitstadt.pages.presenting import area_name, card_of, news_of, outcome_block, promise_card_of, state_of, stretches
from mitstadt.pages.processes.facts import channel_facts
from mitstadt.pages.processes.ways import main_way, result_links, ways_to_take_part, work_links
from mitstadt.pages.promises.reminding import overdue
from mitstadt.spine.following import of_area, of_record
from mitstadt.spine.models import Access, Commitment, CommitmentChange, Process
from mitstadt.spine.queries.amendments import cancellation, done_in
from mitstadt.spine.queries.announcements import announcements_in
from mitstadt.spine.queries.parts import phases_to_show
from mitstadt.spine.queries.processes import (
    hosts_beside,
    internal_processes,
    listed,
    open_in,
    open_rooms,
    process_by_ref,
    public_processes,
    readers_of,
    shelf_of,
    voices_of,
)
from mitstadt.spine.queries.shelves import KeyedShelf, Shelf
from mitstadt.spine.texts import COMMITMENT_FIELDS
from mitstadt.ui.drawings import drawing_for
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.sharing import sharing

PER_PAGE = 24
NEWS_PER_PAGE = 6


def processes(request: HttpRequest) -> HttpResponse:
    """Every process of the city; what is open now comes first."""
    now = clock.now()
    shown = request.GET.get("stand", "offen")
    area = area_by_slug(request.GET.get("gebiet", ""))
    rows = _open(now, area) if shown == "offen" else _all(area)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))
    return render(
        request,
        "pages/processes.html",
        {
            "section": "open",
            "page": page,
            "cards": [card_of(process, now=now, voices=voices_of(process)) for process in page],
            "area": area,
            "follow": follow_control_of(of_area(area), actor=actor_of(request), now=now) if area else None,
            "share": sharing(of_area(area)) if area else None,
            "inside": [card_of(process, now=now, voices=0) for process in _inside(request)],
            "views": _views(shown, area.slug if area else ""),
        },
    )


def _open(now: datetime, area: Area | None) -> Shelf[Process]:
    rooms = open_rooms(now)
    return KeyedShelf([room.key for room in (open_in(rooms, area) if area else rooms)], listed)


def _all(area: Area | None) -> Shelf[Process]:
    return shelf_of(public_processes(area).order_by("-opened_at", "pk"))


def _inside(request: HttpRequest) -> list[Process]:
    """What only named offices read, for those who are of them: on the first page, and nothing for anyone else."""
    actor = actor_of(request)
    if actor.is_guest or page_number(request) > 1:
        return []
    return listed(list(internal_processes(actor).values_list("pk", flat=True)[:PER_PAGE]))


def _views(shown: str, area: str) -> list[Link]:
    suffix = f"&gebiet={area}" if area else ""
    return [
        Link(label=_("Gerade offen"), href=f"?stand=offen{suffix}", current=shown == "offen"),
        Link(label=_("Alle"), href=f"?stand=alle{suffix}", current=shown != "offen"),
    ]


def process(request: HttpRequest, ref: str) -> HttpResponse:
    """One process: its question, promise, thread, and every way to take part."""
    now = clock.now()
    actor = actor_of(request)
    found = process_by_ref(ref, actor=actor)
    state, state_label = state_of(found, now=now)
    complete = not found.commitment.missing_fields
    ways = ways_to_take_part(found, now=now)
    news = Paginator(announcements_in(found), NEWS_PER_PAGE).get_page(page_number(request, "neues"))
    return render(
        request,
        "pages/process.html",
        {
            "section": "open",
            "process": found,
            "area": area_name(found),
            "tone": _TONES[state.value],
            "state_label": state_label,
            "drawing": drawing_for(found.title, found.ref),
            "beside": hosts_beside(found),
            "readers": readers_of(found) if found.is_internal else [],
            "phases": stretches(found, now=now),
            "promise": promise_card_of(found, now=now) if complete else None,
            "ways": ways,
            "main_way": main_way(ways),
            "anyone_may": not found.is_internal
            and any(phase.part.access == Access.ANYONE for phase in phases_to_show(found)),
            "work": work_links(found, actor=actor, now=now),
            "results": result_links(found, now=now),
            "outcome": outcome_block(found, actor=actor, now=now),
            "news_page": news,
            "news": news_of(list(news.object_list), actor=actor),
            "overdue": overdue(found, actor=actor, now=now),
            "cancelled": cancellation(found),
            "changes": changes_of(done_in(found)),
            "follow": follow_control_of(of_record(found), actor=actor, now=now),
            "share": sharing(of_record(found), text=found.body),
            **channel_facts(found),
        },
    )


_TONES = {"now": "open", "done": "done", "missed": "missed", "next": "neutral"}


def _changed(change: CommitmentChange) -> tuple[object, CommitmentChange, str, str]:
    """What a change is about, the change, and its two sides as people read them."""
    before, after = (in_words(change.field, value) for value in (change.before, change.after))
    return COMMITMENT_FIELDS[change.field], change, before, after


def commitment(request: HttpRequest, ref: str) -> HttpResponse:
    """The commitment in full, with each later change: before, after and why."""
    found = process_by_ref(ref, actor=actor_of(request))
    promise = Commitment.objects.get(process=found)
    changes = promise.changes.order_by("changed_at", "pk")
    return render(
        request,
        "pages/commitment.html",
        {
            "section": "promises",
            "process": found,
            "commitment": promise,
            "promise": promise_card_of(found, now=clock.now()) if not promise.missing_fields else None,
            "changes": [_changed(change) for change in changes],
        },
    )
