"""Pages of a big city: CPU of Python and of the database, queries, rows read, on SQLite or PostgreSQL.

    .venv/bin/python benchmarks/city.py [--database postgres://…] [--processes 200] [--people 20000]
                                        [--contributions 100000] [--in-one 0] [--keep FILE]

`--contributions` lie all over the city, `--in-one` records in one process. Run `./mitstadt test` once before, so that
the packages are there. The database must be new: an empty PostgreSQL database, or none for an SQLite file in a folder
that is removed; with `--keep` the city stays, its addresses are noted in that file, and the next run measures it again.
PostgreSQL must run on this machine: the CPU of its process is read from /proc. Quote the columns, never wall times.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.big_city import BigCity
    from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "tests")]
_TIMES = 7


def main() -> None:
    """Build the city and measure its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--keep", type=Path)
    for name, default in (("processes", 200), ("people", 20_000), ("contributions", 100_000), ("in-one", 0)):
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
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS = ["testserver"]
    city = _city(chosen)
    print(f"{'page':22}{'status':>7}{'Python ms':>11}{'database ms':>13}{'queries':>9}{'read':>8}{'shown':>7}{'KB':>6}")
    for name, (client, path) in _pages(city).items():
        print(_row(name, client, path), flush=True)


def _city(chosen: argparse.Namespace) -> BigCity:
    from benchmarks.big_city import BigCity, Size, build
    from django.core.management import call_command

    if chosen.keep and chosen.keep.exists():
        return BigCity(**json.loads(chosen.keep.read_text()))
    call_command("migrate", verbosity=0)
    started = time.process_time()
    city = build(Size(chosen.processes, chosen.people, chosen.contributions, chosen.in_one))
    print(f"built the city in {time.process_time() - started:.0f} CPU s")
    if chosen.keep:
        chosen.keep.write_text(json.dumps(asdict(city)))
    return city


def _pages(city: BigCity) -> dict[str, tuple[Client, str]]:
    guest, owner, author = _client(), _client(city.owner_email), _client(city.author_email)
    base, text = f"/beteiligungen/{city.process_ref}", f"/texte/{city.text_ref}"
    passage = f"{text}/{city.passage_ref}/"
    return {
        "home": (guest, "/"),
        "processes, open": (guest, "/beteiligungen/"),
        "processes, all": (guest, "/beteiligungen/?stand=alle"),
        "processes, last page": (guest, "/beteiligungen/?stand=alle&seite=9999"),
        "process": (guest, f"{base}/"),
        "promise board": (guest, "/zusagen/"),
        "organisation": (guest, "/organisationen/amt/"),
        "text": (guest, f"{text}/"),
        "passage": (guest, passage),
        "passage, newest": (guest, f"{passage}?reihenfolge=newest"),
        "passage, middle": (guest, f"{passage}?seite=1000"),
        "passage, last page": (guest, f"{passage}?seite=99999"),
        "contribution": (guest, f"/beitraege/{city.contribution_ref}/"),
        "contribution, middle": (guest, f"/beitraege/{city.contribution_ref}/?seite=1000"),
        "contribution, last": (guest, f"/beitraege/{city.contribution_ref}/?seite=99999"),
        "said, answered": (guest, f"{base}/beitraege/?antwort=taken_up"),
        "said": (guest, f"{base}/beitraege/"),
        "said, most supported": (guest, f"{base}/beitraege/?reihenfolge=supported"),
        "said, one theme": (guest, f"{base}/beitraege/?thema=Klima"),
        "said, page 1,000": (guest, f"{base}/beitraege/?seite=1000"),
        "said, last page": (guest, f"{base}/beitraege/?seite=99999"),
        "synopsis": (guest, f"{text}/synopse/"),
        "synopsis, page 1,000": (guest, f"{text}/synopse/?seite=1000"),
        "search": (guest, "/suche/?q=Baum"),
        "search, mistyped": (guest, "/suche/?q=Spielpltz"),
        "search, rare": (guest, "/suche/?q=Baum+Bibliothek"),
        "trail": (guest, f"/werdegang/{city.answered_ref}/"),
        "trail of a process": (guest, f"/werdegang/{city.process_ref}/"),
        "log": (guest, "/protokoll/"),
        "log of a record": (guest, f"/protokoll/{city.process_ref}/"),
        "editing desk": (owner, f"{text}/redaktion/"),
        "editing desk, open": (owner, f"{text}/redaktion/?stand=offen"),
        "editing desk, page 500": (owner, f"{text}/redaktion/?seite=500"),
        "dashboard": (owner, f"{base}/leitung/"),
        "workplace": (owner, "/arbeitsplatz/"),
        "moderation": (owner, "/moderation/"),
        "moderation, decided": (owner, "/moderation/?stapel=entschieden"),
        "my page": (author, "/meine-seite/"),
        "my notices": (author, "/meine-seite/neues/"),
    }


def _client(email: str = "") -> Client:
    from django.test import Client

    from mitstadt.ground.people.models import Person

    client = Client()
    if email:
        client.force_login(Person.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _row(name: str, client: Client, path: str) -> str:
    from django.db import connection

    from rows_read import rows_of, statements

    client.get(path)
    python, database = [], []
    for _ in range(_TIMES):
        before, worked = time.process_time(), _worked()
        response = client.get(path)
        python.append((time.process_time() - before) * 1000)
        database.append(_worked() - worked)
    with statements() as asked:
        client.get(path)
    read = rows_of(asked) if connection.vendor == "postgresql" else 0
    shown = len(re.findall(rb"<(?:li|tr|article|dt)[ >]", response.content.partition(b"<main")[2]))
    return (
        f"{name:22}{response.status_code:>7}{median(python):>11.1f}{median(database):>13.1f}{len(asked):>9}"
        f"{read:>8}{shown:>7}{len(response.content) / 1024:>6.0f}"
    )


def _worked() -> float:
    """Milliseconds of CPU that PostgreSQL's process for our connection has used; 0 on SQLite, which works in ours."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    key = connection.connection.info.backend_pid
    return int(Path(f"/proc/{key}/schedstat").read_text().split()[0]) / 1e6


if __name__ == "__main__":
    main()
