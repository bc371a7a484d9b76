"""Much at once: many guests from one connection, or very much from one person, looked at by a moderator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Record


class Counting(models.TextChoices):
    """Whether what a guest adds is counted. Only a guest's is ever held: a cookie costs nothing."""

    YES = "", _("zählt")
    HELD = "held", _("wird geprüft")
    NO = "no", _("zählt nicht")


class BurstCause(models.TextChoices):
    """Why it is looked at."""

    CONNECTION = "connection", _("viele Gäste von einem Anschluss")
    PERSON = "person", _("sehr viel von einer Person")


class Burst(models.Model):
    """One line for the moderators of a room: what came in one rush, and whether it counts.

    `key` is the keyed digest of connection, room and day: never the address, and emptied when its day is over.
    A person's burst holds nothing back; it is a word to the moderators.
    """

    room = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, related_name="bursts")
    cause = models.CharField(max_length=12, choices=BurstCause)
    key = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    began_at = models.DateTimeField()
    # Empty until a moderator looked; for a person's burst it says that somebody has seen it.
    counts = models.BooleanField(null=True, blank=True)
    # Public: it stands on the trail of all that does not count.
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=BurstCause.values), name="burst_cause_known"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, counts__isnull=True)
                | Q(decided_at__isnull=False, counts__isnull=False),
                name="burst_decided_or_open",
            ),
            models.CheckConstraint(condition=~Q(counts=False) | ~Q(reason=""), name="burst_refused_has_reason"),
            models.UniqueConstraint(
                fields=["room", "key"], condition=Q(decided_at__isnull=True) & ~Q(key=""), name="burst_one_open"
            ),
            models.UniqueConstraint(
                fields=["room", "person"],
                condition=Q(decided_at__isnull=True, person__isnull=False),
                name="burst_one_open_of_person",
            ),
        ]
        indexes = [models.Index(fields=["room", "decided_at", "began_at"], name="burst_in_room")]

    def __str__(self) -> str:
        return f"burst {self.pk} in {self.room_id}"
