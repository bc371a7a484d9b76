"""My page: what I said and what became of it, what I support and follow, and what is new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.ground.people.models import Person
from mitstadt.pages.people import queries
from mitstadt.spine.actions.accounts import mark_seen
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import ParticipationCode
from mitstadt.spine.queries.news import fresh_count, grouped, page_of_deeds
from mitstadt.ui.participants import code_to_note
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of


@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """My contributions and comments, each with what became of it."""
    person = signed_in(request)
    page, rows = queries.own_records(person, request.GET.get("seite"))
    context = {"page": page, "rows": rows, **_code(request, person)}
    return _page(request, person, "my_page", context)


@login_required
def my_supports(request: HttpRequest) -> HttpResponse:
    """What I support."""
    person = signed_in(request)
    page, rows = queries.supported(person, request.GET.get("seite"))
    return _page(request, person, "my_supports", {"page": page, "rows": rows})


@login_required
def my_follows(request: HttpRequest) -> HttpResponse:
    """What I follow."""
    person = signed_in(request)
    page, rows = queries.followed(person, request.GET.get("seite"))
    return _page(request, person, "my_follows", {"page": page, "rows": rows})


@login_required
def my_notices(request: HttpRequest) -> HttpResponse:
    """What happened to what I follow, by process, one line a deed."""
    person = signed_in(request)
    page, notices = page_of_deeds(person, request.GET.get("seite"))
    context = {
        "page": page,
        "fresh": grouped(notice for notice in notices if notice.seen_at is None),
        "earlier": grouped(notice for notice in notices if notice.seen_at is not None),
        "now": clock.now(),
    }
    return _page(request, person, "my_notices", context)


@require_POST
@login_required
def seen(request: HttpRequest) -> HttpResponse:
    """I have read all notices that were on the page."""
    now = clock.now()
    mark_seen(signed_in(request), up_to=min(_moment(request.POST.get("bis", "")) or now, now), now=now)
    return redirect("my_notices")


def _moment(text: str) -> datetime | None:
    """The moment at which the page was made; nothing for what is none."""
    try:
        moment = parse_datetime(text)
        # Also at either end of time, where another zone has no such moment.
        return moment.astimezone(UTC) if moment and is_aware(moment) else None
    except (ValueError, OverflowError):
        return None


def signed_in(request: HttpRequest) -> Person:
    """The person who asks; the page is behind a sign-in."""
    person = actor_of(request).person
    if person is None:
        raise PermissionError
    return person


def _code(request: HttpRequest, person: Person) -> dict[str, Any]:
    """For people with a code: their process, and the code itself while this browser remembers it."""
    if person.has_account:
        return {}
    code = ParticipationCode.objects.filter(person=person).select_related("room").first()
    if code is None:
        return {}
    room = code.room
    return {"code_process": room, "code_room_href": address_of(room), "code": code_to_note(request, room)}


def _page(request: HttpRequest, person: Person, name: str, context: dict[str, Any]) -> HttpResponse:
    views = tabs(person, name)
    shared = {"person": person, "section": "account", "views": views}
    return render(request, f"pages/people/{name}.html", {**shared, **context})


def tabs(person: Person, current: str) -> list[Link]:
    """The parts of my page; people with a code follow nothing and get no notices."""
    names = [("my_page", _("Beiträge")), ("my_supports", _("Unterstützt"))]
    if person.has_account:
        names += [("my_follows", _("Folge ich")), ("my_notices", _("Neues"))]
    names.append(("my_settings", _("Einstellungen und Daten")))
    return [
        Link(
            label=label,
            href=reverse(name),
            current=name == current,
            count=fresh_count(person) or None if name == "my_notices" else None,
        )
        for name, label in names
    ]
