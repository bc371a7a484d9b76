"""What an operator can do about a database that does not answer, or is not of this version: one sentence each."""

from __future__ import annotations

import re
import sys

from mitstadt.ground.commands import gettext_noop as _

# SQLite and PostgreSQL, where a table or a column is not there yet, or not any more.
_OTHER_VERSION = re.compile(r"no such (?:table|column)|(?:relation|column) .+ does not exist", re.DOTALL)
_OUT_OF_REACH = re.compile(
    r"unable to open database|connection .*failed|could not connect|connection timeout", re.DOTALL
)
_FULL = re.compile(r"disk is full|no space left|disk I/O error|could not (?:write|extend)", re.IGNORECASE)


def trouble_told(error: Exception) -> str | None:
    """The sentence for an error of the database that whoever runs the city can mend; None for every other error."""
    utils = sys.modules.get("django.db.utils")
    if utils is None or not isinstance(error, utils.OperationalError | utils.ProgrammingError):
        return None
    words = str(error)
    if _OTHER_VERSION.search(words):
        return _("Die Datenbank ist nicht auf dem Stand dieses Programms. Starten Sie ./mitstadt manage migrate.")
    if _FULL.search(words):
        return _("Auf der Festplatte der Datenbank ist kein Platz mehr. Nichts wurde geändert. Schaffen Sie Platz.")
    if _OUT_OF_REACH.search(words):
        return _("Die Datenbank antwortet nicht. Prüfen Sie DATABASE_URL und MITSTADT_VAR, und ob sie läuft.")
    return None
