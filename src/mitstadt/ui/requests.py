"""The request as our views see it: typed, with the actor and htmx."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mitstadt.spine.actors import Actor


class CityRequest(HttpRequest):
    """A request with who asks."""

    actor: Actor
    htmx: HtmxDetails
