"""Managers of the kinds of record."""

from __future__ import annotations

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
