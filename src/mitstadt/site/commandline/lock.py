"""Renew both lock files from pyproject.toml: hashes for every platform, no download addresses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mitstadt.ground.commands import Command
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "lock",
    _("die Sperrdateien der Pakete aus pyproject.toml erneuern"),
    "mitstadt.site.commandline.lock:main",
    description=_("Braucht uv. Alles Weitere geht an uv pip compile, zum Beispiel --upgrade."),
    passes_on=True,
)

_COMMON = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11"]
_NO_ADDRESSES = ["--no-emit-index-url", "--no-emit-find-links"]
_LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--extra", "dev", "-c", "requirements.lock"],
}


def main(arguments: list[str]) -> int:
    """Compile the run-time lock first; the development lock keeps to its versions."""
    uv = shutil.which("uv")
    if uv is None:
        print("Renewing the lock files needs uv. Install it and run this again.", file=sys.stderr)
        return 2
    root = Path(os.environ.get("MITSTADT_ROOT", Path.cwd()))
    compile_ = [uv, "pip", "compile", *_COMMON, *_NO_ADDRESSES, *arguments, "pyproject.toml"]
    for lock, extra in _LOCKS.items():
        done = subprocess.run([*compile_, *extra, "-o", lock], cwd=root, check=False)  # noqa: S603  # our own words
        if done.returncode:
            return done.returncode
    return 0
