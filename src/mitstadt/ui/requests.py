"""The request as our views see it: with who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from mitstadt.ground.words import clean_words
from mitstadt.spine.actors import Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class CityRequest(HttpRequest):
    """A request to which the middleware added who asks, and whether a part of the page is asked for."""

    actor: Actor
    htmx: HtmxDetails
    shows_a_secret: bool


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast("CityRequest", request).actor


def become(request: HttpRequest, actor: Actor) -> None:
    """From here on this is who asks: a guest who got their code by what they just did."""
    cast("CityRequest", request).actor = actor


def asks_for_a_part(request: HttpRequest) -> bool:
    """True when a script asks, to swap one part of the page that stays; a plain form gets a whole page."""
    return bool(cast("CityRequest", request).htmx)


def same_for_all(view: View) -> View:
    """Mark a view whose public answer is made without looking at who asks, so that everything between may keep it."""
    view.same_for_all = True  # type: ignore[attr-defined]  # ours
    return view


def is_same_for_all(view: Callable[..., HttpResponseBase]) -> bool:
    """Whether the view is marked so."""
    return getattr(view, "same_for_all", False)


def show_a_secret(request: HttpRequest) -> None:
    """The answer shows a code or a key: it is never compressed beside words that others chose, and never kept."""
    cast("CityRequest", request).shows_a_secret = True


def shows_a_secret(request: HttpRequest) -> bool:
    """Whether a view said so."""
    return getattr(request, "shows_a_secret", False)


def page_shown(request: HttpRequest) -> str:
    """Path and query of the page that somebody looks at, also where a script asks for a part of it."""
    htmx = getattr(request, "htmx", None)
    return (htmx and htmx.current_url_abs_path) or request.get_full_path()


def page_before(request: HttpRequest) -> str:
    """The page of this city from which somebody came, other than the one they asked for; empty where unknown."""
    before = request.headers.get("Referer", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(before, here, require_https=request.is_secure()):
        return ""
    address = urlsplit(before)
    return iri_to_uri(address.path) if address.path.startswith("/") and address.path != request.path else ""


def form_stood_at(request: HttpRequest) -> str:
    """The page of this city from which a form was sent, as it was asked for; empty where unknown."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return ""
    address = urlsplit(before)
    return iri_to_uri(f"{address.path}?{address.query}" if address.query else address.path)


def page_number(request: HttpRequest, parameter: str = "seite") -> int:
    """The page of a list that the address asks for; 1 where it asks for none or for nonsense."""
    found = asked_number(request, parameter)
    return 1 if found is None else found


def asked_number(request: HttpRequest, parameter: str) -> int | None:
    """The number that the address asks for under this name; None where it is none, or of more than eight digits."""
    return number_in(request.GET.get(parameter, ""))


def number_in(typed: str, *, most_digits: int = 8) -> int | None:
    """The number that somebody typed or changed in an address; None where it is none, or of more digits.

    Python refuses to read thousands of digits, and no database has a column for twenty.
    """
    return int(typed) if typed.isdecimal() and len(typed) <= most_digits else None


def sent_text(request: HttpRequest, name: str) -> str:
    """What was sent under this name beside the fields of a form, as text."""
    return clean_words(request.POST.get(name, ""))


def sent_texts(request: HttpRequest, name: str) -> list[str]:
    """All that was sent under this name, as text."""
    return [clean_words(value) for value in request.POST.getlist(name)]
