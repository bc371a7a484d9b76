"""Participation codes that visitors of the demo may try; in a file, since the database holds only their digests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings


def keep_codes(codes: Sequence[str]) -> None:
    """Remember codes of the first story for visitors."""
    _file().write_text(json.dumps({"codes": list(codes)}), encoding="utf-8")


def codes() -> tuple[str, ...]:
    """The codes that were kept; none where the file is missing."""
    try:
        kept: Mapping[str, list[str]] = json.loads(_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(kept["codes"])


def _file() -> Path:
    return Path(settings.VAR) / "visitors.json"
