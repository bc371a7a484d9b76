"""Managers of the kinds of record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from mitstadt.spine.models.records import Record

AnyRecord = TypeVar("AnyRecord", bound="Record")


class RecordManager(models.Manager[AnyRecord]):
    """Rows of one kind, asked for by that kind.

    Without it a child table would be found by walking all records of a room: the database cannot know that one row
    in a million belongs to it.
    """

    def get_queryset(self) -> models.QuerySet[AnyRecord]:
        """All rows of the kind."""
        return super().get_queryset().filter(kind=self.model.KIND)

    def keyed(self, keys: Iterable[int] | None = None) -> models.QuerySet[AnyRecord]:
        """Rows whose keys are known to be of the kind: those, or all of which a list of keys will be asked.

        The kind is not asked again: joined by it, the database walks on behind the last key for one more of the kind.
        """
        rows = super().get_queryset()
        return rows if keys is None else rows.filter(pk__in=list(keys))
