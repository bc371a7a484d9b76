"""Who asks: one browser for each persona, signed in as far as the persona can be."""

from __future__ import annotations

from typing import Any

from django.test import Client

from whole_city import WholeCity

# Columns of the table, in its order. Linh is the guest; the platform's moderator works for the whole city.
PERSONAS = ("guest", "code", "other_code", "joerg", "ayse", "krueger", "editor", "malik", "pankow", "platform")
# Those who have no part in the open process of Mitte and none in its preparation.
STRANGERS = ("guest", "code", "other_code", "joerg", "pankow")
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser(city: WholeCity, persona: str, *, kind: type[Client] = Client, **options: Any) -> Client:
    """A browser in which this persona is signed in."""
    client = kind(raise_request_exception=False, **options)
    if persona != "guest":
        client.force_login(city.people[persona], backend=_BACKEND)
    return client
