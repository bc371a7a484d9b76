"""The secrets that a city needs to go on: without the log's key and the pepper, heads and codes would be worthless."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mitstadt.methods.shared.errors import MethodError


@dataclass(frozen=True)
class Secret:
    """A secret: its name in the backup, where it lies, what holds now, and the variable that overrules the file."""

    name: str
    path: Path
    value: str
    variable: str


def secrets_now() -> list[Secret]:
    """All secrets as they hold; the log's key is missing where nothing was ever signed."""
    key_file = Path(settings.LOG_KEY_FILE)
    log_key = key_file.read_text(encoding="ascii").strip() if key_file.exists() else ""
    var = Path(settings.VAR)
    return [
        Secret("log_key", key_file, log_key, ""),
        Secret("code_pepper", var / "code_pepper", settings.CODE_PEPPER.decode(), "MITSTADT_CODE_PEPPER"),
        Secret("secret_key", var / "secret_key", settings.SECRET_KEY, "MITSTADT_SECRET_KEY"),
    ]


def overruled(kept: dict[str, str]) -> list[str]:
    """The variables of the environment that say something else than the backup."""
    return [
        secret.variable
        for secret in secrets_now()
        if secret.variable and _is_set(secret.variable) and kept.get(secret.name, secret.value) != secret.value
    ]


def put_back(kept: dict[str, str]) -> int:
    """Write the secrets to their files, for our eyes only; those that the environment gives stay there."""
    written = 0
    for secret in secrets_now():
        value = kept.get(secret.name, "")
        if not value or (secret.variable and _is_set(secret.variable)):
            continue
        _write(secret.path, value)
        written += 1
    return written


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def _write(path: Path, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise MethodError("secret_unwritable", f"“{path}” cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    fresh.replace(path)
