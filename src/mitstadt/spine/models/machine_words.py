"""Words of a record in another language, made by a machine that the operator runs."""

from __future__ import annotations

from django.db import models

from mitstadt.spine.models.records import Record


class MachineTranslation(models.Model):
    """What the machine said of these very words, told apart by their digest: of other words it says nothing.

    It is no `Translation`: nobody promised it, so no act tells of it, and the search does not have it.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="machine_translations")
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    # By the name of its field, each text that the record says.
    words = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="machine_translation_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.language}"
