"""What all tests share."""

import csv
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings as hypothesis_settings

# The workers of a run share the cores; read by the library before its first computation.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
EVERYDAY_EXAMPLES, THOROUGH_EXAMPLES = 20, 300


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the thorough run."""
    parser.addoption("--thorough", action="store_true", help="large instances, many examples, every page in every look")


def pytest_configure(config: pytest.Config) -> None:
    """Say how large the laws are tried, before any test is read."""
    thorough = config.getoption("--thorough")
    os.environ["MITSTADT_THOROUGH"] = "1" if thorough else "0"
    many = THOROUGH_EXAMPLES if thorough else EVERYDAY_EXAMPLES
    hypothesis_settings.register_profile("suite", derandomize=True, max_examples=many, deadline=None)
    hypothesis_settings.load_profile("suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is thorough to the thorough run."""
    if config.getoption("--thorough"):
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> Iterator[None]:
    """The place where pytest-django lets the database be prepared: SQLite is migrated once, not once a worker."""
    from migrated_once import migrated_once

    with migrated_once(pytestconfig.cache.mkdir("migrated")):
        yield


@pytest.fixture(autouse=True)
def keys_of_their_own(settings, tmp_path):
    """No test touches the keys, mails or uploads of a real city."""
    settings.LOG_KEY_FILE = tmp_path / "log_key"
    settings.ERASURES_FILE = tmp_path / "erasures.txt"
    settings.BACKUPS = tmp_path / "backups"
    settings.TURN_KEYS = tmp_path / "turn_keys"
    settings.MAILBOX = tmp_path / "mails"
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def commands_speak_english(monkeypatch):
    """What commands print is read in English, whatever the machine speaks."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(autouse=True)
def language_of_its_own() -> Iterator[None]:
    """The language of the last page that a test read is not spoken in the next."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def limits_of_its_own():
    """What one test counted against a limit does not stop the next; the size of CSV cells is one for the process."""
    cache.clear()
    csv.field_size_limit(131_072)


@pytest.fixture
def one_database_file(transactional_db: None, tmp_path: Any) -> Iterator[None]:
    """This test and all its threads work on one database file, as in a city.

    The test's own SQLite lives in memory, where one thread locks whole tables against the others without waiting.
    """
    from django.db import connection, connections

    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory = connection.connection
    file = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        in_memory.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    with ExitStack() as names:
        for known in (connections.settings["default"], connection.settings_dict):
            names.enter_context(mock.patch.dict(known, NAME=str(file)))
        connection.connection = None
        yield
        connection.close()
    connection.connection = in_memory


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., list[Any]]]:
    """Builds what all tests of a file find in the database; see tests/standing.py."""
    from standing import kept

    with ExitStack() as until_the_end:

        def stand(*builders: Callable[[], Any]) -> list[Any]:
            with _as_in_a_test(django_db_blocker, tmp_path_factory):
                made: list[Any] = until_the_end.enter_context(kept(builders))
            return made

        yield stand
        with django_db_blocker.unblock():
            until_the_end.close()


@contextmanager
def _as_in_a_test(blocker: Any, folders: pytest.TempPathFactory) -> Iterator[None]:
    """The database is open, the city speaks German, the keys are a test's own and it is the day of the cast."""
    from django.conf import settings
    from django.utils.translation import override

    from cast import NOW
    from mitstadt.ground import clock

    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), override("de"):
        patch.setattr(settings, "LOG_KEY_FILE", folders.mktemp("city") / "log_key")
        patch.setattr(clock, "now", lambda: NOW)
        yield


@pytest.fixture(scope="module", autouse=True)
def _what_stands(request: pytest.FixtureRequest) -> None:
    """Build what the file asks for with ``pytest.mark.stands.with_args(builder, …)``."""
    for marker in request.node.iter_markers("stands"):
        request.getfixturevalue("standing")(*marker.args)
