"""A co-written text, its published editions and passages, the working copy, and what people contribute."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models import Part, Record, RecordManager

# The key of this format, as parts keep it.
FORMAT = "drafting"


class Shape(models.TextChoices):
    """What a passage is in the text."""

    TITLE = "title", _("Titel")
    HEADING = "heading", _("Überschrift")
    PARAGRAPH = "paragraph", _("Absatz")
    LIST_ITEM = "list_item", _("Listenpunkt")
    QUOTE = "quote", _("Zitat")
    TABLE_ROW = "table_row", _("Tabellenzeile")
    FURNITURE = "furniture", _("Seitenbeiwerk")


class CoText(Part):
    """A text that the city writes together: the part that this format makes in a room."""

    KIND: ClassVar[str] = "text"

    part_ptr = models.OneToOneField(
        Part, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_text"
    )
    source_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[RecordManager[Self]] = RecordManager()


class Edition(models.Model):
    """A published version of the text (Fassung); it never changes."""

    text = models.ForeignKey(CoText, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} edition {self.number}"


class Passage(Record):
    """One passage of an edition. The body holds its words; `number` is what people say on the phone."""

    KIND: ClassVar[str] = "passage"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_passage"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=24)
    level = models.PositiveSmallIntegerField()
    shape = models.CharField(max_length=12, choices=Shape)
    # Public contributions at this passage: kept beside them, so that the reading page needs one query.
    contribution_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="passage_position_once"),
            models.UniqueConstraint(fields=["edition", "number"], name="passage_number_once"),
            models.CheckConstraint(
                condition=Q(shape__in=Shape.values) & ~Q(shape=Shape.FURNITURE), name="passage_shape_known"
            ),
        ]


class ContributionForm(models.TextChoices):
    """What a contribution to a passage is."""

    COMMENT = "comment", _("Kommentar")
    QUESTION = "question", _("Frage")
    WORDING = "wording", _("Wortlaut")


class Contribution(Record):
    """What someone says about a passage: a comment, a question, or a proposed wording with the reason in the body."""

    KIND: ClassVar[str] = "contribution"

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_contribution"
    )
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="contributions")
    form = models.CharField(max_length=12, choices=ContributionForm)
    # The whole passage as the author would have it; only for wordings.
    wording = models.TextField(blank=True)
    # Quote and position of the selected words (methods.text.anchors); empty when the whole passage is meant.
    anchor = models.JSONField(default=dict, blank=True)

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=ContributionForm.values), name="contribution_form_known"),
        ]
        indexes = [
            models.Index(fields=["passage", "form"], name="contribution_at_passage"),
        ]


class WorkingPassage(models.Model):
    """A passage of the working copy: an import being corrected, or the next edition being written. Never public."""

    text = models.ForeignKey(CoText, on_delete=models.CASCADE, related_name="working_passages")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    shape = models.CharField(max_length=12, choices=Shape)
    words = models.TextField()
    # The passages of the current edition that this one comes from, as the editors declared them.
    predecessors = models.ManyToManyField(Passage, related_name="successors_in_work", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="working_shape_known"),
        ]
        # Not unique: passages change places within one transaction, and SQLite has no deferred check.
        indexes = [models.Index(fields=["text", "position"], name="working_in_order")]

    def __str__(self) -> str:
        return f"{self.text_id} working {self.position}"


class Taking(models.Model):
    """A wording that the editors take into the next edition. Never public: its answer comes with the edition.

    How much of it stands there is compared with the words when the edition is published, not remembered here.
    """

    text = models.ForeignKey(CoText, on_delete=models.CASCADE, related_name="takings")
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="taking")
    # The draft of the answer's reason.
    reason = models.TextField(blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contribution_id} for {self.text_id}"
