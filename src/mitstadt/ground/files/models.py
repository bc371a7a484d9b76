"""A stored file and its sizes. The name in the storage is ours; what the visitor called the file is never kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mitstadt.ground.files.kinds import FileKind

_KINDS = [(kind.value, kind.label) for kind in FileKind]
_PICTURES = [kind.value for kind in FileKind if kind.is_picture]


class StoredFile(models.Model):
    """A file that somebody brought: waiting for its record until `keep_until`, or (with no keeper) in use."""

    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=8, choices=_KINDS)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Of what is stored in its largest size, not of what was sent.
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    keeper = models.CharField(max_length=64, blank=True)
    keep_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="file_kind_known"),
            models.CheckConstraint(
                condition=Q(keeper="", keep_until__isnull=True) | (~Q(keeper="") & Q(keep_until__isnull=False)),
                name="file_waits_for_someone_or_is_used",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_PICTURES, width__gt=0, height__gt=0)
                | (~Q(kind__in=_PICTURES) & Q(width=0, height=0)),
                name="file_picture_has_a_size",
            ),
        ]
        indexes = [
            models.Index(fields=["keep_until"], name="file_keep_until"),
            models.Index(fields=["keeper"], name="file_keeper"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}"

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered."""
        return FileKind(self.kind).is_picture


class FileSize(models.Model):
    """One stored size of a picture, or (with width 0) a document: one name in the storage."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="sizes")
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=_KINDS)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "kind", "width"], name="file_size_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="file_size_kind_known"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="file_size_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """The last part of its address."""
        return self.name.rpartition("/")[2]
