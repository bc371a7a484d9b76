"""The request as our views see it: with who asks."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from mitstadt.spine.actors import Actor


class CityRequest(HttpRequest):
    """A request to which `ActorMiddleware` added the actor."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return cast("CityRequest", request).actor


def page_number(request: HttpRequest, parameter: str = "seite") -> int:
    """The page of a list that the address asks for; 1 where it asks for none or for nonsense."""
    wanted = request.GET.get(parameter, "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 1
