"""What tests with threads share."""

import sqlite3
from collections.abc import Callable

import pytest
from django.db import connection, connections


@pytest.fixture
def shared_database(tmp_path, monkeypatch) -> Callable[[], None]:
    """Call it when the city stands: threads then work on one database, as on a server.

    The test's own SQLite lives in memory, where threads would lock whole tables; a copy in a file behaves as in a city.
    """

    def move() -> None:
        if connection.vendor != "sqlite":
            return
        file = tmp_path / "city.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
            # As migrating leaves it: threads that all change the mode at once lock each other out.
            copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

    return move
