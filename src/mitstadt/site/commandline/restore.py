"""Read a backup back, verify log and records, and say what was verified."""

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
        argument(
            "--accept-faults",
            action="store_true",
            help=_("auch zurückspielen, wenn Protokoll, Inhalte oder Einträge nicht zueinander passen; nennt alles"),
        ),
        argument(
            "--erasures",
            action="append",
            default=[],
            metavar=_("LISTE"),
            help=_("was seither gelöscht wurde (erasures.txt der alten Stadt), wird wieder gelöscht (auch mehrmals)"),
        ),
    ),
    description=_(
        "Liest eine Sicherung in eine neue, leere Datenbank: SQLite oder PostgreSQL, woraus sie auch geschrieben "
        "wurde. Eine Sicherung einer früheren Fassung wird dabei auf den Stand dieser Fassung gebracht."
    ),
    needs_city=True,
)


def run(options: Typed) -> Told:
    """Restore the backup into an empty database, and say what was checked."""
    from mitstadt.site.backup.reading import restore_backup

    options.doing(_("zurückspielen und prüfen"))
    restored = restore_backup(
        Path(options.file),
        replace=options.replace,
        accept_faults=options.accept_faults,
        erasures=tuple(map(Path, options.erasures)),
    )
    found, log = restored.found, restored.found.log
    words = [
        f"Restored the backup of {restored.made_at} (written on {restored.written_on}).",
        *([f"  Its tables were those of Mitstadt {restored.upgraded_from}."] if restored.upgraded_from else []),
        f"  {restored.members} files in it, every checksum fits.",
        f"  {restored.rows:,} rows, {restored.uploads} uploads, {restored.secrets} secrets put back.",
        f"  Log {log.origin}: {found.acts:,} acts hashed anew; {log.heads_confirmed} of {log.heads} heads",
        f"  confirmed, the one in the backup among them; {log.contents_checked:,} contents fit, {log.erased} erased.",
        f"  {found.records.records:,} records held against their acts.",
        *found.unpromised_lines,
        *found.notices_lines,
        f"  Erased again by the list of erasures: {restored.erased_again}.",
    ]
    if found.sound:
        return Told([*words, "  0 faults."])
    loud = [f"RESTORED WITH {found.faults_total} FAULTS, as you asked. Keep this list:", *found.lines]
    return Told([*words, *loud], code=1)
