"""What the environment says becomes settings; a wrong word is told, and what SQLite was asked to do it does."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from mitstadt.site.settings import environment, secrets


@pytest.fixture
def city_file(tmp_path, django_db_blocker):
    """A connection to a database file of a city, with the settings of a real one."""
    handler = ConnectionHandler({"default": environment.sqlite(str(tmp_path / "city.sqlite3"))})
    with django_db_blocker.unblock():
        yield handler["default"]
        handler["default"].close()


def test_an_acknowledged_contribution_survives_a_power_cut(city_file):
    """WAL, full synchronisation, foreign keys: read back from SQLite itself."""
    with city_file.cursor() as cursor:
        read = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }

    assert read == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
        "secure_delete": 1,
    }


def test_a_second_writer_waits_from_the_first_statement_of_a_transaction_on(city_file):
    """Or else it would fail in the middle, when it turns from reading to writing."""
    city_file.ensure_connection()
    with closing(sqlite3.connect(city_file.settings_dict["NAME"], timeout=0, isolation_level=None)) as other:
        city_file.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        city_file.rollback()
        city_file.set_autocommit(True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"NAME": "/var/city.sqlite3"}),
        ("sqlite:///data/city.db", {"NAME": "data/city.db"}),
        ("sqlite:////data/city.db", {"NAME": "/data/city.db"}),
        (
            "postgres://me:p%40ss@db.example:5433/city",
            {"NAME": "city", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"},
        ),
    ],
)
def test_the_database_is_named_by_its_address(monkeypatch, url, expected):
    monkeypatch.setenv("DATABASE_URL", url)

    found = environment.database(Path("/var/city.sqlite3"))

    assert {name: found[name] for name in expected} == expected


def test_a_database_that_we_do_not_know_is_named_in_a_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://db/city")

    with pytest.raises(ImproperlyConfigured, match="begins with “mysql”"):
        environment.database(Path("city.sqlite3"))


@pytest.mark.parametrize(("word", "expected"), [("yes", True), ("1", True), ("Off", False), ("", False)])
def test_yes_and_no_may_be_said_in_many_words(monkeypatch, word, expected):
    monkeypatch.setenv("MITSTADT_DEMO", word)

    assert environment.flag("MITSTADT_DEMO") is expected


def test_neither_yes_nor_no_is_told(monkeypatch):
    monkeypatch.setenv("MITSTADT_DEMO", "vielleicht")

    with pytest.raises(ImproperlyConfigured, match="MITSTADT_DEMO is “vielleicht”"):
        environment.flag("MITSTADT_DEMO")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "secret"
    file.write_text("nur für die Stadt\n", encoding="utf-8")
    monkeypatch.setenv("MITSTADT_SECRET_KEY_FILE", str(file))

    assert environment.text("MITSTADT_SECRET_KEY") == "nur für die Stadt"


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path):
    first = secrets.kept_in(tmp_path / "var" / "secret_key")

    assert secrets.kept_in(tmp_path / "var" / "secret_key") == first
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
