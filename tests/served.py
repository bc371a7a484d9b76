"""The whole city behind a real server, and a real browser in front of it: fixtures for journeys and for the look.

The server is a process of its own on a database of its own, and its clock is the real one. It is stopped by its own id.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from writing import City, free_port

_BUILD = """
import json
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
import cast
cast.NOW = timezone.now()
import whole_city
from mitstadt.ground.areas.actions import load_shipped_city
load_shipped_city("berlin", now=cast.NOW)
with transaction.atomic():
    city = whole_city.build()
sessions = {}
for name, person in city.people.items():
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    sessions[name] = session.session_key
names = (
    "process", "other", "draft", "text", "draft_text", "passage", "old_passage", "contribution", "comment", "held",
    "hidden",
)
refs = {name: getattr(city, name).ref for name in names}
print(json.dumps({"sessions": sessions, "refs": refs, "unused_code": city.unused_code}))
"""


@dataclass(frozen=True)
class Served:
    """Where the city answers, the refs of what stands in it, and the sessions of its people."""

    address: str
    refs: dict[str, str]
    sessions: dict[str, str]
    unused_code: str

    def url(self, path: str) -> str:
        """An address, with {process} and the like filled in."""
        return self.address + path.format(**self.refs)

    def cookies(self, persona: str) -> list[Any]:
        """What the browser of this persona holds."""
        if persona == "guest":
            return []
        return [{"name": "mitstadt_session", "value": self.sessions[persona], "url": self.address}]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole city, served until the tests of a file are done."""
    city = City(tmp_path_factory.mktemp("served"), free_port(), workers=1)
    city.prepare()
    made = json.loads(city.run("-c", _BUILD))
    city.start()
    try:
        yield Served(f"http://127.0.0.1:{city.port}", made["refs"], made["sessions"], made["unused_code"])
    finally:
        city.stop()


def chromium() -> str | None:
    """The browser of this machine; where one is required, its absence is a failure."""
    found = os.environ.get("MITSTADT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found and Path(found).exists():
        return found
    if os.environ.get("MITSTADT_BROWSER") == "required":
        pytest.fail("MITSTADT_BROWSER=required, and there is no Chromium: install it or set MITSTADT_CHROMIUM.")
    return None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        pytest.skip("There is no Chromium here: install it or set MITSTADT_CHROMIUM.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(served: Served, browser: Any) -> Iterator[Any]:
    """Opens a page in which a persona is signed in; all are closed after the test."""
    contexts = []

    def open_page(persona: str = "guest", **options: Any) -> Any:
        context = browser.new_context(locale="de-DE", **options)
        context.add_cookies(served.cookies(persona))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
