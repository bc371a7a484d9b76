"""How those who answer share their work: who cares for what, what they note for each other, drafts for a second person.

None of it is ever public, and none of it is in the log; an answer is, once it is given.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mitstadt.spine.models.answers import Answer, AnswerDecision
from mitstadt.spine.models.records import Record
from mitstadt.spine.models.rooms import Room


class Assignment(models.Model):
    """One colleague cares for one contribution."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="assignment")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} cares for {self.record_id}"


class WorkNote(models.Model):
    """What one colleague notes for the others at a contribution; it goes when the contribution is erased."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="work_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="work_note_says_something")]
        indexes = [models.Index(fields=["record", "at"], name="work_note_in_order")]

    def __str__(self) -> str:
        return f"note {self.pk} at {self.record_id}"


class AnswerDraft(models.Model):
    """An answer that waits for a second person; once it is given, its words live in the answer alone."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="answer_drafts")
    decision = models.CharField(max_length=12, choices=AnswerDecision)
    reason = models.TextField(blank=True)
    # Whether it replaces answers that were given.
    corrects = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField()
    # The second person, and the answer that they gave with it.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=AnswerDecision.values), name="answer_draft_decision_known"),
            # Nobody is both of the two people.
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(signed_by=F("drafted_by")),
                name="answer_draft_by_two",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) & ~Q(reason="") | Q(signed_at__isnull=False) & Q(reason=""),
                name="answer_draft_words_live_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["room", "drafted_at"], condition=Q(signed_at__isnull=True), name="answer_draft_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} in {self.room_id}"


class DraftedFor(models.Model):
    """A contribution that a waiting draft would answer: at most one draft waits for each."""

    draft = models.ForeignKey(AnswerDraft, on_delete=models.CASCADE, related_name="drafted_for")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="drafted")

    def __str__(self) -> str:
        return f"{self.draft_id} for {self.record_id}"


class TextBlock(models.Model):
    """Words that an organisation uses again and again in its answers."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="text_blocks")
    title = models.CharField(max_length=80)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="text_block_title_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="text_block_says_something"),
        ]

    def __str__(self) -> str:
        return self.title
