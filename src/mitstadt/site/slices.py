"""The slices of a city: the one place outside their own folders that names them."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

# Ways to take part, kinds of room and whatever else lives in a folder of its own, by the module of the folder.
SLICES = ("mitstadt.participation.drafting",)


def installed() -> tuple[str, ...]:
    """The slices of the house, and those that a city adds by ``MITSTADT_SLICES``."""
    # Read without the settings: commands that need none start without them.
    further = os.environ.get("MITSTADT_SLICES", "").split(",")
    return (*SLICES, *(name.strip() for name in further if name.strip()))


def folder_of(name: str) -> Path:
    """The folder of a slice, found without loading it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"There is no slice “{name}”.")
    return Path(next(iter(spec.submodule_search_locations)))
