"""Secrets that a fresh city makes for itself once and keeps in a file that only it can read."""

import secrets
from pathlib import Path

from mitstadt.ground.private_files import secret_in


def kept_in(path: Path) -> str:
    """The secret in the file; made on first use, so that no installation shares a default one."""
    return secret_in(path, secrets.token_urlsafe(48))
