"""Look after background work: what waits, who works, what was given up, and what runs by the clock."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from mitstadt.ground.commands import Command, Told, Typed, argument
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError

_HERE = "mitstadt.site.commandline.tasks"
_WHICH = argument("which", metavar=_("KENNUNG"), help=_("wie ./mitstadt tasks sie zeigt, oder: all"))

COMMAND = Command(
    "tasks",
    _("zeigen, was im Hintergrund wartet und was aufgegeben wurde"),
    f"{_HERE}:show",
    commands=(
        Command(
            "retry",
            _("Aufgegebenes noch einmal versuchen"),
            f"{_HERE}:retry",
            (_WHICH,),
            has_json=True,
            needs_city=True,
        ),
        Command("drop", _("Aufgegebenes vergessen"), f"{_HERE}:drop", (_WHICH,), has_json=True, needs_city=True),
        Command(
            "run",
            _("einen Eintrag des Zeitplans jetzt vormerken"),
            f"{_HERE}:enqueue",
            (argument("entry", metavar=_("EINTRAG"), help=_("wie ./mitstadt tasks ihn zeigt")),),
            needs_city=True,
        ),
    ),
    has_json=True,
    needs_city=True,
)


def show(_options: Typed) -> Told:
    """How background work stands, and every dead task with its reason."""
    from mitstadt.ground import clock
    from mitstadt.ground.tasks.operating import dead_tasks, state
    from mitstadt.ground.tasks.schedule import SCHEDULE

    stands, dead, entries = state(now=clock.now()), dead_tasks(), sorted(SCHEDULE.entries)
    words = [
        f"{stands.workers} workers; {stands.due} tasks due, {stands.later} later, {stands.running} running",
        f"schedule: {', '.join(entries)}",
        f"{stands.dead} dead",
        *(
            f"  {one.key}  {one.since:%Y-%m-%d %H:%M}  {one.says}, {one.attempts} attempts: {one.reason}"
            for one in dead
        ),
    ]
    listed = [{"key": str(one.key), "task": one.path, "attempts": one.attempts, "reason": one.reason} for one in dead]
    oldest = stands.oldest_due.isoformat() if stands.oldest_due else None
    return Told(words, {**asdict(stands), "oldest_due": oldest, "schedule": entries, "dead_tasks": listed})


def retry(options: Typed) -> Told:
    """Give dead tasks their attempts anew."""
    from mitstadt.ground import clock
    from mitstadt.ground.tasks.operating import try_again

    count = try_again(_key(options.which), now=clock.now())
    return Told(f"{count} are tried again.", {"count": count}, code=0 if count else 1)


def drop(options: Typed) -> Told:
    """Forget dead tasks."""
    from mitstadt.ground.tasks.operating import drop as forget

    count = forget(_key(options.which))
    return Told(f"{count} were forgotten.", {"count": count}, code=0 if count else 1)


def enqueue(options: Typed) -> Told:
    """Let a worker run an entry of the schedule now."""
    from mitstadt.ground.tasks.schedule import SCHEDULE

    entry = SCHEDULE.entries.get(options.entry)
    if entry is None:
        known = ", ".join(sorted(SCHEDULE.entries))
        raise MethodError("entry_unknown", f"The schedule has no entry “{options.entry}”, but: {known}.")
    entry.task.enqueue()
    return Told(f"“{entry.name}” is enqueued; a worker runs it in a moment.")


def _key(which: str) -> UUID | None:
    try:
        return None if which == "all" else UUID(which)
    except ValueError as error:
        raise MethodError(
            "task_key_unreadable", f"“{which}” is no key of a task. ./mitstadt tasks shows them; or say: all"
        ) from error
