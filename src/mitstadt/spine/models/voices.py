"""What people add to a record: comments and follows; and the notices they get."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.records import Record


class Stance(models.TextChoices):
    """What a comment is to the record it stands at."""

    NEUTRAL = "neutral", _("Anmerkung")
    FOR = "for", _("spricht dafür")
    AGAINST = "against", _("spricht dagegen")


class Comment(Record):
    """A comment on a record of any kind, or a reply to a comment; two levels, never more."""

    KIND: ClassVar[str] = "comment"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_comment"
    )
    target = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.NEUTRAL)

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(stance__in=Stance.values), name="comment_stance_known")]


class Follow(models.Model):
    """A person wants to hear what becomes of a record."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.record_id}"


class Notice(models.Model):
    """Something happened to a record that this person follows; told together with others, in a digest."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="notices")
    # What happened: a verb that the texts know.
    event = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_for_person"),
            models.Index(fields=["sent_at", "person"], name="notice_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.record_id} for {self.person_id}"
