"""The shipped Berlin, loaded once for all tests of the areas."""

import datetime as dt

import pytest
from django.db import transaction

from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import Area

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def today() -> dt.date:
    return NOW.date()


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """Berlin in a transaction around all tests of a file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped_city("berlin", now=NOW)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def berlin(loaded_once, db) -> Area:
    return Area.objects.get(slug="berlin")
