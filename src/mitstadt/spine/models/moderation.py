"""Moderation: a report, a case in the queue, a verdict with a reason shown to the author, an appeal."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Record


class ReportReason(models.TextChoices):
    """Why something may break the rules of the house."""

    INSULT = "insult", _("beleidigt oder bedroht Menschen")
    DISCRIMINATION = "discrimination", _("setzt Menschen herab")
    PERSONAL_DATA = "personal_data", _("nennt private Angaben anderer")
    ADVERTISING = "advertising", _("ist Werbung")
    UNLAWFUL = "unlawful", _("ist strafbar oder verletzt Rechte")
    OFF_TOPIC = "off_topic", _("gehört nicht hierher")
    FLOOD = "flood", _("kam mit sehr vielen anderen auf einmal von einem Anschluss")
    OTHER = "other", _("anderer Grund")


class ModerationVerdict(models.TextChoices):
    """What was decided on a case."""

    KEEP = "keep", _("bleibt stehen")
    HIDE = "hide", _("wird ausgeblendet")


class ModerationCase(models.Model):
    """One record in the queue, with all reports about it and what was decided."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="moderation_cases")
    # The room of the record, which never changes, or the record itself where that is a room: queues are read by it.
    room = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, editable=False, related_name="+")
    opened_at = models.DateTimeField()
    # The moderator who opened it without a report.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What came in a burst is judged with it, and lies on no pile of its own.
    burst = models.ForeignKey(
        "spine.Burst", null=True, blank=True, on_delete=models.SET_NULL, related_name="cases", db_index=True
    )
    # A first moderator's proposal, where two must agree; to hide is done at once, until the second has looked.
    proposed_verdict = models.CharField(max_length=8, choices=ModerationVerdict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_rule = models.CharField(max_length=16, choices=ReportReason, blank=True)
    proposed_reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=ModerationVerdict, blank=True)
    rule = models.CharField(max_length=16, choices=ReportReason, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # Since when the words are away by this case, for now or for good.
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Whose words had come in by merging when it was hidden: a merge ends there, and they still judge no appeal.
    merged_people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # Reasons that were written for the author alone, in earlier years, stay with the author.
    reason_is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(decided_at__isnull=True), name="moderation_one_open_case"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(reason="") & ~Q(verdict="")),
                name="moderation_verdict_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["decided_at", "opened_at"], name="moderation_queue"),
            models.Index(fields=["room", "decided_at", "opened_at"], name="moderation_in_room"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} about {self.record_id}"

    def save(self, *args: Any, **more: Any) -> None:
        """Note the room of the record with the case."""
        if self.room_id is None:
            self.room_id = self.record.room_id or self.record_id
        super().save(*args, **more)

    @property
    def is_provisional(self) -> bool:
        """Whether one moderator hides it and a second has not looked yet."""
        return self.decided_at is None and self.proposed_verdict == ModerationVerdict.HIDE

    @property
    def away_since(self) -> datetime | None:
        """Since when the words are away by this case."""
        return self.hidden_at or self.decided_at

    @property
    def public_reason(self) -> str:
        """The reason as everyone reads it."""
        return self.reason if self.reason_is_public else ""


class Report(models.Model):
    """Someone says that a record breaks a rule."""

    case = models.ForeignKey(ModerationCase, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=16, choices=ReportReason)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"], condition=Q(reporter__isnull=False), name="report_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk} in {self.case_id}"


class Appeal(models.Model):
    """The author disagrees; someone who did not decide the case looks at it again, once."""

    case = models.OneToOneField(ModerationCase, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField()
    created_at = models.DateTimeField()
    upheld = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason_is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(reason="") & Q(upheld__isnull=False)),
                name="appeal_decision_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"appeal in {self.case_id}"
