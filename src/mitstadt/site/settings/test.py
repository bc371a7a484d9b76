"""Settings of the test-suite: fast hashing, everything in memory, no mail leaves the process."""

import os
import tempfile
from pathlib import Path

# The package above is read first, so both are said twice: for it, and for whoever asks the environment later.
os.environ.setdefault("MITSTADT_SECRET_KEY", "only-for-tests")
os.environ.setdefault("MITSTADT_CODE_PEPPER", "only-for-tests-too")

from mitstadt.site.settings import *  # noqa: F403  # a settings file is a list of names
from mitstadt.site.settings import CACHES, MIDDLEWARE, STORAGES, TEMPLATES

SECRET_KEY = "only-for-tests"
CODE_PEPPER = b"only-for-tests-too"
# Tests that run side by side are not one machine of a city.
_OWN = tempfile.TemporaryDirectory(prefix="mitstadt-turns-")
TURNS_FOLDER = Path(_OWN.name)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The cast has had its roles since the day that a test is built, and acts on another. Tests about it ask for it.
SECOND_FACTOR_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Nobody works while a test runs: a task is done where it is enqueued.
TASKS = {"default": {"BACKEND": "mitstadt.ground.tasks.backend.InlineBackend", "QUEUES": ["default", "mail"]}}
# One process runs a test; the shared cache has tests of its own.
CACHES = {name: {"BACKEND": CACHES["drawings"]["BACKEND"], "LOCATION": name} for name in CACHES}
STORAGES = {
    **STORAGES,
    "prints": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # type: ignore[index]  # Django's settings are untyped
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
