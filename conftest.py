"""What all tests share."""

import csv

import pytest
from django.core.cache import cache
from hypothesis import settings

settings.register_profile("suite", derandomize=True, max_examples=50, deadline=None)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def keys_of_their_own(settings, tmp_path):
    """No test touches the keys, mails or uploads of a real city."""
    settings.LOG_KEY_FILE = tmp_path / "log_key"
    settings.TURN_KEYS = tmp_path / "turn_keys"
    settings.MAILBOX = tmp_path / "mails"
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def commands_speak_english(monkeypatch):
    """What commands print is read in English, whatever the machine speaks."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(autouse=True)
def limits_of_its_own():
    """What one test counted against a limit does not stop the next; the size of CSV cells is one for the process."""
    cache.clear()
    csv.field_size_limit(131_072)
