"""Every request knows who asks: `request.actor` is loaded once, when first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
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
