"""A form knows for whom it was opened: whoever is somebody else by now is asked, and no word is lost.

Every form has it, since the tag that gives a form its key writes both (`templatetags.ui.csrf_token`). So nobody whose
session ended speaks without a name where they meant to speak with it, and nobody speaks with a name by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from mitstadt.spine.actors import Actor
from mitstadt.ui.requests import actor_of, asks_for_a_part

FIELD = "opened_for"
# The button by which a guest signs in before the form is sent.
SIGN_IN_FIRST = "sign_in_first"
_KEPT = "kept_form"
_CSRF = "csrfmiddlewaretoken"
# More than a long text, less than somebody sends to fill the table of sessions.
MOST_KEPT = 100_000

View = TypeVar("View", bound=Callable[..., HttpResponse])


class FormKey(str):
    """The key of a form, which also says for whom the page is."""

    opened_for: str = ""


def form_key(request: HttpRequest) -> dict[str, object]:
    """Context processor: the key of every form, in place of Django's own."""
    return {"csrf_token": SimpleLazyObject(lambda: key_for(request))}


def key_for(request: HttpRequest) -> FormKey:
    """The key of the forms that whoever asks is given now."""
    key = FormKey(get_token(request))
    # A page about a broken request is made before anybody knows who asks.
    key.opened_for = _mark(getattr(request, "actor", Actor()))
    return key


def whoever_sends(view: View) -> View:
    """Mark a view whose form is the same for everyone: signing in, ending a visit."""
    view.whoever_sends = True  # type: ignore[attr-defined]  # ours
    return view


class OpenedForMiddleware:
    """Asks before somebody else sends a form than the person for whom it was opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what was kept is let go when it has arrived."""
        response = self.get_response(request)
        # What was refused is not read: it may be refused for its size.
        kept = request.session.get(_KEPT) if request.method == "POST" and response.status_code < 400 else None
        if kept and kept["path"] == request.get_full_path() and _has_arrived(request):
            del request.session[_KEPT]
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Ask, where the form was opened for somebody else."""
        if request.method != "POST" or getattr(view, "whoever_sends", False) or view.__module__.startswith("allauth."):
            return None
        if SIGN_IN_FIRST in request.POST and actor_of(request).is_guest:
            _keep(request)
            return redirect(_sign_in())
        sent = request.POST.get(FIELD, "")
        if not sent or _fits(sent, actor_of(request)):
            return None
        _keep(request)
        if asks_for_a_part(request):
            return HttpResponseClientRedirect(reverse("kept_form"))
        return ask(request, status=409)


def _has_arrived(request: HttpRequest) -> bool:
    """Whether this was the form itself, and not the wish to sign in before it."""
    return FIELD in request.POST and SIGN_IN_FIRST not in request.POST


def ask(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    """The words that did not go out, and who would say them now."""
    kept = request.session.get(_KEPT)
    fields = kept["fields"] if kept else []
    context = {
        "kept": kept,
        "fields": fields,
        "typed": [value for _name, value in fields if " " in value.strip() or len(value) > _SHORT],
        "person": actor_of(request).person,
        "sign_in_href": "" if actor_of(request).person else _sign_in(),
        "lost_files": bool(kept and kept["files"]),
    }
    return render(request, "ui/opened_for_another.html", context, status=status)


# Shorter values without a blank are choices and keys, which nobody typed as words.
_SHORT = 40


def _sign_in() -> str:
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': reverse('kept_form')})}"


def _mark(actor: Actor) -> str:
    """Whom a form is for, as nobody else can write it."""
    who = str(actor.person.pk) if actor.person else "guest"
    return salted_hmac("mitstadt.ui.opened_for", who, algorithm="sha256").hexdigest()[:24]


def _fits(sent: str, actor: Actor) -> bool:
    """Whether this person may send the form: the same one, or a guest who got their code in another tab meanwhile."""
    if sent == _mark(actor):
        return True
    return sent == _mark(Actor()) and actor.person is not None and not actor.person.has_account


def sent_fields(request: HttpRequest) -> list[list[str]]:
    """The fields of the form that was sent, to be sent again: without its keys, and without any password."""
    return [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name not in {FIELD, _CSRF, SIGN_IN_FIRST} and "password" not in name
    ]


def _keep(request: HttpRequest) -> None:
    fields = sent_fields(request)
    if sum(len(name) + len(value) for name, value in fields) <= MOST_KEPT:
        request.session[_KEPT] = {
            "path": request.get_full_path(),
            "fields": fields,
            "files": len(request.FILES),
        }
