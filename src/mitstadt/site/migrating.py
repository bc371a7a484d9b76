"""Hosts that start together must not migrate together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Any number, as long as it stays the same: the lock that says "somebody migrates this city".
_LOCK = 7_106_447_261


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
