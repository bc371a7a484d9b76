"""Write database, uploads, secrets and the signed head of the log to one file, and check what was written."""

from __future__ import annotations

from pathlib import Path

from mitstadt.ground.commands import Command, Told, Typed, argument
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "backup",
    _("Datenbank, Hochgeladenes, Geheimnisse und den Kopf des Protokolls in eine Datei sichern"),
    "mitstadt.site.commandline.backup:run",
    (
        argument("file", metavar=_("DATEI"), help=_("wohin geschrieben wird; darf es noch nicht geben")),
        argument("--prove", action="store_true", help=_("die Datei auch probeweise zurückspielen")),
    ),
    description=_(
        "Sichert Datenbank, Hochgeladenes, Geheimnisse und den unterschriebenen Kopf des Protokolls in eine Datei, "
        "die nur Sie lesen können. Hält dabei alles gegen das Protokoll und liest die Datei zurück; endet mit 1, wenn "
        "etwas nicht stimmt. Wer die Datei hat, hat die Stadt: Verwahren Sie sie wie einen Schlüssel."
    ),
    has_json=True,
    needs_city=True,
)


def run(options: Typed) -> Told:
    """Write the backup and say what is in it, and what is wrong with it."""
    from mitstadt.ground import clock
    from mitstadt.site.backup.checking import keep_proof
    from mitstadt.site.backup.proving import prove
    from mitstadt.site.backup.writing import write_backup
    from mitstadt.spine.actions.erasing import complete_list

    options.doing(_("Stadt sichern und prüfen"))
    file = Path(options.file)
    written = write_backup(file, now=clock.now())
    complete_list()
    found = written.found
    words = [
        f"{options.file}: {written.bytes:,} bytes",
        f"  {written.rows:,} rows in {written.tables} tables, {written.uploads} uploads, the secrets,",
        f"  the log with {written.log_size:,} acts under a head signed now.",
        f"  Read back: every checksum fits. {found.log.contents_checked:,} contents fit the log,",
        f"  {found.records.records:,} records were held against their acts.",
        *found.unpromised_lines,
        *found.notices_lines,
    ]
    faults = (
        [] if found.sound else [f"  {found.faults_total} FAULTS. The file is there, and so are they:", *found.lines]
    )
    tried = None
    if options.prove and found.sound:
        options.doing(_("Sicherung probeweise zurückspielen"))
        tried = prove(file)
        keep_proof(file, tried, now=clock.now())
        faults += tried.lines
        words.append("  Restored on trial: 0 faults." if tried.sound else "  Restored on trial: it failed.")
    result = {
        "file": options.file,
        "tables": written.tables,
        "rows": written.rows,
        "uploads": written.uploads,
        "log_size": written.log_size,
        "bytes": written.bytes,
        "faults_total": found.faults_total,
        "faults": found.faults,
        "unpromised": found.records.unpromised,
        "restored_on_trial": tried.sound if tried else None,
    }
    return Told([*words, *faults, *([] if faults else ["  0 faults."])], result, code=1 if faults else 0)
