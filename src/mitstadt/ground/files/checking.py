"""From the bytes that came to what may be stored: one door for everything that people upload. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mitstadt.ground.files.documents import kind_of_office_file, require_whole_pdf
from mitstadt.ground.files.kinds import PICTURES, FileKind, begins_like
from mitstadt.ground.files.pictures import Drawn, redrawn
from mitstadt.ground.files.refusals import FileRefused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Accepted:
    """What a field takes: kinds of file, and how large each may be."""

    kinds: frozenset[FileKind] = PICTURES
    most_bytes: int = 10 * MEGABYTE

    @property
    def names(self) -> str:
        """The kinds as people know them."""
        return ", ".join(kind.label for kind in FileKind if kind in self.kinds)

    @property
    def megabytes(self) -> int:
        """The most that a file may have."""
        return self.most_bytes // MEGABYTE


@dataclass(frozen=True)
class Checked:
    """A file that may be stored, in all its sizes; width and height are 0 for a document."""

    kind: FileKind
    width: int
    height: int
    parts: tuple[Drawn, ...]


def require_length(size: int, accepted: Accepted) -> None:
    """Refuse an empty and a too large file, before it is read."""
    if not size:
        raise FileRefused("file_empty")
    if size > accepted.most_bytes:
        megabytes = max(accepted.megabytes + 1, round(size / MEGABYTE))
        raise FileRefused("file_too_large", megabytes=megabytes, limit=accepted.megabytes)


def checked(data: bytes, accepted: Accepted) -> Checked:
    """The file as it may be stored. Its kind is read from its content; whatever is not understood is refused."""
    require_length(len(data), accepted)
    kind = _kind_of(data)
    if kind not in accepted.kinds:
        raise FileRefused("file_kind", accepted=accepted.names)
    if kind.is_picture:
        picture = redrawn(data, kind)
        return Checked(kind, picture.width, picture.height, picture.drawn)
    if kind is FileKind.PDF:
        require_whole_pdf(data)
    return Checked(kind, 0, 0, (Drawn(kind, 0, 0, data),))


def _kind_of(data: bytes) -> FileKind | None:
    told = begins_like(data)
    if told == "zip":
        return kind_of_office_file(data)
    if told in {"heic", "film", "gif", "markup"}:
        raise FileRefused(f"file_{told}")
    return FileKind(told) if told in set(FileKind) else None
