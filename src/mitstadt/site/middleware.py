"""Every request knows who asks: `request.actor` is loaded once, when first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor, actor_for


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
