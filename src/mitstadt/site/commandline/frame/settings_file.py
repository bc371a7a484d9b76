"""The settings of a city in one file, so that a server, a worker and a nightly job mean the same city.

Lines of NAME=VALUE, as systemd and Compose read them; what stands in the environment itself goes first.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path

from mitstadt.methods.shared.errors import MethodError

# They look at the program, or at a city of their own.
WITHOUT_A_CITY = frozenset({"test", "check", "lock", "demo"})
_LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)")
_QUOTES = "\"'"


def take_over(environment: MutableMapping[str, str], *, root: Path) -> Path | None:
    """Add what the file of `MITSTADT_SETTINGS` says, or `mitstadt.env` beside the program; which file that was."""
    named = environment.get("MITSTADT_SETTINGS")
    file = Path(named) if named else root / "mitstadt.env"
    if not named and not file.exists():
        return None
    for name, value in _read(file):
        environment.setdefault(name, value)
    return file


def _read(file: Path) -> list[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MethodError(
            "settings_unreadable", f"The settings in {file} cannot be read: {type(error).__name__}.", file=str(file)
        ) from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None:
            raise MethodError(
                "setting_unreadable", f"Line {number} of {file} is no setting. Write NAME=value.", line=number
            )
        found.append((said[1], _bare(said[2])))
    return found


def _bare(value: str) -> str:
    """Without the quotes around it, and without blanks at the end."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in _QUOTES:
        return value[1:-1]
    return value
