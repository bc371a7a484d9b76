"""What every test of pages stands on: a client that reads like a validator, the cast's time, empty rate counters."""

import pytest
from django.core.cache import cache
from django.utils.translation import override

from cast import NOW
from html_client import CityClient
from mitstadt.ground import clock


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


@pytest.fixture(autouse=True)
def _language_of_the_city():
    with override("de"):
        yield


@pytest.fixture(autouse=True)
def _time_of_the_cast(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client() -> CityClient:
    """Django's client, strict about every page, without a check of titles across pages."""
    return CityClient(unique_titles=False)
