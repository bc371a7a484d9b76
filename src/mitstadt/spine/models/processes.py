"""A process and its commitment."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.rooms import Room


class ParticipationLevel(models.TextChoices):
    """How far people have a say."""

    INFORM = "inform", _("Information")
    CONSULT = "consult", _("Mitsprache")
    COOPERATE = "cooperate", _("Mitwirkung")
    CO_DECIDE = "co_decide", _("Mitentscheidung")


class Process(Room):
    """A question put to the city, in an area, by an organisation: the room with a promise and phases.

    The title is the question, the body explains it.
    """

    KIND: ClassVar[str] = "process"

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        proxy = True


class Commitment(models.Model):
    """What the host promises before a process may open (Zusage). It locks when the process opens."""

    # In the order in which a person is asked; each must be filled before the process opens.
    FIELDS: ClassVar[tuple[str, ...]] = (
        "what_is_open",
        "what_is_fixed",
        "decided_by_id",
        "level",
        "use_of_results",
        "answer_by",
        "money",
    )
    # What may be said beside it; the log promises it as well.
    BESIDE: ClassVar[tuple[str, ...]] = ("decides_on", "who_decides")

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="commitment")
    what_is_open = models.TextField(blank=True)
    what_is_fixed = models.TextField(blank=True)
    # The body that decides in the end, by the name in its address: so the public log can be read without our tables.
    decided_by = models.ForeignKey(
        "organisations.Organisation",
        to_field="slug",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="asked_to_decide",
    )
    decides_on = models.DateField(null=True, blank=True)
    # In words, from the time when no body was named; now only beside it.
    who_decides = models.TextField(blank=True)
    level = models.CharField(max_length=12, choices=ParticipationLevel, blank=True)
    use_of_results = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    money = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    # Set when every contribution has its answer; a promise without it is overdue after `answer_by`.
    kept_at = models.DateTimeField(null=True, blank=True)
    # Set when the process was cancelled and nothing waited: then no answer is owed.
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(released_at__isnull=True), name="commitment_kept_or_released"
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=ParticipationLevel.values), name="commitment_level_known"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True)
                | (
                    ~Q(what_is_open="")
                    & ~Q(what_is_fixed="")
                    & (Q(decided_by__isnull=False) | ~Q(who_decides=""))
                    & ~Q(level="")
                    & ~Q(use_of_results="")
                    & Q(answer_by__isnull=False)
                    & ~Q(money="")
                ),
                name="commitment_complete_when_locked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by", "process"],
                condition=Q(kept_at__isnull=True, locked_at__isnull=False),
                name="commitment_due",
            ),
            models.Index(fields=["-kept_at", "process"], condition=Q(kept_at__isnull=False), name="commitment_kept"),
        ]

    def __str__(self) -> str:
        return f"commitment of {self.process_id}"

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """The fields that are still empty, in the order in which they are asked."""
        return tuple(field for field in self.FIELDS if not getattr(self, field) and not self._named_in_words(field))

    def _named_in_words(self, field: str) -> bool:
        """Whether it was promised before bodies were named: then the words say who decides."""
        return field == "decided_by_id" and self.locked_at is not None and bool(self.who_decides)


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
