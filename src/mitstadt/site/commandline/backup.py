"""Write database, uploads, secrets and the signed head of the log to one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from mitstadt.ground.commands import Command, Told, Typed, argument
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "backup",
    _("Datenbank, Hochgeladenes, Geheimnisse und den Kopf des Protokolls in eine Datei sichern"),
    "mitstadt.site.commandline.backup:run",
    (argument("file", metavar=_("DATEI"), help=_("wohin geschrieben wird; darf es noch nicht geben")),),
    description=_(
        "Sichert Datenbank, Hochgeladenes, Geheimnisse und den unterschriebenen Kopf des Protokolls in eine Datei, "
        "die nur Sie lesen können. Wer sie hat, hat die Stadt: Verwahren Sie sie wie einen Schlüssel."
    ),
    has_json=True,
    needs_city=True,
)


def run(options: Typed) -> Told:
    """Write the backup and say what is in it."""
    from mitstadt.ground import clock
    from mitstadt.site.backup.writing import write_backup

    options.doing(_("Stadt sichern"))
    written = write_backup(Path(options.file), now=clock.now())
    words = [
        f"{options.file}: {written.bytes:,} bytes",
        f"  {written.rows:,} rows in {written.tables} tables, {written.uploads} uploads, the secrets,",
        f"  the log with {written.log_size:,} acts under a head signed now.",
    ]
    return Told(words, {"file": options.file, **asdict(written)})
