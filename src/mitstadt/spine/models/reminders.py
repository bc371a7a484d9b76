"""That somebody asked a host for the answer that is overdue: at most once a week, and public as a number."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from mitstadt.spine.models.rooms import Room


class Reminder(models.Model):
    """One person reminded in one week; `week` is its Monday, where the city is."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    week = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person", "week"], name="reminder_once_a_week")]

    def __str__(self) -> str:
        return f"{self.person_id} reminds {self.room_id}"
