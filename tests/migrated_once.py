"""What migrations make of an SQLite database, kept in a file until a migration or a model changes.

PostgreSQL runs them every time, and so does SQLite after any change; between changes a run saves seconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import allauth
import django
from django.core.management import call_command
from django.db import connection

SOURCE = Path(__file__).resolve().parents[1] / "src" / "mitstadt"


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """Let the test database be made from the file in this folder, which is made where it is missing."""
    with mock.patch("django.core.management.call_command", lambda *a, **o: _instead(folder, *a, **o)):
        yield


def _instead(folder: Path, name: str, *arguments: Any, **options: Any) -> None:
    # Only Django's own making of a test database asks for this option.
    if name != "migrate" or not options.get("run_syncdb") or connection.vendor != "sqlite":
        call_command(name, *arguments, **options)
        return
    file = folder / f"{_key()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            call_command(name, *arguments, **options)
            _keep(file)
            return
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(connection.connection)


def _keep(file: Path) -> None:
    for older in file.parent.glob("*.sqlite3"):
        older.unlink()
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as kept:
        connection.connection.backup(kept)
    os.replace(unfinished, file)  # noqa: PTH105  # either the whole file or none


def _key() -> str:
    """Names everything that decides what the tables look like."""
    files = [*SOURCE.rglob("migrations/*.py"), *SOURCE.rglob("models.py"), *SOURCE.rglob("models/*.py")]
    digest = hashlib.sha256(f"{django.VERSION} {allauth.__version__}".encode())
    for file in sorted(files):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:20]
