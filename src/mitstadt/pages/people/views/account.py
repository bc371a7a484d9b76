"""Where a person is signed in, and what happened to their account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.ground.people.devices import device_words
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import AccountEvent, EventKind, Person
from mitstadt.ground.people.sessions import end_session, end_sessions, kept_key, sessions_of
from mitstadt.pages.people.views.my_page import signed_in, tabs
from mitstadt.ui.requests import page_number

EVENTS_PER_PAGE = 50


@dataclass(frozen=True)
class SignedIn:
    """A browser in which the person is signed in."""

    key: str
    device: str
    since: datetime | None
    is_here: bool


@login_required
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Each browser with its name and since when; end one, or all others."""
    person = _with_account(request)
    if request.method == "POST":
        _end(request, person)
        return redirect("my_sessions")
    here = kept_key(request.session.session_key or "")
    rows = [
        SignedIn(row.session_key, device_words(row.device), row.began_at, row.session_key == here)
        for row in sessions_of(person)
    ]
    rows.sort(key=lambda row: not row.is_here)
    return _page(request, person, "my_sessions", {"rows": rows, "others": len(rows) - 1})


@login_required
def my_events(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    person = _with_account(request)
    rows = AccountEvent.objects.filter(person=person).order_by("-at", "-pk")
    page = Paginator(rows, EVENTS_PER_PAGE).get_page(page_number(request))
    return _page(request, person, "my_events", {"page": page})


def _end(request: HttpRequest, person: Person) -> None:
    here, key = request.session.session_key, request.POST.get("session", "")
    ended = end_session(person, key) if key else end_sessions(person, but=here)
    if ended:
        note_event(person, EventKind.SESSION_ENDED, now=clock.now())
    words = ngettext("%(n)s Anmeldung ist beendet.", "%(n)s Anmeldungen sind beendet.", ended) % {"n": ended}
    messages.success(request, words if ended else _("Dort war niemand mehr angemeldet."))


def _with_account(request: HttpRequest) -> Person:
    person = signed_in(request)
    if not person.has_account:
        raise Http404
    return person


def _page(request: HttpRequest, person: Person, name: str, context: dict[str, object]) -> HttpResponse:
    shared = {"person": person, "section": "account", "views": tabs(person, "my_settings")}
    return render(request, f"pages/people/{name}.html", {**shared, **context})
