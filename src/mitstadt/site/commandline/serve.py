"""Serve this city: migrate, gather static files, answer, and work in the background, until stopped."""

from __future__ import annotations

import argparse
import os
import socket
import sys

from mitstadt.site.commandline.companion import worker_beside


def main(arguments: list[str]) -> int:
    """Serve on the address given; two processes by default, so that one slow request stops nobody."""
    parser = argparse.ArgumentParser(prog="./mitstadt serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer (2)")
    parser.add_argument("--no-worker", action="store_true", help="others do the background work: ./mitstadt work")
    chosen = parser.parse_args(arguments)
    if not is_free(chosen.host, chosen.port):
        print(f"Port {chosen.port} is taken by another program. Choose one: --port 8001", file=sys.stderr)
        return 2
    prepare()
    run(chosen.host, chosen.port, workers=chosen.workers, with_worker=not chosen.no_worker)
    return 0


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def prepare() -> None:
    """Bring the database and the static files to this version; of several hosts that start at once, one migrates."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    from mitstadt.site.migrating import one_at_a_time

    with one_at_a_time():
        call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def run(host: str, port: int, *, workers: int, with_worker: bool = False) -> None:
    """Answer requests until stopped; those at work are answered first."""
    from granian import Granian
    from granian.constants import Interfaces

    from mitstadt.site.metrics.shared import shared_counts

    server = Granian(
        "mitstadt.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    with shared_counts(), worker_beside(wanted=with_worker):
        server.serve()
