"""Settings of the test-suite: fast hashing, everything in memory, no mail leaves the process."""

from mitstadt.site.settings import *  # noqa: F403  # a settings file is a list of names

SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
