"""What holds for every request: it knows who asks (loaded once, when first needed), and its query is text."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.ui.requests import without_nul


class ActorMiddleware:
    """Adds the actor to the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its actor in place."""
        request.actor = cast("Actor", SimpleLazyObject(lambda: _actor(request)))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.user if isinstance(request.user, Person) else None)


class TextQueryMiddleware:
    """Leaves the sign NUL out of every query: no text holds it, and PostgreSQL refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as if the sign had not been sent."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            cleaned = QueryDict(mutable=True)
            for name, values in request.GET.lists():
                cleaned.setlist(without_nul(name), [without_nul(value) for value in values])
            request.GET = cleaned  # type: ignore[assignment]  # mutable here, read by views that do not change it
        return self.get_response(request)


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
