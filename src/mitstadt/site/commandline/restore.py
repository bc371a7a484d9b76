"""Read a backup back, verify the log, and say what was verified."""

from __future__ import annotations

from pathlib import Path

from mitstadt.ground.commands import Command, Told, Typed, argument
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "restore",
    _("eine Sicherung zurückspielen, das Protokoll prüfen und sagen, was geprüft wurde"),
    "mitstadt.site.commandline.restore:run",
    (
        argument("file", metavar=_("DATEI"), help=_("was ./mitstadt backup geschrieben hat")),
        argument(
            "--replace", action="store_true", help=_("löschen, was in der Datenbank ist, und darüber zurückspielen")
        ),
    ),
    description=_(
        "Liest eine Sicherung in eine neue, leere Datenbank: SQLite oder PostgreSQL, woraus sie auch geschrieben wurde."
    ),
    needs_city=True,
)


def run(options: Typed) -> Told:
    """Restore the backup into an empty database, and say what was checked."""
    from django.core.management import call_command

    from mitstadt.site.backup.reading import restore_backup

    options.doing(_("1 von 2: Datenbank vorbereiten"))
    call_command("migrate", verbosity=0)
    options.doing(_("2 von 2: zurückspielen und prüfen"))
    restored = restore_backup(Path(options.file), replace=options.replace)
    log = restored.log
    words = [
        f"Restored the backup of {restored.made_at} (written on {restored.written_on}).",
        f"  {restored.members} files in it, every checksum fits.",
        f"  {restored.rows:,} rows, {restored.uploads} uploads, {restored.secrets} secrets put back.",
        f"  Log {log.origin}: {restored.acts:,} acts hashed anew; {log.heads_confirmed} of {log.heads} heads",
        f"  confirmed, the one in the backup among them; {log.contents_checked:,} contents fit, {log.erased} erased.",
        "  0 faults.",
    ]
    return Told(words)
