"""Moderation: a report, a case in the queue, a verdict with a reason shown to the author, an appeal."""

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
    # A first moderator's proposal, where two must agree.
    proposed_verdict = models.CharField(max_length=8, choices=ModerationVerdict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=ModerationVerdict, blank=True)
    rule = models.CharField(max_length=16, choices=ReportReason, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(reason="") & Q(upheld__isnull=False)),
                name="appeal_decision_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"appeal in {self.case_id}"
