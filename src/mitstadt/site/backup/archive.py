"""A backup file as it lies there: opened, and held against its own checksums."""

from __future__ import annotations

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import layout

_PIECE = 1 << 20
# What zipfile says of a damaged file: besides its own error also “encrypted”, “unknown version”, odd numbers and names.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    RuntimeError,
    OSError,
)


def opened(file: Path) -> zipfile.ZipFile:
    """The file as an archive; what is in the way is told in a sentence."""
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        sentence = f"“{file}” cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unreadable", sentence, file=str(file)) from error
    except _BROKEN as error:
        raise MethodError("backup_unreadable", f"“{file}” is no backup, or its end is missing.") from error


def manifest_of(archive: zipfile.ZipFile) -> layout.Manifest:
    """What the backup says of itself."""
    names = archive.namelist()
    if names.count(layout.MANIFEST) != 1 or archive.getinfo(layout.MANIFEST).file_size > layout.LONGEST_MANIFEST:
        raise MethodError("backup_unreadable", "This is no backup of Mitstadt: it has no manifest.")
    try:
        return layout.Manifest.from_text(archive.read(layout.MANIFEST).decode())
    except _BROKEN as error:
        raise MethodError("backup_damaged", "The manifest of this backup is damaged.") from error


def checked_manifest(archive: zipfile.ZipFile) -> layout.Manifest:
    """The manifest, once every member was read and fits its checksum."""
    manifest = manifest_of(archive)
    if sorted(archive.namelist()) != sorted([*manifest.members, layout.MANIFEST]):
        raise MethodError("backup_damaged", "The backup does not hold the files that its manifest names.")
    for name, member in manifest.members.items():
        if _digest(archive, name, member.size) != member.sha256:
            raise MethodError("backup_damaged", f"“{name}” in the backup was changed or is damaged.", name=name)
    return manifest


def _digest(archive: zipfile.ZipFile, name: str, size: int) -> str:
    told = archive.getinfo(name)
    if told.file_size != size or told.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return ""
    digest = hashlib.sha256()
    try:
        for piece in _pieces(archive, name):
            digest.update(piece)
    except _BROKEN:
        return ""
    return digest.hexdigest()


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while piece := member.read(_PIECE):
            yield piece
