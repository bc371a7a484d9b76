"""The key of a part that ties turns to secret rows: a file for our eyes only, never backed up, destroyed at the end."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from mitstadt.ground.private_files import read_secret, secret_in

_KEY_BYTES = 32


def key_of(ref: str) -> bytes | None:
    """The key of the part with this ref; None where there is none (any more)."""
    try:
        return bytes.fromhex(read_secret(_path(ref)))
    except FileNotFoundError:
        return None


def made_key(ref: str) -> bytes:
    """The key of the part, made where there is none; of two who make it at once both get the same."""
    return bytes.fromhex(secret_in(_path(ref), secrets.token_hex(_KEY_BYTES)))


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
