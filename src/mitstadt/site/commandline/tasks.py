"""Look after background work: what waits, who works, what was given up, and what runs by the clock."""

from __future__ import annotations

import argparse
import os
import sys
from uuid import UUID

_EPILOG = "ID is the long key that ./mitstadt tasks shows, or the word all."


def main(arguments: list[str]) -> int:
    """Show how background work stands, or do what the operator asks."""
    chosen = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    import django

    django.setup()
    if chosen.deed in {"retry", "drop"}:
        return _change(chosen.deed, chosen.which)
    if chosen.deed == "run":
        return _run(chosen.which)
    return _show()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./mitstadt tasks", description=__doc__, epilog=_EPILOG)
    deeds = parser.add_subparsers(dest="deed", title="deeds")
    deeds.add_parser("retry", help="give a dead task its attempts anew").add_argument("which", metavar="ID")
    deeds.add_parser("drop", help="forget a dead task").add_argument("which", metavar="ID")
    deeds.add_parser("run", help="enqueue an entry of the schedule now").add_argument("which", metavar="NAME")
    return parser


def _show() -> int:
    from mitstadt.ground import clock
    from mitstadt.ground.tasks.operating import dead_tasks, state
    from mitstadt.ground.tasks.schedule import SCHEDULE

    stands = state(now=clock.now())
    print(f"{stands.workers} workers; {stands.due} tasks due, {stands.later} later, {stands.running} running")
    print(f"schedule: {', '.join(sorted(SCHEDULE.entries))}")
    print(f"{stands.dead} dead")
    for dead in dead_tasks():
        print(f"  {dead.key}  {dead.since:%Y-%m-%d %H:%M}  {dead.says}, after {dead.attempts} attempts: {dead.reason}")
    return 0


def _change(deed: str, which: str) -> int:
    from mitstadt.ground import clock
    from mitstadt.ground.tasks.operating import drop, try_again

    try:
        key = None if which == "all" else UUID(which)
    except ValueError:
        print(f"“{which}” is no key of a task. {_EPILOG}", file=sys.stderr)
        return 2
    count = try_again(key, now=clock.now()) if deed == "retry" else drop(key)
    if key is not None and not count:
        print(f"There is no dead task {key}.", file=sys.stderr)
        return 1
    print(f"{count} {'are tried again' if deed == 'retry' else 'were forgotten'}.")
    return 0


def _run(name: str) -> int:
    from mitstadt.ground.tasks.schedule import SCHEDULE

    entry = SCHEDULE.entries.get(name)
    if entry is None:
        print(f"The schedule has no entry “{name}”, but: {', '.join(sorted(SCHEDULE.entries))}.", file=sys.stderr)
        return 2
    entry.task.enqueue()
    print(f"“{name}” is enqueued; a worker runs it in a moment.")
    return 0
