"""The only proof that a backup is worth something: restore it, into a city that lasts a minute."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import mitstadt

# What leads to the living city; the one on trial has its own of all that.
_OF_THE_CITY = ("MITSTADT_", "DATABASE_", "DJANGO_", "REDIS_")
_OF_THE_PROGRAM = {"MITSTADT_SLICES", "MITSTADT_ROOT"}
_LONGEST_S = 6 * 60 * 60


@dataclass(frozen=True)
class Proof:
    """Whether the backup could be restored without a fault, and what was said otherwise."""

    sound: bool
    said: str

    @property
    def lines(self) -> list[str]:
        """What went wrong, in lines."""
        return [] if self.sound else [f"  {line}" for line in self.said.strip().splitlines()]


def prove(file: Path) -> Proof:
    """Restore the backup on trial: an own database, own secrets, own uploads, all gone afterwards."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _OF_THE_PROGRAM or not name.startswith(_OF_THE_CITY)
    }
    with tempfile.TemporaryDirectory(prefix="mitstadt-proof-") as folder:
        environment = {
            **kept,
            "MITSTADT_VAR": folder,
            "PYTHONPATH": str(Path(mitstadt.__file__).parents[1]),
            # Dates in sentences do not matter, the exit code does.
            "LANGUAGE": "en",
        }
        ended = subprocess.run(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "mitstadt.site.commandline", "restore", str(file.resolve())],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_S,
        )
    return Proof(ended.returncode == 0, ended.stdout if ended.returncode == 0 else ended.stderr or ended.stdout)
