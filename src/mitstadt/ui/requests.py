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
