"""Run tasks in the background until stopped: mail, digests, the schedule. As many of these as you like, on any host."""

from __future__ import annotations

import argparse
import os
import signal
import sys


def main(arguments: list[str]) -> int:
    """Work until SIGTERM or Ctrl+C; then finish what is at work, or hand it back."""
    parser = argparse.ArgumentParser(prog="./mitstadt work", description=__doc__)
    parser.add_argument("--lanes", type=int, default=1, help="how many tasks side by side, besides mail (1)")
    parser.add_argument("--for", type=int, dest="parent", metavar="PID", help="stop when this process is gone")
    chosen = parser.parse_args(arguments)
    if chosen.lanes < 1:
        print("A worker needs at least one lane: --lanes 1", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    import django

    django.setup()
    from mitstadt.ground.tasks.worker import Worker

    worker = Worker(lanes=chosen.lanes, is_wanted=lambda: chosen.parent is None or os.getppid() == chosen.parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: worker.stop())
    worker.work()
    return 0
