"""What holds for every request: it knows who asks (loaded once, when first needed), and its words are clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from mitstadt.ground import clock
from mitstadt.ground.people.models import Person
from mitstadt.ground.words import clean_words
from mitstadt.pages.people.asking import asked_again
from mitstadt.pages.people.interrupting import is_over, set_up_first, sign_in_again, wrong_method
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.permits.second_factor import as_far_as_secured
from mitstadt.ui.requests import actor_of, is_same_for_all


class ActorMiddleware:
    """Adds the actor to the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its actor in place."""
        request.actor = cast("Actor", SimpleLazyObject(lambda: _actor(request)))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    actor = actor_for(request.user if isinstance(request.user, Person) else None)
    return as_far_as_secured(actor, now=clock.now())


class CleanWordsMiddleware:
    """Cleans all words of a query and of a form, whichever page they are for; secrets stay as they were typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as if its query had been sent clean."""
        if request.META.get("QUERY_STRING"):
            request.GET = _clean(request.GET)  # type: ignore[assignment]  # still a query
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Clean the form once it is known which page gets it; what was refused before is never read."""
        if request.method == "POST":
            request.POST = _clean(request.POST)  # type: ignore[assignment]  # still a form
        return None


def _clean(sent: QueryDict) -> QueryDict:
    """The same names and values with clean words."""
    if all(_is_clean(name, value) for name, values in sent.lists() for value in (name, *values)):
        return sent
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        secret = _is_secret(name)
        clean.setlist(
            clean_words(name), [value.replace("\0", "") if secret else clean_words(value) for value in values]
        )
    clean._mutable = False  # noqa: SLF001  # Django's own way to close a query
    return clean


def _is_clean(name: str, value: str) -> bool:
    return value.isascii() and value.isprintable() and not (_is_secret(name) and "\0" in value)


def _is_secret(name: str) -> bool:
    return "password" in name


class AccountPagesMiddleware:
    """Keeps people with a participation code, who leave no data, off the pages that manage an account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead to the page that ends the visit with a code: only then can one sign in with an account."""
        match = request.resolver_match
        if match is None or not view.__module__.startswith("allauth.") or match.url_name == "account_logout":
            return None
        by_code = isinstance(request.user, Person) and not request.user.has_account
        return redirect("code_leave") if by_code else None


class AskAgainMiddleware:
    """Asks again who is there before a page that can give an account to somebody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead to a proof where there is none from the last minutes."""
        return asked_again(request)


class WayOnMiddleware:
    """Gives people with a task, and who came to an address in the wrong way, a sentence and a way on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; explain a refusal that a second factor would lift."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return wrong_method(request, response)
        if response.status_code in {403, 404} and actor_of(request).lacks_second_factor:
            return set_up_first(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """End the long session of a person with a task; a page that is the same for all does not look who asks."""
        return None if is_same_for_all(view) or not is_over(request) else sign_in_again(request)
