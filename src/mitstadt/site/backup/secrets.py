"""The secrets that a city needs to go on: without the log's key and the pepper, heads and codes would be worthless."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mitstadt.ground.private_files import put_secret, read_secret, sync_folder
from mitstadt.methods.shared.errors import MethodError


@dataclass(frozen=True)
class Secret:
    """A secret: its name in the backup, where it lies, what holds now, and the variable that overrules the file."""

    name: str
    path: Path
    value: str
    variable: str


def secrets_now(*, strict: bool = True) -> list[Secret]:
    """All secrets as they hold; the log's key is missing where nothing was ever signed.

    An empty file is refused, unless it is about to be replaced.
    """
    key_file = Path(settings.LOG_KEY_FILE)
    log_key = read_secret(key_file) if strict and key_file.exists() else ""
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
        for secret in secrets_now(strict=False)
        if secret.variable and _is_set(secret.variable) and kept.get(secret.name, secret.value) != secret.value
    ]


def log_key(kept: Mapping[str, str] | None = None) -> bytes:
    """The key that signs the log: of these secrets of a backup, or the one that holds now."""
    held = kept if kept is not None else {secret.name: secret.value for secret in secrets_now()}
    try:
        key = bytes.fromhex(held.get("log_key", ""))
    except ValueError:
        key = b""
    if not key:
        raise MethodError("log_key_missing", "The key that signs the log is missing or damaged.")
    return key


class Exchange:
    """The secrets of a backup beside those that hold: on the disk already, and not yet in their place.

    `swap` puts them there, right before the rows are committed; if anything fails within the block, those from before
    are there again. So rows and keys are of one city, whatever fails.
    """

    def __init__(self, kept: Mapping[str, str]) -> None:
        wanted = [(one, kept.get(one.name, "")) for one in secrets_now(strict=False)]
        self._chosen = [(one.path, value) for one, value in wanted if value and not _given(one)]
        self._swapped: list[Path] = []
        self.count = len(self._chosen)

    def __enter__(self) -> Exchange:
        for path, value in self._chosen:
            put_secret(_fresh(path), value)
        return self

    def swap(self) -> None:
        """Put them in their place, and those from before aside."""
        for path, _value in self._chosen:
            self._swapped.append(path)
            if path.exists():
                path.replace(_before(path))
            _fresh(path).replace(path)
            sync_folder(path.parent)

    def __exit__(self, failed: object, *_rest: object) -> None:
        for path, _value in self._chosen:
            _fresh(path).unlink(missing_ok=True)
            if failed and path in self._swapped:
                path.unlink(missing_ok=True)
                if _before(path).exists():
                    _before(path).replace(path)
            else:
                _before(path).unlink(missing_ok=True)


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}.restored")


def _before(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-restore")


def _given(secret: Secret) -> bool:
    """Whether the environment gives it: then it stays there."""
    return bool(secret.variable) and _is_set(secret.variable)


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))
