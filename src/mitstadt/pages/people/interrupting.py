"""Pages that stop a deed for a reason that has nothing to do with it: they keep what was typed and name the way on."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mitstadt.ground.people.models import Person
from mitstadt.ground.people.sessions import began_at, seconds_now
from mitstadt.ui.parts import Link
from mitstadt.ui.refusals import interrupted
from mitstadt.ui.requests import actor_of, page_before

# Whoever opened a page in time may send it off.
_TO_SEND = timedelta(hours=1)


def is_over(request: HttpRequest) -> bool:
    """Whether a person with a task has been signed in here for longer than such a session may last."""
    if not isinstance(request.user, Person) or not request.user.has_account or _is_the_way_out(request):
        return False
    most = timedelta(hours=settings.ROLE_SESSION_HOURS) + (_TO_SEND if request.method == "POST" else timedelta())
    began = began_at(request.session)
    if began is not None and seconds_now() - began < most.total_seconds():
        return False
    return actor_of(request).works_since is not None


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """End the session and lead to the sign-in; what was typed is shown."""
    sign_in = f"{reverse('account_login')}?{urlencode({'next': _page_of(request)})}"
    if request.method != "POST":
        logout(request)
        return redirect(sign_in)
    answer = interrupted(
        request,
        title=_("Melden Sie sich noch einmal an"),
        sentence=_(
            "Wer für eine Stelle arbeitet, bleibt nicht länger als einen Tag angemeldet. Gespeichert ist nichts."
        ),
        way_on=Link(label=_("Anmelden"), href=sign_in),
        status=403,
    )
    logout(request)
    return answer


def set_up_first(request: HttpRequest) -> HttpResponse:
    """Say that this task asks for a second factor, and lead to it."""
    return interrupted(
        request,
        title=_("Zuerst die zweite Sicherung"),
        sentence=_(
            "Für Ihre Aufgaben braucht Ihr Konto eine zweite Sicherung: eine App oder einen Schlüssel. "
            "Die Zeit dafür ist um. Sobald sie eingerichtet ist, geht alles wie vorher."
        ),
        way_on=Link(label=_("Zweite Sicherung einrichten"), href=reverse("mfa_index")),
        status=403,
    )


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Say that this address takes what somebody sends off, and lead back."""
    answer = interrupted(
        request,
        title=_("Hier gibt es nichts zu lesen"),
        sentence=_("Diese Adresse nimmt nur entgegen, was jemand auf einer Seite abschickt. Geschehen ist nichts."),
        way_on=Link(label=_("Zurück"), href=before) if (before := page_before(request)) else None,
        status=405,
    )
    answer["Allow"] = refused["Allow"]
    return answer


def _page_of(request: HttpRequest) -> str:
    return page_before(request) or reverse("home") if request.method == "POST" else request.get_full_path()


def _is_the_way_out(request: HttpRequest) -> bool:
    return request.path == reverse("account_logout")
