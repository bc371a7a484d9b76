"""``./mitstadt log export``: write this city's log to a file; the one part that needs the database."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.queries.log_export import content_lines, log_lines


def export(options: Typed) -> Told:
    """Sign the log as it stands, write it, and say what was written."""
    file, contents = Path(options.file), options.contents and Path(options.contents)
    options.doing(_("Protokoll schreiben"))
    head = publish_head()
    _write(file, log_lines(log_key()), mode=0o644)
    words = [f"{file}: {head.size} entries under a head signed now. Key: {log_key()}"]
    if contents:
        options.doing(_("Inhalte schreiben"))
        written = _write(contents, content_lines(), mode=0o600)
        words.append(f"{contents}: {written} contents. They hold personal data; only you can read this file.")
    return Told(words)


def _write(file: Path, lines: Iterable[bytes], *, mode: int) -> int:
    count = 0
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(handle, mode)
            for line in lines:
                stream.write(line)
                count += 1
    except OSError as error:
        sentence = f"“{file}” cannot be written: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unwritable", sentence, file=str(file)) from error
    return count
