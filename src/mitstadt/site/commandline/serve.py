"""Serve this city: migrate, gather static files, answer, and work in the background, until stopped."""

from __future__ import annotations

import os
import socket

from mitstadt.ground.commands import Command, Typed, argument
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.companion import worker_beside

COMMAND = Command(
    "serve",
    _("diese Stadt im Netz anbieten"),
    "mitstadt.site.commandline.serve:main",
    (
        argument("--host", default="127.0.0.1", metavar=_("ADRESSE"), help=_("worauf gehört wird (%(default)s)")),
        argument("--port", type=int, default=8000, metavar="PORT", help=_("auf welchem Port (%(default)s)")),
        argument("--workers", type=int, default=2, metavar="N", help=_("Zahl der Prozesse (%(default)s)")),
        argument("--no-worker", action="store_true", help=_("Aufträge im Hintergrund erledigen andere")),
    ),
    description=_(
        "Bringt Datenbank und Dateien auf den Stand dieser Fassung und antwortet, bis es beendet wird. DATABASE_URL, "
        "MITSTADT_SECRET_KEY und alles andere kommt aus der Umgebung (siehe docs/operate/run.md)."
    ),
    tells_itself=True,
)


def main(chosen: Typed) -> int:
    """Serve on the address given; two processes by default, so that one slow request stops nobody."""
    if not is_free(chosen.host, chosen.port):
        raise MethodError("port_taken", f"Port {chosen.port} is taken by another program. Choose one: --port 8001")
    require_answers()
    prepare()
    run(chosen.host, chosen.port, workers=chosen.workers, with_worker=not chosen.no_worker)
    return 0


def require_answers() -> None:
    """Refuse to serve before somebody said what this program cannot know."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    from django.conf import settings

    if settings.SERVED_SECURELY and settings.TRUSTED_PROXIES is None:
        sentence = (
            "MITSTADT_PUBLIC_URL is an https address, so a web server stands in front of this program. Say how many "
            "proxies each request passes: MITSTADT_TRUSTED_PROXIES=1 for one nginx or Caddy. Without it the whole city "
            "would count as one connection (docs/operate/run.md)."
        )
        raise MethodError("proxies_not_said", sentence)


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
    from django.core.management import call_command

    django.setup()
    from mitstadt.site.migrating import make_or_migrate
    from mitstadt.spine.checks import require_declarations

    require_declarations()
    make_or_migrate()
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
        blocking_threads=8,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    with shared_counts(), worker_beside(wanted=with_worker):
        server.serve()
