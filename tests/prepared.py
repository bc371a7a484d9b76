"""Cities that tests find ready in a folder, made once for all workers of a run: copy one, it is then the test's own."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.served_city import PREPARE

from other_city import mitstadt, ran

FIRST_VERSION = Path(__file__).parent / "upgrades" / "first_version.zip"
# What a command said while the city was made, beside its database.
SAID = "said.txt"


def empty_city(folders: pytest.TempPathFactory) -> Path:
    """No row, all tables and the static files."""
    return made_once(folders, "empty", _said_by_making_tables)


def city_of_the_first_version(folders: pytest.TempPathFactory) -> Path:
    """What `./mitstadt restore` makes of a backup of the first version."""
    return made_once(
        folders, "first", lambda var: mitstadt("restore", str(FIRST_VERSION), url=database_in(var), var=var)
    )


def database_in(var: Path) -> str:
    """The address of the SQLite database in a folder."""
    return f"sqlite:///{var / 'mitstadt.sqlite3'}"


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], str]) -> Path:
    """The folder of this name, in which something was made by whoever asked first; what it said is kept beside it."""
    shared = folders.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folders.getbasetemp()
    folder = shared / f"city-{name}"
    with (shared / f"city-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = shared / f"city-{name}.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            if said := make(unfinished):
                (unfinished / SAID).write_text(said)
            unfinished.rename(folder)
    return folder


def copied(folder: Path, to: Path) -> Path:
    """A city of one's own, as it is in this folder."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return to


def _said_by_making_tables(var: Path) -> str:
    # With those of the made-up slice.
    done = ran("-c", PREPARE, url=database_in(var), var=var, DJANGO_SETTINGS_MODULE="mitstadt.site.settings")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
