"""Visit pages as one of the cast, on the day of the tests."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from django.test import Client

from cast import NOW
from html_client import CityClient
from mitstadt.ground import clock
from mitstadt.spine.actors import Actor

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def visit(who: Actor | None = None) -> CityClient:
    """A browser in which this person is signed in; without one, a guest's."""
    client = CityClient()
    if who is not None and who.person is not None:
        client.force_login(who.person, backend=_BACKEND)
    return client


def just_proved(client: Client, *, minutes_ago: int = 0) -> Client:
    """The same browser, in which the person proved so long ago who they are."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 60 * minutes_ago}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def on_day(monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> None:
    """Let pages see this moment as the present one."""
    monkeypatch.setattr(clock, "now", lambda: now)
