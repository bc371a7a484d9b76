"""The figures: for whom the operator named, and for nobody else; no figure names a person or an address."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

import trial_tasks
from mitstadt.ground.tasks.worker import run_until_empty
from mitstadt.site.apps import _count
from mitstadt.site.metrics.middleware import CountingMiddleware

pytestmark = pytest.mark.django_db
ADDRESS = "/metriken/"


def test_nobody_reads_them_unless_the_operator_says_so(client):
    assert client.get(ADDRESS).status_code == 403
    assert client.get(ADDRESS, HTTP_AUTHORIZATION="Bearer ").status_code == 403


def test_the_token_opens_them_and_a_wrong_one_does_not(client, settings):
    settings.METRICS_TOKEN = "sesam"

    assert client.get(ADDRESS, HTTP_AUTHORIZATION="Bearer sesam").status_code == 200
    assert client.get(ADDRESS, HTTP_AUTHORIZATION="Bearer sésam").status_code == 403
    assert client.get(ADDRESS).status_code == 403


def test_a_named_address_reads_them_but_not_who_comes_through_the_proxy_there(client, settings):
    settings.METRICS_FROM = [ip_network("10.0.0.0/8")]

    assert client.get(ADDRESS, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get(ADDRESS, REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.get(ADDRESS, REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 403
    assert client.get(ADDRESS, REMOTE_ADDR="").status_code == 403


def test_pages_are_counted_by_their_name_and_tasks_by_theirs(client, settings):
    settings.METRICS_TOKEN = "sesam"
    request = RequestFactory().get("/suche/", {"q": "Scheidung"})
    request.resolver_match = type("Match", (), {"url_name": "search"})()
    CountingMiddleware(lambda _request: HttpResponse())(request)
    CountingMiddleware(lambda _request: HttpResponse(status=404))(RequestFactory().generic("BREW", "/linh/"))
    _count(path="trial_tasks.found", outcome="done")

    told = client.get(ADDRESS, HTTP_AUTHORIZATION="Bearer sesam").content.decode()

    assert 'mitstadt_requests_total{method="GET",page="search",status="2xx"}' in told
    assert 'mitstadt_requests_total{method="other",page="other",status="4xx"}' in told
    assert 'mitstadt_tasks_total{outcome="done",task="found"}' in told
    assert "Scheidung" not in told
    assert "linh" not in told


def test_background_work_and_the_log_are_told_from_the_database(client, settings):
    settings.METRICS_TOKEN = "sesam"
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }
    trial_tasks.despair.enqueue()
    run_until_empty()
    trial_tasks.tell.enqueue(name="Chor")

    told = client.get(ADDRESS, HTTP_AUTHORIZATION="Bearer sesam").content.decode()

    assert "mitstadt_tasks_due 1.0" in told
    assert "mitstadt_tasks_dead 1.0" in told
    assert "mitstadt_log_acts 0.0" in told
