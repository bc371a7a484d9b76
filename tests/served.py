"""The whole city behind a real server, and a real browser in front of it: fixtures for journeys and for the look.

The server is a process of its own on a database of its own, and its clock is the real one. It is stopped by its own id.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from benchmarks.served_city import City, free_port, served_city

from other_city import FURTHER, new_postgres
from prepared import SAID, copied, empty_city, made_once

_BUILD = """
import json
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone
from mitstadt.ground.people.sessions import SessionStore
import cast
cast.NOW = timezone.now()
import whole_city
from mitstadt.spine.actions.log import publish_head
from mitstadt.ground.areas.actions import load_shipped_city
load_shipped_city("berlin", now=cast.NOW)
with transaction.atomic():
    city = whole_city.build()
    publish_head()
sessions = {}
for name, person in city.people.items():
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session["signed_in_at"] = timezone.now().timestamp()
    session["account_authentication_methods_user"] = str(person.pk)
    session.create()
    sessions[name] = session.session_key
print(json.dumps({"sessions": sessions, "refs": city.refs, "unused_code": city.codes["unused"]}))
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


def _whole_city(folders: pytest.TempPathFactory) -> Path:
    def build(var: Path) -> str:
        copied(empty_city(folders), var)
        # With the keys of the city that will be served.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MITSTADT_SLICES", FURTHER)
            return City(var, 0, workers=1).run("-c", _BUILD)

    return made_once(folders, "whole", build)


# A city that is attacked stands on SQLite every day, and on PostgreSQL too at night.
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)]


@contextmanager
def city_on(database: str, folders: pytest.TempPathFactory, *, clients: int, workers: int) -> Iterator[City]:
    """A served city on one of these databases."""
    if database == "sqlite":
        with served_city(clients=clients, workers=workers, prepared=empty_city(folders)) as city:
            yield city
        return
    with new_postgres("mitstadt_attacked") as url, served_city(clients=clients, workers=workers, database=url) as city:
        yield city


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole city with the made-up slice, served until the tests of a file are done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MITSTADT_SLICES", FURTHER)
        yield from _served(tmp_path_factory)


def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    city = City(tmp_path_factory.mktemp("served"), free_port(), workers=1)
    copied(_whole_city(tmp_path_factory), city.folder)
    made = json.loads((city.folder / SAID).read_text())
    city.start()
    try:
        yield Served(f"http://127.0.0.1:{city.port}", made["refs"], made["sessions"], made["unused_code"])
    finally:
        city.stop()


# Without the process that draws with a graphics card, which no machine of a test has.
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu"]


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
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
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
