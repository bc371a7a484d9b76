"""The demo city, built once for all tests that look at it; whatever a test changes is taken back."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.test import override_settings

from cast import NOW
from mitstadt.site.demo import builder
from mitstadt.site.demo.reading import read_city

# Enough to see that supports count, and guests apart; the thousands of a whole city would only take longer.
MOST_SUPPORTS = 3


@pytest.fixture(scope="module")
def log_key_file(tmp_path_factory):
    """The key with which the city signs its log."""
    return tmp_path_factory.mktemp("demo") / "log_key"


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, log_key_file):
    """What building gave, with the city in the database."""
    with (
        django_db_blocker.unblock(),
        override_settings(LOG_KEY_FILE=log_key_file),
        transaction.atomic(),
    ):
        yield builder.build(now=NOW, city=replace(read_city(), most_supports=MOST_SUPPORTS))
        transaction.set_rollback(True)
