"""A part: one Format at work in a room; and a phase, the time in which it takes certain deeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models.records import Record
from mitstadt.spine.models.rooms import Room


class Access(models.TextChoices):
    """What a person needs in order to take part."""

    ANYONE = "anyone", _("alle, auch ohne Konto und ohne Code")
    CODE = "code", _("alle mit Konto oder gedrucktem Code")
    ACCOUNT = "account", _("alle mit Konto")


class Part(Record):
    """One Format at work in a room: a text, a collection of ideas, a ballot. What people contribute belongs to it.

    A Format makes its own kind of part from it; `settings` holds what needs no column.
    """

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_part"
    )
    format = models.CharField(max_length=24)
    access = models.CharField(max_length=12, choices=Access, default=Access.ANYONE)
    # Contributions are read by a moderator before they appear.
    checks_first = models.BooleanField(default=False)
    settings = models.JSONField(default=dict, blank=True)
    # Planned and given up before it opened: nobody works on it any more, and nobody outside ever saw it.
    dropped_at = models.DateTimeField(null=True, blank=True)

    # Of every Format: a look-up that knows the Format goes through its own model.
    objects: ClassVar[models.Manager[Part]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(access__in=Access.values), name="part_access_known"),
            models.CheckConstraint(condition=~Q(format=""), name="part_has_format"),
        ]


class Phase(models.Model):
    """A stretch of time in which a part takes certain deeds; the end is exclusive."""

    # The least stretch of time: the end of a phase is exclusive, its last moment is one before.
    MOMENT: ClassVar[timedelta] = timedelta(microseconds=1)

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="phases")
    # The room of the part, which never changes: lists of rooms ask for their phases directly.
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # Some of the deeds that the Format opens: collecting and only supporting are two phases of one part.
    deeds = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="phase_ends_after_it_begins")
        ]
        indexes = [
            models.Index(fields=["room", "opens_at"], name="phase_in_room"),
            models.Index(fields=["closes_at", "opens_at", "room", "part"], name="phase_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.title}"

    @property
    def last_moment(self) -> datetime:
        """The last moment in which the phase is open; its day is the last day that people are told."""
        return self.closes_at - self.MOMENT

    def is_open(self, now: datetime) -> bool:
        """Whether the phase is running at that moment."""
        return self.opens_at <= now < self.closes_at

    def takes(self, deed: Deed) -> bool:
        """Whether this deed can be done in the phase."""
        return deed.value in self.deeds


def in_order(phases: Iterable[Phase]) -> list[Phase]:
    """Phases by their beginning."""
    return sorted(phases, key=lambda phase: (phase.opens_at, phase.pk))
