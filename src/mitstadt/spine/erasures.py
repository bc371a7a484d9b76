"""The list of what was erased, outside the database and every backup: keys and places, no words and no people.

Who restores an older backup gets back what was erased since. By this list it is erased again, before anybody sees it.
A line is one erasure, in JSON.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypedDict
from uuid import UUID

from django.conf import settings

from mitstadt.spine.models import Erased

_ENCODING: Final = "ascii"
logger = logging.getLogger(__name__)


class Row(TypedDict):
    """One erasure: the key by which every copy of the city knows it, and what `spine.Erasure` says of it."""

    key: str
    what: str
    target: int
    person: int | None
    cells: list[Any]
    at: str


def append(rows: Iterable[Row]) -> int:
    """Add lines to the list of this city, safe on the disk; how many."""
    lines = [json.dumps(row, separators=(",", ":")) + "\n" for row in rows]
    if not lines:
        return 0
    place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding=_ENCODING) as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    return len(lines)


def listed(*files: Path) -> list[Row]:
    """All that was erased, by the list of this city and by others, each once, the earliest first.

    A line that came late, since the disk was full, stands where it belongs; of one moment the first line is first.
    """
    found: dict[str, Row] = {}
    for file in (place(), *files):
        for row in _read(file) if file.exists() else ():
            found.setdefault(row["key"], row)
    return sorted(found.values(), key=lambda row: datetime.fromisoformat(row["at"]))


def place() -> Path:
    """Where the list lies."""
    return Path(settings.ERASURES_FILE)


def _read(file: Path) -> Iterator[Row]:
    with file.open(encoding=_ENCODING, errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _row(json.loads(line))
            except (ValueError, TypeError, KeyError, RecursionError):
                logger.warning("Line %s in the list of erasures %s cannot be read.", number, file)


def _row(said: dict[str, Any]) -> Row:
    what, person = Erased(said["what"]), said.get("person")
    if (what == Erased.NAME) is not isinstance(person, int):
        raise ValueError(what)
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError(at)
    return {
        "key": str(UUID(said["key"])),
        "what": str(what),
        "target": int(said["target"]),
        "person": person,
        "cells": [_cell(*cell) for cell in said["cells"]],
        "at": at.isoformat(),
    }


def _cell(table: str, key: int, path: str, spans: list[list[int]], *length: int) -> list[Any]:
    """A text, where words of it went, and how long it was; lists of before do not say how long."""
    return [str(table), int(key), str(path), _spans(spans), *(int(one) for one in length[:1])]


def _spans(spans: list[list[int]]) -> list[list[int]]:
    return [[int(begin), int(end)] for begin, end in spans]
