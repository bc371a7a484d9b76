"""Pages of a big city: CPU milliseconds and queries of every list page, on SQLite or PostgreSQL.

    .venv/bin/python benchmarks/city.py [--database postgres://…] [--processes 200] [--people 20000]
                                        [--contributions 100000]

Run `./mitstadt test` once before, so that the packages are there. The database must be new: an empty PostgreSQL
database, or none for an SQLite file in a folder that is removed. Quote the columns, never wall times.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]


def main() -> None:
    """Build the city and measure its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    for name, default in (("processes", 200), ("people", 20_000), ("contributions", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(MITSTADT_VAR=folder, MITSTADT_ROOT=str(ROOT), DJANGO_SETTINGS_MODULE="mitstadt.site.settings")
        if chosen.database:
            os.environ["DATABASE_URL"] = chosen.database
        _measure(chosen)


def _measure(chosen: argparse.Namespace) -> None:
    import django

    django.setup()
    from benchmarks.big_city import Size, build
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    started = time.process_time()
    city = build(Size(chosen.processes, chosen.people, chosen.contributions))
    print(f"built {chosen.contributions} contributions in {time.process_time() - started:.0f} CPU s")
    settings.ALLOWED_HOSTS = ["testserver"]
    guest, owner = Client(), Client()
    from mitstadt.ground.people.models import Person

    owner.force_login(Person.objects.get(email=city.owner_email), backend="django.contrib.auth.backends.ModelBackend")
    base = f"/beteiligungen/{city.process_ref}"
    pages = {
        "home": (guest, "/"),
        "processes": (guest, "/beteiligungen/?stand=alle"),
        "process": (guest, f"{base}/"),
        "promise board": (guest, "/zusagen/"),
        "text": (guest, f"/texte/{city.text_ref}/"),
        "passage": (guest, f"/texte/{city.text_ref}/{city.passage_ref}/"),
        "1,000 comments": (guest, f"/beitraege/{city.contribution_ref}/"),
        "search": (guest, "/suche/?q=Baum"),
        "search, mistyped": (guest, "/suche/?q=Spielpltz"),
        "trail": (guest, f"/werdegang/{city.contribution_ref}/"),
        "editing desk": (owner, f"/texte/{city.text_ref}/redaktion/"),
        "dashboard": (owner, f"{base}/leitung/"),
        "my page": (owner, "/meine-seite/"),
        "log": (guest, "/protokoll/"),
    }
    print(f"{'page':20}{'status':>8}{'CPU ms':>10}{'queries':>10}{'KB':>8}")
    for name, (client, path) in pages.items():
        print(_row(name, client, path))


def _row(name: str, client, path: str) -> str:  # Django's client
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    times = []
    for _ in range(5):
        before = time.process_time()
        response = client.get(path)
        times.append((time.process_time() - before) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    size = len(response.content) / 1024
    return f"{name:20}{response.status_code:>8}{median(times):>10.0f}{len(queries):>10}{size:>8.0f}"


if __name__ == "__main__":
    main()
