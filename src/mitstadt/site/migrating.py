"""The database of this city, made or brought to this version; hosts that start together must not migrate together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

# Any number, as long as it stays the same: the lock that says "somebody migrates this city".
_LOCK = 7_106_447_261


def make_or_migrate() -> None:
    """Every table of this version is there, on a machine that held nothing as in a city that has long been running."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with one_at_a_time():
        call_command("migrate", verbosity=0)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other host migrates. SQLite has one host, and locks its file itself."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
