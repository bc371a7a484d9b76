"""Where a record is about: a point as exact as its author wanted, and the words for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Record


class Precision(models.TextChoices):
    """How exactly a place is kept. What is finer is thrown away before storing, not hidden afterwards."""

    EXACT = "exact", _("genau hier")
    NEAR = "near", _("auf etwa 100 Meter")
    STREET = "street", _("auf etwa 300 Meter, die Straße")
    KIEZ = "kiez", _("nur der Kiez")
    AREA = "area", _("nur das größere Gebiet")
    WORDS = "words", _("nur in Worten")


class Place(models.Model):
    """The place of a record, at most one; without a point it has words alone."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="place")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    precision = models.CharField(max_length=8, choices=Precision)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="place_precision_known"),
            models.CheckConstraint(
                condition=(Q(precision=Precision.WORDS, longitude__isnull=True, latitude__isnull=True) & ~Q(words=""))
                | (~Q(precision=Precision.WORDS) & Q(longitude__isnull=False, latitude__isnull=False)),
                name="place_has_a_point_or_words",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="place_is_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["longitude", "latitude"], name="place_point")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.precision}"

    @property
    def has_point(self) -> bool:
        """Whether it can be drawn on a map."""
        return self.precision != Precision.WORDS
