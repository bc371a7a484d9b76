"""Pictures and documents on a record: what each shows, in which order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mitstadt.ground.files.api import FileSize
from mitstadt.spine.models.records import Record


class Attachment(models.Model):
    """A file on a record. A picture is described for those who do not see it, or said to be decoration alone."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="attachment")
    position = models.PositiveSmallIntegerField()
    # What a picture shows, or what a document is called.
    description = models.CharField(max_length=500, blank=True)
    decorative = models.BooleanField(default=False)
    caption = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["record", "position"]
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="attachment_position_once"),
            models.CheckConstraint(
                condition=Q(decorative=True, description="") | (Q(decorative=False) & ~Q(description="")),
                name="attachment_described_or_decorative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.position}"

    @property
    def largest(self) -> FileSize:
        """Its largest stored size, for those who download it; of two as wide, the WebP."""
        return max(self.file.sizes.all(), key=lambda size: (size.width, size.kind))
