"""Run tasks in the background until stopped. As many of these as you like, on any host."""

from __future__ import annotations

import os
import signal

from mitstadt.ground.commands import Command, Typed, argument
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError

COMMAND = Command(
    "work",
    _("Aufträge im Hintergrund erledigen: Mails, Sammelmails, Zeitplan"),
    "mitstadt.site.commandline.work:run",
    (
        argument(
            "--lanes",
            type=int,
            default=1,
            metavar=_("ANZAHL"),
            help=_("wie viele Aufträge nebeneinander, neben den Mails (%(default)s)"),
        ),
        argument("--for", type=int, dest="parent", metavar="PID", help=_("enden, wenn dieser Prozess fort ist")),
    ),
    description=_(
        "Erledigt Aufträge, bis es beendet wird; ./mitstadt serve startet so eines von selbst. Was beim Beenden läuft, "
        "wird fertig oder geht zurück an die anderen."
    ),
    tells_itself=True,
    needs_city=True,
)


def run(chosen: Typed) -> int:
    """Work until SIGTERM or Ctrl+C; then finish what is at work, or hand it back."""
    if chosen.lanes < 1:
        raise MethodError("too_few_lanes", "A worker needs at least one lane: --lanes 1", lanes=chosen.lanes)
    from mitstadt.ground.tasks.worker import Worker

    worker = Worker(lanes=chosen.lanes, is_wanted=lambda: chosen.parent is None or os.getppid() == chosen.parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: worker.stop())
    worker.work()
    return 0
