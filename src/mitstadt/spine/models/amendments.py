"""What a host changes in public once it is open: what was, what is, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Amendment(models.Model):
    """A change of an open room or part, with its reason; where it takes two people, proposed before it is done.

    ``what`` is the key of a declared way to change (`spine.amending`); ``before`` and ``after`` hold plain values by
    field. Done ones are public, and stay.
    """

    record = models.ForeignKey("spine.Record", on_delete=models.CASCADE, related_name="amendments")
    what = models.CharField(max_length=24)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    # The second person, where it takes two.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(declined_at__isnull=True), name="amendment_done_or_declined"
            ),
            # Nobody is both of the two people.
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=models.F("proposed_by")),
                name="amendment_by_two",
            ),
            # One proposal of a kind waits at a time.
            models.UniqueConstraint(
                fields=["record", "what"],
                condition=Q(done_at__isnull=True, declined_at__isnull=True),
                name="amendment_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["record", "done_at"], name="amendment_of_record"),
            models.Index(
                fields=["record"],
                condition=Q(done_at__isnull=True, declined_at__isnull=True),
                name="amendment_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.what}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person is still to say yes or no."""
        return self.done_at is None and self.declined_at is None
