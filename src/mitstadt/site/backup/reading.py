"""Read a backup back: every checksum first, then all rows in one transaction, then the log, and only then the rest."""

from __future__ import annotations

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from mitstadt.methods.log import Verification
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import layout, log_check, secrets, tables, uploads
from mitstadt.site.backup.writing import applied_migrations

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
_LONGEST_SECRET = 4096
# What `migrate` fills by itself in a fresh database; a backup brings its own.
_FILLED_BY_MIGRATE = frozenset({"contenttypes.contenttype", "auth.permission"})


@dataclass(frozen=True)
class Restored:
    """What was put back and checked."""

    members: int
    rows: int
    uploads: int
    secrets: int
    acts: int
    log: Verification
    made_at: str
    written_on: str


def restore_backup(file: Path, *, replace: bool) -> Restored:
    """Put a backup into an empty database, or with `replace` in place of what is there; nothing happens on a fault."""
    with _opened(file) as archive:
        manifest = _checked_manifest(archive)
        kept = _secrets(archive, manifest)
        _refuse_where_it_cannot_be(manifest, kept, replace=replace)
        with transaction.atomic():
            rows = _load(archive, manifest)
            log, acts = _checked_log(archive, manifest, kept)
        uploads = _put_uploads_back(archive, manifest, replace=replace)
    return Restored(
        members=len(manifest.members),
        rows=rows,
        uploads=uploads,
        secrets=secrets.put_back(kept),
        acts=acts,
        log=log,
        made_at=manifest.made_at,
        written_on=manifest.database,
    )


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        sentence = f"“{file}” cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unreadable", sentence, file=str(file)) from error
    except _BROKEN as error:
        raise MethodError("backup_unreadable", f"“{file}” is no backup, or its end is missing.") from error


def _checked_manifest(archive: zipfile.ZipFile) -> layout.Manifest:
    """The manifest, once every member was read and fits its checksum."""
    names = archive.namelist()
    if names.count(layout.MANIFEST) != 1 or archive.getinfo(layout.MANIFEST).file_size > layout.LONGEST_MANIFEST:
        raise MethodError("backup_unreadable", "This is no backup of Mitstadt: it has no manifest.")
    try:
        manifest = layout.Manifest.from_text(archive.read(layout.MANIFEST).decode())
    except _BROKEN as error:
        raise MethodError("backup_damaged", "The manifest of this backup is damaged.") from error
    if sorted(names) != sorted([*manifest.members, layout.MANIFEST]):
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


def _secrets(archive: zipfile.ZipFile, manifest: layout.Manifest) -> dict[str, str]:
    return {
        name.removeprefix(layout.SECRETS): archive.read(name)[:_LONGEST_SECRET].decode("ascii")
        for name in manifest.members
        if name.startswith(layout.SECRETS)
    }


def _refuse_where_it_cannot_be(manifest: layout.Manifest, kept: dict[str, str], *, replace: bool) -> None:
    here = applied_migrations()
    if dict(manifest.migrations) != here:
        apps = sorted(a for a in {*here, *manifest.migrations} if here.get(a) != manifest.migrations.get(a))
        sentence = (
            f"The backup was made by Mitstadt {manifest.mitstadt}, whose tables differ in: {', '.join(apps)}. "
            "Restore it with that version, run ./mitstadt manage migrate first if the database is new, then upgrade."
        )
        if absent := sorted(set(manifest.migrations) - set(here)):
            sentence = (
                f"The backup holds tables of slices that are not installed here: {', '.join(absent)}. "
                "Set MITSTADT_SLICES as it was where the backup was made."
            )
        raise MethodError("backup_of_other_version", sentence, apps=apps)
    if names := secrets.overruled(kept):
        sentence = f"{' and '.join(names)} in the environment differs from the backup: printed codes would be unknown."
        raise MethodError("secret_differs", sentence, names=names)
    filled = [m for m in tables.kept_models() if tables.label(m) not in _FILLED_BY_MIGRATE]
    if not replace and not all(map(tables.is_empty, filled)):
        raise MethodError(
            "database_not_empty",
            "The database is not empty. A backup is restored into a new one; --replace deletes what is there.",
        )
    if not replace and uploads.names():
        raise MethodError(
            "uploads_not_empty",
            f"There are files in “{uploads.place()}”. Move them away, or say --replace.",
        )


def _load(archive: zipfile.ZipFile, manifest: layout.Manifest) -> int:
    """All rows; foreign keys are checked at the end, since records and processes point to each other."""
    models = tables.kept_models()
    expected = {f"{layout.TABLES}{tables.table_name(model)}" for model in models}
    found = {name for name in manifest.members if name.startswith(layout.TABLES)}
    if expected != found:
        raise MethodError("table_differs", f"The tables differ: {', '.join(sorted(expected ^ found))}.")
    rows = 0
    try:
        for model in models:
            tables.empty(model)
        for model in models:
            rows += _load_table(archive, manifest, model)
        _set_sequences(models)
        connection.check_constraints()
    except DatabaseError as error:
        raise MethodError("rows_unfit", f"The rows of the backup do not fit together: {error}") from error
    ContentType.objects.clear_cache()
    return rows


def _load_table(archive: zipfile.ZipFile, manifest: layout.Manifest, model: tables.Model) -> int:
    name = f"{layout.TABLES}{tables.table_name(model)}"
    with archive.open(name) as member:
        count = tables.load(model, member)
    if count != manifest.members[name].rows:
        raise MethodError("backup_damaged", f"“{name}” has {count} rows, not {manifest.members[name].rows}.")
    return count


def _set_sequences(models: list[tables.Model]) -> None:
    """Let new rows get new numbers (PostgreSQL counts apart from its rows)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _checked_log(archive: zipfile.ZipFile, manifest: layout.Manifest, kept: dict[str, str]) -> tuple[Verification, int]:
    head = archive.read(layout.HEAD).decode()
    log, acts = log_check.check(bytes.fromhex(kept["log_key"]), head=head)
    if not log.sound:
        raise MethodError("log_unsound", f"The log in this backup is not sound: {log.faults[0].sentence}")
    if acts < manifest.log_size:
        raise MethodError("log_unsound", f"The log has {acts} acts; its signed head covers {manifest.log_size}.")
    return log, acts


def _put_uploads_back(archive: zipfile.ZipFile, manifest: layout.Manifest, *, replace: bool) -> int:
    names = [name for name in manifest.members if name.startswith(layout.UPLOADS)]
    for name in names:
        with archive.open(name) as member:
            uploads.put(name.removeprefix(layout.UPLOADS), member, replace=replace)
    return len(names)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while piece := member.read(_PIECE):
            yield piece
