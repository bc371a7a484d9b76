"""Who asks: one browser for each persona, signed in as far as the persona can be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.test import Client

from mitstadt.ground.people.models import Person
from visits import just_proved
from whole_city import WholeCity

# Columns of the table, in its order. Linh is the guest; the platform's moderator works for the whole city.
PERSONAS = ("guest", "code", "other_code", "joerg", "ayse", "krueger", "editor", "malik", "pankow", "platform")
# Those who have no part in the open process of Mitte and none in its preparation.
STRANGERS = ("guest", "code", "other_code", "joerg", "pankow")
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def finish(response: HttpResponseBase) -> None:
    """Close an answer as a server does, but not the connection: its transaction holds the city."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def sign_in(someone: Person) -> str:
    """The session in which this person is signed in."""
    client = Client()
    client.force_login(someone, backend=_BACKEND)
    # Lately, so that the pages of an account are looked at, and not the question before them.
    just_proved(client)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def browser(city: WholeCity, persona: str, *, kind: type[Client] = Client, **options: Any) -> Client:
    """A browser in which this persona is signed in."""
    client = kind(raise_request_exception=False, **options)
    if persona != "guest":
        client.cookies[settings.SESSION_COOKIE_NAME] = city.cookies[persona]
    return client
