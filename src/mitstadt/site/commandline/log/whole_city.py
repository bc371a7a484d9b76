"""``./mitstadt log verify-city``: hold everything in this city's database against its log."""

from __future__ import annotations

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.site.backup.checking import checked_city


def verify_city(options: Typed) -> Told:
    """Sound, or every record whose words were changed past the log, by ref and column; exit code 1."""
    options.doing(_("Stadt prüfen"))
    found = checked_city()
    log = found.log
    words = [
        f"Log {log.origin}: {found.acts:,} acts hashed anew, {log.heads_confirmed} of {log.heads} heads confirmed,",
        f"  {log.contents_checked:,} contents fit, {log.erased} erased;",
        f"  {found.records.records:,} records held against their acts.",
        *found.unpromised_lines,
        *found.notices_lines,
        *found.lines,
        "SOUND: words, states, answers and supports are what the log says."
        if found.sound
        else f"NOT SOUND: {found.faults_total} faults.",
    ]
    result = {
        "sound": found.sound,
        "acts": found.acts,
        "records": found.records.records,
        "faults_total": found.faults_total,
        "faults": found.faults,
        "changed": [{"ref": one.ref, "field": one.field} for one in found.records.differences],
        "unpromised": found.records.unpromised,
    }
    return Told(words, result, code=0 if found.sound else 1)
