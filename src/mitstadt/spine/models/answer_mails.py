"""One mail when the answer is there, for somebody without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mitstadt.spine.models.records import Record


class AnswerMail(models.Model):
    """Somebody who wrote a record without an account wants one mail when it is answered; the row goes with that mail.

    The address is sealed (`ground.sealing`); of the link that confirms it there is a digest alone.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=12, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="answer_mail_once"),
            models.CheckConstraint(condition=Q(address__startswith="sealed:"), name="answer_mail_address_is_sealed"),
        ]
        indexes = [models.Index(fields=["asked_at"], name="answer_mail_by_time")]

    def __str__(self) -> str:
        return f"a mail about {self.record_id}"
