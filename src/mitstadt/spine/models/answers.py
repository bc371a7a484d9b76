"""The host's reasoned reply to a contribution or a bundle of them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.records import Record


class AnswerDecision(models.TextChoices):
    """What the host did with what was said."""

    TAKEN_UP = "taken_up", _("übernommen")
    PARTLY = "partly", _("teilweise übernommen")
    NOT = "not", _("nicht übernommen")
    # What asks for nothing to be done is told what it wanted to know.
    ANSWERED = "answered", pgettext_lazy("decision", "beantwortet")
    NOTED = "noted", _("zur Kenntnis genommen")


class Answer(Record):
    """An answer; its body is the reason, and `answers` links lead to what it answers."""

    KIND: ClassVar[str] = "answer"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_answer"
    )
    decision = models.CharField(max_length=12, choices=AnswerDecision)

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=AnswerDecision.values), name="answer_decision_known")
        ]
