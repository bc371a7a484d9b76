"""What load balancers ask: whether the process lives, and whether the city can work here. Nobody learns a secret."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from mitstadt.site import readiness
from mitstadt.spine.actions.log import publish_head

FOREIGN = {"HTTP_HOST": "10.2.3.4:8000"}


def broken(*_args, **_kwargs):
    raise OperationalError("password=geheim host=db.example.org")


def test_a_living_process_answers_without_the_database_and_to_any_host(client):
    answer = client.get("/gesund/", **FOREIGN)

    assert (answer.status_code, answer.content.decode()) == (200, "Es geht mir gut.\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/gesund/").status_code == 405


@pytest.mark.django_db
def test_a_city_that_can_work_is_ready(client):
    assert client.get("/bereit/", **FOREIGN).status_code == 200
    with translation.override("de"):
        assert client.get("/en/bereit/").status_code == 404, "machines ask in one language"


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_in_a_sentence_and_no_secret(client, monkeypatch, caplog):
    monkeypatch.setattr(connection, "cursor", broken)

    answer = client.get("/bereit/")

    assert (answer.status_code, answer.content.decode()) == (503, "Die Datenbank antwortet nicht.\n")
    assert "geheim" not in caplog.text


@pytest.mark.django_db
def test_a_cache_that_is_away_is_told(client, monkeypatch):
    monkeypatch.setattr(cache, "set", broken)

    assert client.get("/bereit/").content.decode() == "Der gemeinsame Zwischenspeicher antwortet nicht.\n"


@pytest.mark.django_db
def test_a_database_of_another_version_is_told(client, monkeypatch):
    monkeypatch.setattr(readiness, "_all_there", [])
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: ["one is missing"])

    answer = client.get("/bereit/")

    assert answer.status_code == 503
    assert "./mitstadt manage migrate" in answer.content.decode()


@pytest.mark.django_db
def test_a_machine_without_the_key_of_the_log_is_not_ready(client, settings, tmp_path):
    from mitstadt.ground import clock

    publish_head(now=clock.now())
    assert client.get("/bereit/").status_code == 200
    settings.LOG_KEY_FILE = tmp_path / "elsewhere"

    assert "MITSTADT_LOG_KEY" in client.get("/bereit/").content.decode()
