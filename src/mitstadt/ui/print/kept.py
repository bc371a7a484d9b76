"""What was typeset once is kept for a day, for all hosts: a long text takes the press seconds, and many ask for it.

The key is the content: whoever may read the page asks with the data that it shows, and words that were erased or hidden
since are in no data any more. The files themselves are served nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from mitstadt.methods.shared.hashing import canonical_json, sha256_hex
from mitstadt.ui.print.heavy import a_turn
from mitstadt.ui.print.typesetting import SHARED, typeset

# Erased words are gone from here, too, when this is over.
KEPT_FOR = timedelta(days=1)


def typeset_once(template: Path, data: Mapping[str, object]) -> bytes:
    """The PDF of this template with this data: the kept one, or a new one that is kept.

    Raises `BusyError` where two others are being made.
    """
    prints = storages["prints"]
    looks = "".join(file.read_text(encoding="utf-8") for file in (template, *SHARED))
    name = f"{sha256_hex(canonical_json([looks, data]))}.pdf"
    try:
        with prints.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        with a_turn():
            made = typeset(template, data)
    if not prints.exists(name):
        prints.save(name, ContentFile(made))
    return made


def forget_prints(*, now: datetime) -> int:
    """Delete what was kept long enough; how many files."""
    prints, count = storages["prints"], 0
    try:
        names = prints.listdir("")[1]
    except FileNotFoundError:
        return 0
    for name in names:
        if prints.get_modified_time(name) < now - KEPT_FOR:
            prints.delete(name)
            count += 1
    return count
