"""Secrets that a fresh city makes for itself once and keeps in a file that only it can read."""

import os
import secrets
from pathlib import Path


def kept_in(path: Path) -> str:
    """The secret in the file; made on first use, so that no installation shares a default one."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
