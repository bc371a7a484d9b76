"""Authorship: who wrote a record together with its first author, and who is asked whether they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mitstadt.spine.models.records import Record


class Authorship(models.Model):
    """A further author of a record, in their order; the first one stands in the record itself.

    It begins as an invitation whose code somebody holds, or as words that came in from another record. Nobody counts
    as an author, and nobody's name is shown as one, before they confirmed it. One who speaks for an organisation may
    leave: the organisation then stands there without a person.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="authorships"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    invited_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # What we keep of the invitation's code; nothing once it was used. Empty ones are many, and not equal.
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    # The record from which this author's words came, where both were merged.
    origin = models.ForeignKey(Record, null=True, blank=True, on_delete=models.CASCADE, related_name="credits")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="authorship_once"),
            models.UniqueConstraint(fields=["record", "position"], name="authorship_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | (Q(digest__isnull=True) & (Q(person__isnull=False) | Q(organisation__isnull=False))),
                name="authorship_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(digest__isnull=False) | Q(origin__isnull=False),
                name="authorship_open_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "confirmed_at"], name="authorship_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} wrote {self.record_id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether this author said yes."""
        return self.confirmed_at is not None
