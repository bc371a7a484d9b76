"""The key of a part that ties turns to secret rows: a file for our eyes only, never backed up, destroyed at the end."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

_KEY_BYTES = 32


def key_of(ref: str) -> bytes | None:
    """The key of the part with this ref; None where there is none (any more)."""
    try:
        return bytes.fromhex(_path(ref).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def made_key(ref: str) -> bytes:
    """The key of the part, made where there is none; of two who make it at once both get the same."""
    path = _path(ref)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # A whole file or none; refused where somebody else was faster.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))


def destroy_key(ref: str) -> None:
    """Overwrite and delete the key of the part; nothing happens where there is none."""
    path = _path(ref)
    try:
        with path.open("r+b") as file:
            file.write(b"0" * (2 * _KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def _path(ref: str) -> Path:
    return Path(settings.TURN_KEYS) / f"{ref}.key"
