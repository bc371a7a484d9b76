"""The city's uploads, wherever they lie: a folder of this machine, a shared one, or S3-compatible storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

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


class Addition:
    """The files of a backup beside those that are there; whatever fails within the block, the new ones are gone again.

    A file that is there with other bytes stays until all else is safe, and is exchanged then.
    """

    def __init__(self) -> None:
        self._new: list[str] = []
        self._other: dict[str, str] = {}

    def __enter__(self) -> Addition:
        return self

    def add(self, archive: ZipFile, member: str, name: str) -> None:
        """Write one file of a backup; refused where it would lie outside."""
        _require_inside(name)
        if not default_storage.exists(name):
            self._new.append(name)
            _save(archive, member, name)
        elif not _is_same(archive, member, name):
            self._other[name] = member

    def exchange(self, archive: ZipFile) -> None:
        """Put those of the backup in the place of what stood there with other bytes."""
        for name, member in self._other.items():
            default_storage.delete(name)
            _save(archive, member, name)

    def __exit__(self, failed: object, *_rest: object) -> None:
        for name in self._new if failed else ():
            default_storage.delete(name)


def _save(archive: ZipFile, member: str, name: str) -> None:
    try:
        with archive.open(member) as content:
            default_storage.save(name, File(content, name=name))
    except OSError as error:
        sentence = f"The upload “{name}” cannot be written: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("upload_unwritable", sentence, file=name) from error


def _is_same(archive: ZipFile, member: str, name: str) -> bool:
    with archive.open(member) as kept, default_storage.open(name) as stands:
        while piece := kept.read(_PIECE):
            if stands.read(len(piece)) != piece:
                return False
        return not stands.read(1)


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
