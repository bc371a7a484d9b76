"""Files that only the city itself may read, written whole and onto the disk, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mitstadt.methods.shared.errors import MethodError

_FOR_US = 0o077
# What file systems answer that know no links between files; there, whoever comes second waits for nobody.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}


def keep_private(folder: Path, *files: Path) -> None:
    """From now on nobody else of this machine reads what we write, nor what lies in the folder or these files."""
    os.umask(_FOR_US)
    for path in (folder, *files):
        if path.exists() and path.stat().st_uid == os.getuid():
            path.chmod(path.stat().st_mode & ~_FOR_US & 0o7777)


def read_secret(path: Path) -> str:
    """The secret in the file; an empty one is refused, since with it anyone could do what the secret guards.

    ``FileNotFoundError`` where there is none.
    """
    kept = path.read_text(encoding="ascii").strip()
    if not kept:
        raise MethodError(
            "secret_empty",
            f"The file “{path}” is empty: the secret that was written there is lost. Delete the file and restore the "
            "newest backup, which brings the secret along. Where the city has never run, deleting is enough.",
            file=str(path),
        )
    return kept


def secret_in(path: Path, fresh: str) -> str:
    """The secret that is in the file, or else this fresh one, written there; of two at once both get the same."""
    try:
        return read_secret(path)
    except FileNotFoundError:
        pass
    with _written(path, fresh) as whole:
        try:
            os.link(whole, path)
        except FileExistsError:
            pass
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            whole.replace(path)
    return read_secret(path)


def put_secret(path: Path, value: str) -> None:
    """Put the secret in the place of what is there."""
    with _written(path, value) as whole:
        whole.replace(path)


def sync_folder(folder: Path) -> None:
    """Have the names of the folder's files on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _written(path: Path, text: str) -> Iterator[Path]:
    """A file beside the path with this text on the disk, to be moved there; gone afterwards in any case."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        sentence = f"“{path}” cannot be written: {(error.strerror or 'unknown reason').lower()}. Nothing was changed."
        raise MethodError("secret_unwritable", sentence, file=str(path)) from error
