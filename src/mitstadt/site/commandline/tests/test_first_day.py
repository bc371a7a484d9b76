"""The first day of a city: on an empty machine each command works, or says in one sentence what is to be done first."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from django.db.utils import OperationalError, ProgrammingError

from mitstadt.site.commandline.frame.database import trouble_told

_SOURCE = Path(__file__).parents[4]


def typed(*words: str, var: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MITSTADT_", "DJANGO_"))}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "mitstadt.site.commandline", *words],
        env={**environment, "PYTHONPATH": str(_SOURCE), "MITSTADT_VAR": str(var), "LANGUAGE": "de", **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def found(var: Path, organisation: str, leader: str, *more: str) -> subprocess.CompletedProcess[str]:
    said = ("--organisation", organisation, "--leader", leader, "--areas", "none", *more)
    return typed("manage", "found_city", *said, var=var)


@pytest.fixture(scope="module")
def first_day(tmp_path_factory):
    """The folder of a city, made by founding it; what another command said in an empty one, and what founding said."""
    var = tmp_path_factory.mktemp("first_day") / "var"
    told = typed("tasks", var=tmp_path_factory.mktemp("empty"))
    return var, told, found(var, "Stadt Kleinstedt", "anna@example.org")


def test_the_city_is_founded_by_the_first_command_of_all(first_day):
    var, told, founded = first_day

    assert told.returncode == 2
    assert told.stderr.strip() == (
        "Die Datenbank ist nicht auf dem Stand dieses Programms. Starten Sie ./mitstadt manage migrate."
    )
    assert founded.returncode == 0, founded.stderr
    assert "anna@example.org leads it" in founded.stdout
    assert "http://127.0.0.1:8000/anmelden/" in founded.stdout
    assert "MITSTADT_MAIL_HOST" in founded.stderr, "nobody listens on port 25 of a test machine"

    looked = typed("doctor", "--json", var=var)
    verdicts = {one["key"]: one["verdict"] for one in json.loads(looked.stdout)}
    assert looked.returncode == 1
    assert (verdicts["machine"], verdicts["worker"], verdicts["areas"]) == ("fine", "bad", "open")


def test_a_slip_of_the_keyboard_at_a_second_call_founds_nothing_and_makes_nobody_a_leader(first_day, tmp_path):
    shutil.copytree(first_day[0], tmp_path, dirs_exist_ok=True)
    found_here = partial(found, tmp_path)

    again = found_here("Stadt Kleinstedt", "anna@example.org")
    assert (again.returncode, "/anmelden/" in again.stdout) == (0, True)

    other = found_here("Stadt Kleinstadt", "anna@example.org")
    mistyped = found_here("Stadt Kleinstedt", "ana@example.org")
    assert (other.returncode, "run by Stadt Kleinstedt already" in other.stderr) == (2, True)
    assert (mistyped.returncode, "--further-leader" in mistyped.stderr) == (2, True)
    assert found_here("Stadt Kleinstedt", "ana@example.org", "--further-leader").returncode == 0

    looked = typed("doctor", "--json", var=tmp_path)
    verdicts = {one["key"]: one["verdict"] for one in json.loads(looked.stdout)}
    assert (verdicts["leaders"], verdicts["name"]) == ("open", "open")
    named = typed("doctor", "--json", var=tmp_path, MITSTADT_SITE_NAME="Kleinstedt")
    assert {one["key"]: one["verdict"] for one in json.loads(named.stdout)}["name"] == "fine"


def test_which_areas_a_city_begins_with_is_said_not_guessed(tmp_path):
    told = typed("manage", "found_city", "--organisation", "Stadt", "--leader", "l@example.org", var=tmp_path)

    assert told.returncode == 2
    assert "--areas" in told.stderr


def test_a_nightly_job_reads_the_settings_of_the_city_from_its_file(tmp_path):
    file = tmp_path / "stadt.env"
    file.write_text("MITSTADT_SITE_NAME=Seestadt\n")
    code = "from django.conf import settings as s; print(s.UI_SITE_NAME)"

    told = typed("manage", "shell", "-v", "0", "-c", code, var=tmp_path, MITSTADT_SETTINGS=str(file))

    assert told.stdout.strip() == "Seestadt", told.stderr


def test_a_city_that_names_no_operator_names_no_other_city(tmp_path):
    words = typed(
        "manage",
        "shell",
        "-v",
        "0",
        "-c",
        "from django.conf import settings as s; print(s.UI_OPERATOR, s.UI_SITE_NAME)",
        var=tmp_path,
    )

    assert words.stdout.split() == ["Mitstadt"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("no such table: people_person"), "migrate"),
        (OperationalError("no such column: spine_record.room_id"), "migrate"),
        (ProgrammingError('relation "people_person" does not exist\nLINE 1: …'), "migrate"),
        (OperationalError("connection failed: connection to server at “127.0.0.1” refused"), "DATABASE_URL"),
        (OperationalError("unable to open database file"), "MITSTADT_VAR"),
    ],
)
def test_what_an_operator_can_mend_is_told(error, told):
    assert told in str(trouble_told(error))


@pytest.mark.parametrize("error", [OperationalError("database is locked"), ValueError("no such table: x")])
def test_an_error_of_the_program_stays_one(error):
    assert trouble_told(error) is None
