"""Another city on this machine: its own database and keys, reached as an operator does, by the command line."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

SRC = Path(__file__).resolve().parents[1] / "src"
POSTGRES = "postgresql://postgres@127.0.0.1:5432"
# The slice that the suite adds has tables too.
FURTHER = "mitstadt.site.tests.second"


def ran(
    *words: str, url: str, var: Path, largest_file: int | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """What came of Python with these words in another city; no file it writes grows beyond `largest_file` bytes."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MITSTADT_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(  # our own interpreter
        [sys.executable, *words],
        env={
            **environment,
            "PYTHONPATH": os.pathsep.join((str(SRC), str(SRC.parent / "tests"))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MITSTADT_VAR": str(var),
            "DATABASE_URL": url,
            "MITSTADT_SLICES": FURTHER,
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=None if largest_file is None else lambda: _limit(largest_file),  # no threads here
    )


def mitstadt(*arguments: str, url: str, var: Path, code: int = 0) -> str:
    """What ./mitstadt says there; it ends with this code."""
    result = ran("-m", "mitstadt.site.commandline", *arguments, url=url, var=var)
    assert result.returncode == code, result.stderr + result.stdout
    return result.stdout + result.stderr


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def new_postgres(name: str) -> Iterator[str]:
    """The address of a new PostgreSQL database on this machine; skipped where none answers."""
    try:
        server = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as error:
        pytest.skip(f"No PostgreSQL answers on 127.0.0.1:5432 for the user postgres: {error}")
    name = f"{name}_{os.getpid()}"
    with server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as again:
            again.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
