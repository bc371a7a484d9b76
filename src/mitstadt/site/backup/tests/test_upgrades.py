"""A city of the first version comes into this one, as a backup or while it lives, with every row and a way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.commands import migrate
from django.db import connection

from cast import jörg
from mitstadt.methods.shared.errors import MethodError
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.backup import archive, upgrading, versions
from mitstadt.site.management.commands import migrate as upgrade
from mitstadt.spine.models import Record
from other_city import mitstadt, new_postgres, ran
from prepared import FIRST_VERSION, SAID, city_of_the_first_version, copied, database_in

pytestmark = pytest.mark.slow
_OURS = tuple(f"tables/{app}." for app in ("areas", "drafting", "files", "organisations", "people", "spine"))

_AS_IT_WAS = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import transaction
from mitstadt.site.backup import archive, reading, secrets, versions
with archive.opened(Path(sys.argv[1])) as zipped:
    manifest = archive.checked_manifest(zipped)
    then = versions.made_as_it_was(manifest.migrations)
    with transaction.atomic():
        reading._load(zipped, manifest, then)
    with secrets.Exchange(reading._secrets(zipped, manifest)) as keys:
        keys.swap()
"""


@pytest.fixture
def url(tmp_path) -> Iterator[str]:
    """A new database, of the kind on which the whole suite runs."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'city.sqlite3'}"
        return
    with new_postgres("mitstadt_upgrade") as made:
        yield made


def _lives_in_the_first_version(url: str, var: Path) -> None:
    made = ran("-c", _AS_IT_WAS, str(FIRST_VERSION), url=url, var=var, DJANGO_SETTINGS_MODULE="mitstadt.site.settings")
    assert made.returncode == 0, made.stderr


def _rows_of(file: Path) -> dict[str, list[str]]:
    """The rows of each table of ours in a backup, whatever the order of its columns."""
    with archive.opened(file) as zipped:
        tables = [name for name in archive.checked_manifest(zipped).members if name.startswith(_OURS)]
        return {name: _rows(zipped.read(name).decode().splitlines()) for name in tables}


def _rows(lines: list[str]) -> list[str]:
    columns, *rows = map(json.loads, lines)
    return sorted(json.dumps(dict(zip(columns, row, strict=True)), sort_keys=True) for row in rows)


def test_a_backup_of_the_first_version_is_restored_into_this_one(url, tmp_path, tmp_path_factory):
    var = tmp_path / "var"
    if connection.vendor == "sqlite":
        url = database_in(copied(city_of_the_first_version(tmp_path_factory), var))
        said = (var / SAID).read_text()
    else:
        said = mitstadt("restore", str(FIRST_VERSION), url=url, var=var)

    assert "Its tables were those of Mitstadt" in said
    assert "0 faults." in said
    assert "SOUND" in mitstadt("log", "verify-city", url=url, var=var)


def test_a_living_city_of_the_first_version_is_backed_up_upgraded_and_could_go_back(url, tmp_path):
    var = tmp_path / "var"
    _lives_in_the_first_version(url, var)
    (var / "backups").write_text("in the way")

    said = mitstadt("manage", "migrate", url=url, var=var, code=2)
    assert "Without a backup nothing was changed" in said
    assert "Traceback" not in said
    (var / "backups").unlink()

    assert "First it is backed up" in mitstadt("manage", "migrate", url=url, var=var)
    assert "SOUND" in mitstadt("log", "verify-city", url=url, var=var)
    assert "All were right." in mitstadt("recount", url=url, var=var)
    # What is up to date is not backed up again; the one backup has what the first version had, row by row.
    assert "backed up" not in mitstadt("manage", "migrate", url=url, var=var)
    [file] = (var / "backups").glob("before-upgrade-*.zip")
    assert _rows_of(file) == _rows_of(FIRST_VERSION)


def test_a_backup_of_an_earlier_version_goes_into_a_new_database_alone(db):
    with pytest.raises(MethodError, match="new database"):
        versions.made_as_it_was({"spine": ("0001_records_rooms_and_the_log",)})


def test_a_migration_that_fails_says_how_to_go_back(db, monkeypatch):
    def fails(*_arguments, **_options):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(migrate.Command, "handle", fails)
    monkeypatch.setattr(upgrade, "backed_up_first", lambda **_how: Path("/backups/before.zip"))

    with pytest.raises(MethodError) as told:
        upgrade.Command().handle(database="default")

    assert "./mitstadt restore /backups/before.zip --replace" in told.value.sentence
    assert "no such thing" in told.value.sentence


def test_a_fresh_database_needs_no_backup(db, tmp_path, monkeypatch):
    monkeypatch.setattr(versions, "pending", lambda: ["spine.0009_something"])

    assert upgrading.backed_up_first(now=None, say=print) is None  # it has no rows


def test_after_all_migrations_every_number_is_counted_anew_and_only_then(db, monkeypatch):
    said = comment_at(passage(opened(), "Der Platz"), actor=jörg())
    monkeypatch.setattr(migrate.Command, "handle", lambda *_arguments, **_options: None)
    monkeypatch.setattr(upgrade, "backed_up_first", lambda **_how: None)

    def count_after(pending: list[str]) -> int:
        Record.objects.filter(pk=said.pk).update(support_count=7)
        monkeypatch.setattr(versions, "pending", lambda: pending)
        upgrade.Command().handle(database="default")
        return Record.objects.get(pk=said.pk).support_count

    assert count_after([]) == 7
    assert count_after(["spine.0009_something"]) == 0
