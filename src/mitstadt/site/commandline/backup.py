"""Write database, uploads, secrets and the signed head of the log to one file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Write the backup and say what is in it."""
    parser = argparse.ArgumentParser(
        prog="./mitstadt backup",
        description="Write database, uploads, secrets and the signed head of the log to one file that only you can "
        "read. Whoever has it has the city: keep it as you keep a key.",
    )
    parser.add_argument("file", metavar="FILE", help="where to write; must not exist yet")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    import django

    django.setup()
    from mitstadt.ground import clock
    from mitstadt.site.backup.writing import write_backup

    written = write_backup(Path(options.file), now=clock.now())
    print(f"{options.file}: {written.bytes:,} bytes")
    print(f"  {written.rows:,} rows in {written.tables} tables, {written.uploads} uploads, the secrets,")
    print(f"  the log with {written.log_size:,} acts under a head signed now.")
    return 0
