"""The city's uploads, wherever they lie: a folder of this machine, a shared one, or S3-compatible storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage, storages

from mitstadt.methods.shared.errors import MethodError

_PIECE = 1 << 20


def names(below: str = "") -> list[str]:
    """Every file, in order. A link to elsewhere is no upload."""
    try:
        folders, files = default_storage.listdir(below)
    except FileNotFoundError:
        return []
    found = [name for name in (f"{below}{file}" for file in files) if not _is_link(name)]
    for folder in folders:
        if not _is_link(f"{below}{folder}"):
            found += names(f"{below}{folder}/")
    return sorted(found)


def pieces(name: str) -> Iterator[bytes]:
    """A file, a megabyte at a time."""
    with default_storage.open(name) as file:
        while piece := file.read(_PIECE):
            yield piece


def put(name: str, content: IO[bytes], *, replace: bool) -> None:
    """Write one file of a backup; refused where it would lie outside, or where another is and stays."""
    _require_inside(name)
    if default_storage.exists(name):
        if not replace:
            raise MethodError("uploads_not_empty", f"“{place()}” has a file “{name}” already.")
        default_storage.delete(name)
    default_storage.save(name, File(content, name=name))


def place() -> str:
    """Where they lie, for whoever looks after it."""
    if _is_folder():
        return str(default_storage.path(""))
    return str(getattr(default_storage, "bucket_name", "uploads"))


def _is_link(name: str) -> bool:
    return _is_folder() and Path(default_storage.path(name)).is_symlink()


def _is_folder() -> bool:
    return issubclass(type(storages["default"]), FileSystemStorage)


def _require_inside(name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name:
        raise MethodError("backup_damaged", f"The backup names a file outside its folder: “{name}”.")
