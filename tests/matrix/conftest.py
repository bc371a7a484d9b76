"""What the tests of all addresses share: the time of the cast, and a city that is built once a file."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import override

import whole_city
from cast import NOW
from mitstadt.ground import clock


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole city; what a test changes in it is undone after the file."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(settings, "LOG_KEY_FILE", tmp_path_factory.mktemp("city") / "log_key")
        with override("de"), transaction.atomic():
            yield whole_city.build()
            transaction.set_rollback(True)


@pytest.fixture
def city(built):
    """The whole city as it was built; each test finds it untouched."""
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def db(city):
    """The database of a test is the city; pytest-django's own fixture would close the connection under it."""
