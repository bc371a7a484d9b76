"""What people add to a record: comments."""

from __future__ import annotations

from typing import ClassVar, Self

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
