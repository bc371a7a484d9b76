"""CPU time and memory of holding every record against its act, for a made city of half a million contributions.

    PYTHONPATH=src python benchmarks/record_check.py --records 500000

Uses a new SQLite file in a temporary folder. One word is changed past the log, and must be the one that is found.
"""

import argparse
import json
import os
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

_WORDS = "Der Platz braucht Schatten, Wasser und Bänke für alle, die dort warten. " * 6


def main() -> None:
    """Make the city, change one word, and measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--records", type=int, default=500_000)
    many = asked.parse_args().records
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(MITSTADT_VAR=folder, DATABASE_URL="", DJANGO_SETTINGS_MODULE="mitstadt.site.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _fill(Path(folder) / "mitstadt.sqlite3", many)
        _measure(many)


def _fill(file: Path, many: int) -> None:
    """Rows as the actions write them, without their cost."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.executemany(
            "INSERT INTO spine_record (id, ref, kind, state, title, body, language, channel, created_at, changed_at,"
            " answer_state, theme, moved_on, support_count, guest_support_count, comment_count, thread_count,"
            " further_authors) VALUES (?, ?, 'contribution', 'published', '', ?, 'de', 'web', '2026-05-03',"
            " '2026-05-03', '', '', '', 0, 0, 0, 0, 0)",
            ((key, f"R{key:08d}", f"{_WORDS}{key}") for key in range(1, many + 1)),
        )
        database.executemany(
            "INSERT INTO drafting_contribution (record_ptr_id, passage_id, form, wording, anchor)"
            " VALUES (?, 1, 'comment', '', '{}')",
            ((key,) for key in range(1, many + 1)),
        )
        database.executemany(
            "INSERT INTO spine_actcontent (act_id, record_id, salt, content) VALUES (?, ?, '', ?)",
            ((key, key, json.dumps(_content(key))) for key in range(1, many + 1)),
        )
        database.execute("UPDATE spine_record SET body = 'Anders.' WHERE id = ?", [many // 2])


def _content(key: int) -> dict[str, object]:
    said = {"title": "", "body": f"{_WORDS}{key}", "language": "de", "author": None, "organisation": None}
    return {**said, "form": "comment", "wording": "", "anchor": {}}


def _measure(many: int) -> None:
    from mitstadt.spine.queries.record_check import check_records

    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, wall = time.process_time(), time.monotonic()
    found = check_records()
    cpu_s = time.process_time() - began
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1024
    print(f"{found.records:,} records: {cpu_s:.1f} CPU s, {cpu_s / many * 100_000:.2f} for 100,000,")
    print(f"{time.monotonic() - wall:.1f} s of wall time; memory grew by {grown_mb:.0f} MB. Found: {found.differences}")


if __name__ == "__main__":
    main()
