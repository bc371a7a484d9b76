"""Read a backup back, verify the log, and say what was verified."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Restore the backup into an empty database, and say what was checked."""
    parser = argparse.ArgumentParser(
        prog="./mitstadt restore",
        description="Read a backup into a new, empty database (SQLite or PostgreSQL, whatever it was written on).",
    )
    parser.add_argument("file", metavar="FILE", help="a file that ./mitstadt backup wrote")
    parser.add_argument("--replace", action="store_true", help="delete what is in the database and restore over it")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from mitstadt.site.backup.reading import restore_backup

    call_command("migrate", verbosity=0)
    restored = restore_backup(Path(options.file), replace=options.replace)
    log = restored.log
    print(f"Restored the backup of {restored.made_at} (written on {restored.written_on}).")
    print(f"  {restored.members} files in it, every checksum fits.")
    print(f"  {restored.rows:,} rows, {restored.uploads} uploads, {restored.secrets} secrets put back.")
    print(f"  Log {log.origin}: {restored.acts:,} acts hashed anew; {log.heads_confirmed} of {log.heads} heads")
    print(f"  confirmed, the one in the backup among them; {log.contents_checked:,} contents fit, {log.erased} erased.")
    print("  0 faults.")
    return 0
