"""Before the tables of a living city change: a backup of what is there, and the way back if the change fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import versions
from mitstadt.site.backup.writing import write_backup
from mitstadt.spine.actions.recounting import recount
from mitstadt.spine.models import Record

# For whoever has a snapshot of the whole machine and no room for a second one.
WITHOUT = "MITSTADT_UPGRADE_WITHOUT_BACKUP"


def backed_up_first(*, now: datetime, say: Callable[[str], object]) -> Path | None:
    """Back up the city as it is, where it has rows and its tables will change; the file, or None.

    Faults that the city had before are told and stop nothing: the upgrade may be what mends them.
    """
    if not connection.introspection.table_names() or not versions.pending():
        return None
    then = versions.models_as_they_are()
    if not _has_rows(then):
        return None
    if os.environ.get(WITHOUT):
        say(f"The tables change, and {WITHOUT} is set: no backup is written.")
        return None
    file = _name(now)
    say(f"The tables of this city will change. First it is backed up: {file}")
    try:
        written = write_backup(file, now=now, of=then)
    except MethodError as error:
        sentence = (
            f"{error.sentence} Without a backup nothing was changed. Make room, or name another folder with "
            f"MITSTADT_BACKUPS; whoever has a backup already may say {WITHOUT}=1."
        )
        raise MethodError("upgrade_without_backup", sentence) from error
    for line in written.found.lines:
        say(line)
    return file


def count_anew() -> None:
    """After all migrations: what an earlier version kept as a number, or did not keep at all, is counted from rows."""
    if Record.objects.exists():
        recount()


def way_back(backup: Path, error: Exception) -> MethodError:
    """What to do after a migration that failed."""
    sentence = (
        f"The upgrade stopped: {error}\nThe city as it was before is in {backup}. Start the version from before; where "
        f"it says that the tables are not its own, restore there: ./mitstadt restore {backup} --replace"
    )
    return MethodError("upgrade_failed", sentence, backup=str(backup))


def _name(now: datetime) -> Path:
    stem = f"before-upgrade-{timezone.localtime(now):%Y-%m-%d-%H%M%S}"
    return Path(settings.BACKUPS) / f"{stem}.zip"


def _has_rows(then: Apps) -> bool:
    return any(
        QuerySet(then.get_model(app, name)).exists()
        for app, name in (("spine", "Record"), ("people", "Person"), ("spine", "Act"))
        if (app, name.lower()) in {(model._meta.app_label, model._meta.model_name) for model in then.get_models()}  # noqa: SLF001
    )
