"""Write a backup: one consistent view of the database, every member with its checksum, the manifest last."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import mitstadt
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import layout, secrets, tables, uploads
from mitstadt.spine.actions.log import publish_head


@dataclass(frozen=True)
class Written:
    """What a backup holds."""

    tables: int
    rows: int
    uploads: int
    log_size: int
    bytes: int


def write_backup(file: Path, *, now: datetime) -> Written:
    """Write everything to `file`, which must not exist yet; readable by its owner only."""
    if file.exists():
        raise MethodError("file_exists", f"“{file}” exists already. Choose another name.", file=str(file))
    head = publish_head(now=now)
    fresh = file.with_name(f".{file.name}.part")
    try:
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as stream, _one_view():
            members = _write_members(stream, head.text, made_at=now, log_size=head.size)
        fresh.replace(file)
    except OSError as error:
        sentence = f"“{file}” cannot be written: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unwritable", sentence, file=str(file)) from error
    finally:
        fresh.unlink(missing_ok=True)
    rows = [member.rows for member in members.values() if member.rows is not None]
    files = sum(name.startswith(layout.UPLOADS) for name in members)
    return Written(len(rows), sum(rows), files, head.size, file.stat().st_size)


def applied_migrations() -> dict[str, tuple[str, ...]]:
    """The migrations that made this database's tables, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return {app: tuple(names) for app, names in found.items()}


@contextmanager
def _one_view() -> Iterator[None]:
    """Read the database as it was at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Django would begin an immediate transaction and keep every writer waiting; a deferred one only reads.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _write_members(stream: IO[bytes], head: str, *, made_at: datetime, log_size: int) -> dict[str, layout.Member]:
    members: dict[str, layout.Member] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables.kept_models():
            name = f"{layout.TABLES}{tables.table_name(model)}"
            members[name] = _add(archive, name, tables.dumped(model), is_table=True)
        for upload in uploads.names():
            name = f"{layout.UPLOADS}{upload}"
            members[name] = _add(archive, name, uploads.pieces(upload))
        for secret in secrets.secrets_now():
            name = f"{layout.SECRETS}{secret.name}"
            members[name] = _add(archive, name, [secret.value.encode()])
        members[layout.HEAD] = _add(archive, layout.HEAD, [head.encode()])
        manifest = layout.Manifest(
            made_at=made_at.isoformat(),
            mitstadt=mitstadt.__version__,
            database=connection.vendor,
            log_size=log_size,
            migrations=applied_migrations(),
            members=members,
        )
        archive.writestr(layout.MANIFEST, manifest.text())
    return members


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, is_table: bool = False) -> layout.Member:
    digest, size, count = hashlib.sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
            count += 1
    return layout.Member(size, digest.hexdigest(), count - 1 if is_table else None)
