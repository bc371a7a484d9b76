"""Write a backup: one consistent view of the database, checked against the log, every member with its checksum."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet

import mitstadt
from mitstadt.ground.private_files import sync_folder
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import archive as archives
from mitstadt.site.backup import layout, secrets, tables, uploads
from mitstadt.site.backup.findings import Findings, findings
from mitstadt.site.backup.view import one_view
from mitstadt.spine.actions.log import publish_head


@dataclass(frozen=True)
class Written:
    """What a backup holds, and what is wrong with the city that it was made of."""

    tables: int
    rows: int
    uploads: int
    log_size: int
    bytes: int
    found: Findings


@dataclass(frozen=True)
class _Made:
    """The members of a file just written, and what was found in the very view of which it was written."""

    members: dict[str, layout.Member]
    found: Findings


def write_backup(file: Path, *, now: datetime, of: Apps = installed) -> Written:
    """Write everything to `file`, which must not exist yet, and read it back; readable by its owner only.

    What is written is held against the log in the same view of the database, and the file against what was written. A
    file whose city has faults is kept all the same, and says so: it may be the best there is. `of` are the models of
    the version that made the tables, before an upgrade.
    """
    if file.exists():
        raise MethodError("file_exists", f"“{file}” exists already. Choose another name.", file=str(file))
    head = _head(now, of)
    fresh = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as stream, one_view():
            made = _write_members(stream, head, made_at=now, of=of)
            _onto_the_disk(stream)
        with archives.opened(fresh) as archive:
            archives.checked_manifest(archive)
        fresh.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        sentence = f"“{file}” cannot be written: {(error.strerror or 'unknown reason').lower()}. There is no backup."
        raise MethodError("file_unwritable", sentence, file=str(file)) from error
    finally:
        # Where the folder could not be made there is nothing to remove either.
        with suppress(OSError):
            fresh.unlink()
    rows = [member.rows for member in made.members.values() if member.rows is not None]
    files = sum(name.startswith(layout.UPLOADS) for name in made.members)
    return Written(len(rows), sum(rows), files, _size(head), file.stat().st_size, made.found)


def applied_migrations() -> dict[str, tuple[str, ...]]:
    """The migrations that made this database's tables, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return {app: tuple(names) for app, names in found.items()}


def _head(now: datetime, of: Apps) -> str:
    """The log's head, signed now; before an upgrade the last one, since nothing is written into other tables."""
    if of is not installed:
        signed: QuerySet[Any, Any] = QuerySet(of.get_model("spine", "SignedHead"))
        for text in signed.order_by("-size").values_list("text", flat=True)[:1]:
            return str(text)
    return publish_head(now=now).text


def _size(head: str) -> int:
    return int(head.split("\n")[1])


def _onto_the_disk(stream: IO[bytes]) -> None:
    """On the disk, and out of memory: what is read back is what a machine that fails tonight will have."""
    stream.flush()
    os.fsync(stream.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _write_members(stream: IO[bytes], head: str, *, made_at: datetime, of: Apps) -> _Made:
    members: dict[str, layout.Member] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables.kept_models(of):
            name = f"{layout.TABLES}{tables.table_name(model)}"
            members[name] = _add(archive, name, tables.dumped(model), is_table=True)
        for upload in uploads.names():
            name = f"{layout.UPLOADS}{upload}"
            members[name] = _add(archive, name, uploads.pieces(upload))
        for secret in secrets.secrets_now():
            name = f"{layout.SECRETS}{secret.name}"
            members[name] = _add(archive, name, [secret.value.encode()])
        members[layout.HEAD] = _add(archive, layout.HEAD, [head.encode()])
        found = findings(secrets.log_key(), head=head, least=_size(head), tables=of)
        manifest = layout.Manifest(
            made_at=made_at.isoformat(),
            mitstadt=mitstadt.__version__,
            database=connection.vendor,
            log_size=_size(head),
            migrations=applied_migrations(),
            members=members,
        )
        archive.writestr(layout.MANIFEST, manifest.text())
    return _Made(members, found)


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, is_table: bool = False) -> layout.Member:
    digest, size, count = hashlib.sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
            count += 1
    return layout.Member(size, digest.hexdigest(), count - 1 if is_table else None)
