"""What was erased or blacked out, without saying what it was: enough to do it again after restoring an older backup."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Record


class Erased(models.TextChoices):
    """What was erased."""

    RECORD = "record", _("ein Eintrag")
    WORDS = "words", _("einzelne Worte")
    ACCOUNT = "account", _("ein Konto")
    NAME = "name", _("ein Name unter gemeinsamen Worten")
    REPORTS = "reports", _("die Worte eigener Meldungen")


class Erasure(models.Model):
    """One erasure. `target` is the key of the record or of the person, which no longer leads to anybody.

    `person` is the key of who took their name from words that stay with the others.
    `cells` says where words were blacked out: table, row, field, and from where to where in the text as it stood then.
    The words themselves are nowhere.
    """

    # By it every copy of the city knows it; the row's own number says only what came first.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    what = models.CharField(max_length=8, choices=Erased)
    target = models.BigIntegerField()
    person = models.BigIntegerField(null=True, blank=True)
    cells = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=Erased.values), name="erasure_known"),
            models.CheckConstraint(
                condition=Q(what="name", person__isnull=False) | (~Q(what="name") & Q(person__isnull=True)),
                name="erasure_of_a_name_says_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.target}"


class ErasureRequest(models.Model):
    """One person with a task asks to erase somebody else's words on request; a second one confirms or declines."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="erasure_requests")
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(decided_at__isnull=True), name="erasure_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, confirmed__isnull=True)
                | Q(decided_at__isnull=False, confirmed__isnull=False),
                name="erasure_decided_says_how",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | Q(confirmed=False)
                | ~Q(decided_by=F("proposed_by")),
                name="erasure_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} about {self.record_id}"


class AccountErasure(models.Model):
    """One leader of the platform asks to end somebody's account on their request, with all they said or without it.

    A second one confirms or declines it, once for the whole account.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Whether what they said alone goes, too; else it stays without a name.
    with_words = models.BooleanField()
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(decided_at__isnull=True), name="account_erasure_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="account_erasure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, confirmed__isnull=True)
                | Q(decided_at__isnull=False, confirmed__isnull=False),
                name="account_erasure_decided_says_how",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | Q(confirmed=False)
                | ~Q(decided_by=F("proposed_by")),
                name="account_erasure_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} about account {self.person_id}"


class Correction(models.Model):
    """Words as they stood before they were changed: by a clerk who had mistyped them, or by those who wrote them."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Whether an author changed their own words; nobody has to say why then.
    by_author = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    # What stood there, by the name of the field.
    before = models.JSONField()
    # How many supported it as it stood.
    support_count = models.PositiveIntegerField(default=0)
    guest_support_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(by_author=True) | ~Q(reason=""), name="correction_has_a_reason")
        ]
        indexes = [models.Index(fields=["record", "at"], name="correction_of_record")]

    def __str__(self) -> str:
        return f"correction {self.pk} of {self.record_id}"
