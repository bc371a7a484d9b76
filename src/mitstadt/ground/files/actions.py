"""Keep what was uploaded until its record is made; delete rows and bytes together; sweep what nobody needs.

Bytes are written before the row and deleted after it: where something breaks in between, bytes without a row remain,
and the daily sweep takes them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from mitstadt.ground.files.checking import Accepted, Checked, checked, require_length
from mitstadt.ground.files.kinds import FileKind
from mitstadt.ground.files.models import FileSize, StoredFile
from mitstadt.ground.files.refusals import FileRefused

FOLDER = "files"
KEEP_FOR = timedelta(hours=24)
MOST_KEPT = 30
# What was written a moment ago may still get its row.
_LET_ALONE_FOR = timedelta(hours=24)


def keep_upload(upload: IO[bytes], size: int, *, accepted: Accepted, keeper: str, now: datetime) -> StoredFile:
    """Check and store what was uploaded; for a day it waits for its record, and only its keeper may take it."""
    require_length(size, accepted)
    if StoredFile.objects.filter(keeper=keeper, keep_until__gt=now).count() >= MOST_KEPT:
        raise FileRefused("too_many_kept")
    found = checked(upload.read(accepted.most_bytes + 1), accepted)
    return store(found, keeper=keeper, now=now)


def store(found: Checked, *, keeper: str, now: datetime) -> StoredFile:
    """Write a checked file in all its sizes under a random key."""
    key = secrets.token_hex(16)
    largest = max(found.parts, key=lambda part: (part.width, part.kind is not FileKind.JPEG))
    sizes = [
        FileSize(
            name=default_storage.save(
                f"{FOLDER}/{key[:2]}/{key}-{part.width}.{part.kind.value}", ContentFile(part.data)
            ),
            kind=part.kind,
            width=part.width,
            height=part.height,
            bytes=len(part.data),
        )
        for part in found.parts
    ]
    with transaction.atomic():
        file = StoredFile.objects.create(
            key=key,
            kind=found.kind,
            width=found.width,
            height=found.height,
            sha256=hashlib.sha256(largest.data).hexdigest(),
            made_at=now,
            keeper=keeper,
            keep_until=now + KEEP_FOR,
        )
        for size in sizes:
            size.file = file
        FileSize.objects.bulk_create(sizes)
    return file


def delete_files(files: QuerySet[StoredFile]) -> int:
    """Delete files with all their sizes; their bytes go when the transaction is committed. Returns how many."""
    with transaction.atomic():
        keys = list(files.select_for_update().values_list("pk", flat=True))
        names = list(FileSize.objects.filter(file__in=keys).values_list("name", flat=True))
        FileSize.objects.filter(file__in=keys).delete()
        StoredFile.objects.filter(pk__in=keys).delete()
        transaction.on_commit(lambda: _delete_bytes(names))
    return len(keys)


def _delete_bytes(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def sweep_bytes(*, now: datetime) -> int:
    """Delete stored bytes that no row names and that are older than a day; returns how many."""
    swept = 0
    for folder in _folders():
        path = f"{FOLDER}/{folder}"
        known = set(FileSize.objects.filter(name__startswith=f"{path}/").values_list("name", flat=True))
        found = {f"{path}/{name}" for name in default_storage.listdir(path)[1]}
        old = [name for name in found - known if default_storage.get_modified_time(name) < now - _LET_ALONE_FOR]
        _delete_bytes(old)
        swept += len(old)
    return swept


def _folders() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return []
