"""A process with its commitment, phases, roles and participation codes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.records import Channel, Record


class ProcessStage(models.TextChoices):
    """Where a process stands."""

    PREPARED = "prepared", _("in Vorbereitung")
    OPEN = "open", _("offen")
    CLOSED = "closed", _("abgeschlossen")


class Access(models.TextChoices):
    """What a person needs in order to take part."""

    ANYONE = "anyone", _("alle, auch ohne Konto und ohne Code")
    CODE = "code", _("alle mit Konto oder gedrucktem Code")
    ACCOUNT = "account", _("alle mit Konto")


class ParticipationLevel(models.TextChoices):
    """How far people have a say."""

    INFORM = "inform", _("Information")
    CONSULT = "consult", _("Mitsprache")
    COOPERATE = "cooperate", _("Mitwirkung")
    CO_DECIDE = "co_decide", _("Mitentscheidung")


class Process(Record):
    """A question put to the city, in an area, by an organisation. The title is the question, the body explains it."""

    KIND: ClassVar[str] = "process"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_process"
    )
    host = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="processes")
    stage = models.CharField(max_length=12, choices=ProcessStage, default=ProcessStage.PREPARED)
    access = models.CharField(max_length=12, choices=Access, default=Access.ANYONE)
    # Two people decide on hiding a contribution, not one.
    four_eyes = models.BooleanField(default=False)
    # Contributions are read by a moderator before they appear.
    checks_first = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=ProcessStage.values), name="process_stage_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="process_access_known"),
            models.CheckConstraint(
                condition=Q(stage=ProcessStage.PREPARED) | Q(opened_at__isnull=False), name="process_open_since"
            ),
        ]
        indexes = [models.Index(fields=["stage", "-opened_at"], name="process_by_stage")]


class Commitment(models.Model):
    """What the host promises before a process may open (Zusage). It locks when the process opens."""

    # In the order in which a person is asked; each must be filled before the process opens.
    FIELDS: ClassVar[tuple[str, ...]] = (
        "what_is_open",
        "what_is_fixed",
        "who_decides",
        "level",
        "use_of_results",
        "answer_by",
        "money",
    )

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="commitment")
    what_is_open = models.TextField(blank=True)
    what_is_fixed = models.TextField(blank=True)
    who_decides = models.TextField(blank=True)
    level = models.CharField(max_length=12, choices=ParticipationLevel, blank=True)
    use_of_results = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    money = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    # Set when every contribution has its answer; a promise without it is overdue after `answer_by`.
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=ParticipationLevel.values), name="commitment_level_known"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True)
                | (
                    ~Q(what_is_open="")
                    & ~Q(what_is_fixed="")
                    & ~Q(who_decides="")
                    & ~Q(level="")
                    & ~Q(use_of_results="")
                    & Q(answer_by__isnull=False)
                    & ~Q(money="")
                ),
                name="commitment_complete_when_locked",
            ),
        ]
        indexes = [models.Index(fields=["kept_at", "answer_by"], name="commitment_by_date")]

    def __str__(self) -> str:
        return f"commitment of {self.process_id}"

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """The fields that are still empty, in the order in which they are asked."""
        return tuple(field for field in self.FIELDS if not getattr(self, field))


class CommitmentChange(models.Model):
    """A public difference: what a locked commitment said before and after, and why it changed."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=24)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="commitment_change_has_reason")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.field}"


class Phase(models.Model):
    """A stretch of time in a process in which one format is open; the end is exclusive."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    format = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="phase_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["process", "opens_at"], name="phase_in_process")]

    def __str__(self) -> str:
        return f"{self.process_id} {self.format} {self.title}"

    @property
    def last_moment(self) -> datetime:
        """The last moment in which the phase is open; its day is the last day that people are told."""
        return self.closes_at - timedelta(microseconds=1)

    def is_open(self, now: datetime) -> bool:
        """Whether the phase is running at that moment."""
        return self.opens_at <= now < self.closes_at


class ProcessRole(models.Model):
    """A role that a person has in this process alone."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="process_roles")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "person", "role"], name="process_role_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.process_id}"


class ParticipationCode(models.Model):
    """A secret that gives full rights in one process and asks for no data; only its keyed digest is kept."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="participation_code"
    )
    channel = models.CharField(max_length=12, default=Channel.PAPER)
    issued_at = models.DateTimeField()
    first_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"code {self.pk} for {self.process_id}"
