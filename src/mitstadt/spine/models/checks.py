"""What came of checking the city, or of restoring a backup of it on trial."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CityCheck(models.Model):
    """One check: of the city against its log, or of a backup by restoring it."""

    CITY: ClassVar[str] = "city"
    BACKUP: ClassVar[str] = "backup"
    # So many faults are kept by name.
    TOLD: ClassVar[int] = 20

    what = models.CharField(max_length=8)
    at = models.DateTimeField()
    # The name of the backup's file.
    subject = models.CharField(max_length=200, blank=True)
    faults_total = models.PositiveIntegerField()
    told = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(what__in=["city", "backup"]), name="city_check_of_known_kind")
        ]
        indexes = [models.Index(fields=["what", "-at"], name="city_check_newest")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject} {self.at}"
