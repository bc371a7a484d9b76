"""Settings of a city. Everything that differs between cities comes from the environment; see docs/operate."""

import os
from pathlib import Path

from mitstadt.site.settings import environment

ROOT = Path(os.environ.get("MITSTADT_ROOT", Path(__file__).resolve().parents[4]))
VAR = Path(environment.text("MITSTADT_VAR", str(ROOT / "var")))

DEBUG = False
SECRET_KEY = environment.text("MITSTADT_SECRET_KEY")
ALLOWED_HOSTS = environment.words("MITSTADT_HOSTS", "127.0.0.1,localhost")

DATABASES = {"default": environment.database(VAR / "mitstadt.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = "de"
INSTALLED_APPS: list[str] = ["mitstadt.ground.areas"]
