"""No file may grow beyond a limit, as on a disk that fills up: nothing acknowledged is lost, no secret is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from mitstadt.ground.private_files import read_secret
from other_city import mitstadt, ran
from prepared import copied, empty_city
from scale import thorough

pytestmark = pytest.mark.slow

_SPEAK = """
import os, sys
import django
django.setup()
from django.conf import settings
from django.db import transaction
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import OrganisationKind
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.organisations import OrganisationFacts, found_organisation, found_platform
from mitstadt.spine.actions.log import publish_head
from mitstadt.spine.actors import actor_for
try:
    leader = Person.objects.create_account(email="l@example.org", display_name="Leitung")
    found_platform(OrganisationFacts("Rathaus", OrganisationKind.OFFICE), leader=leader, now=clock.now())
    print("Rathaus", flush=True)
    for number in range(400):
        name = f"Verein {number} " + "x" * 60
        found_organisation(OrganisationFacts(name, OrganisationKind.OFFICE), actor=actor_for(leader), now=clock.now())
        print(name, flush=True)
        if number % 50 == 0:
            publish_head(now=clock.now())
except Exception as error:
    print(type(error).__name__, error, file=sys.stderr)
"""
_HEARD = """
import django
django.setup()
from mitstadt.ground.organisations.models import Organisation
print("\\n".join(Organisation.objects.values_list("name", flat=True)))
"""
SETTINGS = "mitstadt.site.settings"


@pytest.fixture
def empty(tmp_path_factory) -> Path:
    """The folder of a city with no row."""
    return empty_city(tmp_path_factory)


def _empty_files(var: Path) -> list[str]:
    return [path.name for path in var.iterdir() if path.is_file() and not path.stat().st_size]


@pytest.mark.parametrize("room_kb", [*range(0, 400, 40)] if thorough() else [80])
def test_what_was_acknowledged_before_the_disk_was_full_is_there_and_the_city_goes_on(tmp_path, empty, room_kb):
    var = copied(empty, tmp_path / "var")
    size = (var / "mitstadt.sqlite3").stat().st_size

    spoken = ran("-c", _SPEAK, url="", var=var, largest_file=size + room_kb * 1024, DJANGO_SETTINGS_MODULE=SETTINGS)

    receipts = spoken.stdout.splitlines()
    assert len(receipts) < 401
    assert "Traceback" not in spoken.stderr
    assert not [name for name in _empty_files(var) if not name.endswith(("-wal", "-shm"))]
    heard = ran("-c", _HEARD, url="", var=var, DJANGO_SETTINGS_MODULE=SETTINGS)
    assert set(receipts) <= set(heard.stdout.splitlines()), heard.stderr
    assert "0 faults." in mitstadt("backup", str(tmp_path / "after.zip"), url="", var=var)


@pytest.mark.parametrize("limit", [0, 20, 60, 1000, 100_000] if thorough() else [20])
def test_secrets_are_whole_or_not_there_and_a_backup_that_does_not_fit_is_none(tmp_path, limit):
    var = tmp_path / "var"
    file = tmp_path / "city.zip"

    said = ran("-m", "mitstadt.site.commandline", "backup", str(file), url="", var=var, largest_file=limit)

    assert said.returncode == 2
    assert "Traceback" not in said.stderr, said.stderr
    assert not file.exists()
    for name in ("secret_key", "code_pepper", "log_key"):
        if (var / name).exists():
            assert read_secret(var / name)
    assert not list(var.glob(".*"))
