"""Succession: a record went on in another one, by merging or splitting, and what went on with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mitstadt.spine.models.records import MovedOn, Record


class Succession(models.Model):
    """`source` goes on in `target`: the whole of it (merged), or a piece of it (split). Both stay readable."""

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="went_on")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="came_from")
    way = models.CharField(max_length=8, choices=[(one.value, one.label) for one in MovedOn if one.value])
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="succession_once"),
            models.UniqueConstraint(fields=["source"], condition=Q(way="merged"), name="succession_merged_into_one"),
            models.CheckConstraint(condition=Q(way__in=["merged", "split"]), name="succession_way_known"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="succession_joins_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.way} {self.target_id}"


class Carried(models.Model):
    """A support or a follow that went on with its record. `added` is False where the person had it there already.

    The source keeps its own; from this row a merge is taken apart again without losing or doubling anybody.
    """

    class What(models.TextChoices):
        """What went on."""

        SUPPORT = "support"
        FOLLOW = "follow"

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="carried")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=What)
    added = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["succession", "what", "person"], name="carried_once"),
            models.CheckConstraint(condition=Q(what__in=["support", "follow"]), name="carried_known"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.person_id} in {self.succession_id}"
