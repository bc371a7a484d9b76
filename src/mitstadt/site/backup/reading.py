"""Read a backup back: every checksum first, then all rows in one transaction, then the log, and only then the rest."""

from __future__ import annotations

import dataclasses
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import archive as archives
from mitstadt.site.backup import erasing_again, layout, secrets, tables, uploads, versions
from mitstadt.site.backup.findings import Findings, findings
from mitstadt.site.backup.writing import applied_migrations

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
    erased_again: int
    found: Findings
    made_at: str
    written_on: str
    # The version that wrote it, where its tables were brought up to this one.
    upgraded_from: str = ""


def restore_backup(
    file: Path, *, replace: bool, accept_faults: bool = False, erasures: tuple[Path, ...] = ()
) -> Restored:
    """Put a backup into an empty database, or with `replace` in place of what is there; nothing happens on a fault.

    One of an earlier version goes into a new database, whose tables are made as they were then and brought up to this
    version. What was erased after the backup was made is erased again, by the list of this city and by `erasures`.
    """
    with archives.opened(file) as archive:
        manifest = archives.checked_manifest(archive)
        kept = _secrets(archive, manifest)
        if versions.is_earlier(manifest.migrations):
            return _restore_earlier(archive, manifest, kept, accept_faults=accept_faults, erasures=erasures)
        versions.migrate_to_this()
        _refuse_where_it_cannot_be(manifest, kept, replace=replace)
        with secrets.Exchange(kept) as keys, uploads.Addition() as added, transaction.atomic():
            rows = _load(archive, manifest)
            found = _found(archive, manifest, kept, accept_faults=accept_faults)
            again = erasing_again.erase_again(erasures)
            count = _add_uploads(archive, manifest, added)
            keys.swap()
        # Only what stood there with other bytes is left: it is exchanged once all else is safe.
        added.exchange(archive)
    return _told(manifest, rows=rows, uploads=count, keys=keys.count, found=found, again=again)


def _restore_earlier(
    archive: zipfile.ZipFile,
    manifest: layout.Manifest,
    kept: dict[str, str],
    *,
    accept_faults: bool,
    erasures: tuple[Path, ...],
) -> Restored:
    """Into a new database alone: tables as they were, rows, then the upgrade that a living city would have had."""
    if names := secrets.overruled(kept):
        raise _secret_differs(names)
    with secrets.Exchange(kept) as keys, uploads.Addition() as added:
        then = versions.made_as_it_was(manifest.migrations)
        try:
            with transaction.atomic():
                rows = _load(archive, manifest, then)
            versions.migrate_to_this(without_backup=True)
            with transaction.atomic():
                found = _found(archive, manifest, kept, accept_faults=accept_faults)
                again = erasing_again.erase_again(erasures)
                count = _add_uploads(archive, manifest, added)
                keys.swap()
        except BaseException:
            versions.emptied()
            raise
        added.exchange(archive)
    told = _told(manifest, rows=rows, uploads=count, keys=keys.count, found=found, again=again)
    return dataclasses.replace(told, upgraded_from=manifest.mitstadt)


def _told(manifest: layout.Manifest, *, rows: int, uploads: int, keys: int, found: Findings, again: int) -> Restored:
    return Restored(
        members=len(manifest.members),
        rows=rows,
        uploads=uploads,
        secrets=keys,
        erased_again=again,
        found=found,
        made_at=manifest.made_at,
        written_on=manifest.database,
    )


def _secrets(archive: zipfile.ZipFile, manifest: layout.Manifest) -> dict[str, str]:
    return {
        name.removeprefix(layout.SECRETS): archive.read(name)[:_LONGEST_SECRET].decode("ascii")
        for name in manifest.members
        if name.startswith(layout.SECRETS)
    }


def _secret_differs(names: list[str]) -> MethodError:
    sentence = f"{' and '.join(names)} in the environment differs from the backup: printed codes would be unknown."
    return MethodError("secret_differs", sentence, names=names)


def _refuse_where_it_cannot_be(manifest: layout.Manifest, kept: dict[str, str], *, replace: bool) -> None:
    here = applied_migrations()
    if dict(manifest.migrations) != here:
        apps = sorted(a for a in {*here, *manifest.migrations} if here.get(a) != manifest.migrations.get(a))
        sentence = (
            f"The backup was made by Mitstadt {manifest.mitstadt}, whose tables differ in: {', '.join(apps)}. "
            "Restore it with that version or a later one."
        )
        if absent := sorted(set(manifest.migrations) - set(here)):
            sentence = (
                f"The backup holds tables of slices that are not installed here: {', '.join(absent)}. "
                "Set MITSTADT_SLICES as it was where the backup was made."
            )
        raise MethodError("backup_of_other_version", sentence, apps=apps)
    if names := secrets.overruled(kept):
        raise _secret_differs(names)
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


def _load(archive: zipfile.ZipFile, manifest: layout.Manifest, of: Apps = installed) -> int:
    """All rows; foreign keys are checked at the end, since records and processes point to each other."""
    models = tables.kept_models(of)
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


def _found(
    archive: zipfile.ZipFile, manifest: layout.Manifest, kept: dict[str, str], *, accept_faults: bool
) -> Findings:
    """What came of holding rows, contents and log against each other; refused with faults nobody said yes to."""
    head = archive.read(layout.HEAD).decode()
    found = findings(secrets.log_key(kept), head=head, least=manifest.log_size)
    if not found.sound and not accept_faults:
        first = "\n".join(found.lines)
        sentence = (
            f"The log in this backup is not sound, or does not fit its records; {found.faults_total} faults:\n{first}\n"
            "Nothing was restored. Try an earlier backup; to restore this one with its faults, say --accept-faults."
        )
        raise MethodError("log_unsound", sentence, faults=found.faults)
    return found


def _add_uploads(archive: zipfile.ZipFile, manifest: layout.Manifest, added: uploads.Addition) -> int:
    names = [name for name in manifest.members if name.startswith(layout.UPLOADS)]
    for name in names:
        added.add(archive, name, name.removeprefix(layout.UPLOADS))
    return len(names)
