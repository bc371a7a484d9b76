"""What the site does by the clock: forget, check the city against its log, and try its backups."""

from datetime import time

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Daily, Every
from mitstadt.site.backup.checking import check_by_the_clock, prove_newest_backup
from mitstadt.spine.actions.erasing import complete_list


@background(Policy(_("Abgelaufene Sitzungen löschen")))
def forget_sessions() -> None:
    """Delete the sessions that are over."""
    call_command("clearsessions")


# Reading everything takes long in a large city, and locks nothing: it stands in no transaction of its own.
@background(Policy(_("Die Stadt gegen ihr Protokoll halten"), attempts=2, atomic=False))
def check_city() -> None:
    """Find changed words, keep what came of it, and complete the list of erasures."""
    complete_list()
    check_by_the_clock(now=clock.now())


@background(Policy(_("Die neueste Sicherung probeweise zurückspielen"), attempts=2, atomic=False))
def prove_backup() -> None:
    """Restore the newest backup on trial, and keep what came of it."""
    prove_newest_backup(now=clock.now())


# In a transaction it would wait for itself.
@background(Policy(_("Das Journal der Datenbank leeren"), attempts=2, atomic=False))
def empty_journal() -> None:
    """What lies in SQLite's journal goes into the database: words that were erased since stand there no longer."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


SCHEDULE.add("check_city", check_city, Daily(time(3, 20)))
SCHEDULE.add("prove_backup", prove_backup, Every(minutes=7 * 24 * 60))
SCHEDULE.add("empty_journal", empty_journal, Every(minutes=60))
SCHEDULE.add("forget_sessions", forget_sessions, Every(minutes=24 * 60))
