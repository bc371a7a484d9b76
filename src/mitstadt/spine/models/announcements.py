"""What a host tells along the way: short, dated, with pictures and files."""

from __future__ import annotations

from typing import ClassVar, Self

from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.records import Record


class Announcement(Record):
    """News of a process; the title says it, the body tells more. Pictures and files hang on it as on any record."""

    KIND: ClassVar[str] = "announcement"

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        proxy = True
