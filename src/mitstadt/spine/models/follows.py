"""What people follow, and the notices they get of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mitstadt.spine.models.records import Record

# What is followed stands in one of these columns; the other ones are empty (`spine/following.py` has a word for each).
TARGETS = ("record", "area", "organisation", "theme", "search")
LONGEST_SEARCH = 600
_WORDS = ("theme", "search")


def _only(chosen: str) -> Q:
    """This column holds the target, and no other one does."""
    return Q(
        **{
            (name if name in _WORDS else f"{name}__isnull"): ("" if name in _WORDS else True)
            for name in TARGETS
            if name != chosen
        }
    ) & (~Q(**{chosen: ""}) if chosen in _WORDS else Q(**{f"{chosen}__isnull": False}))


def _one_target() -> Q:
    either = Q()
    for name in TARGETS:
        either |= _only(name)
    return either


class Follow(models.Model):
    """A person wants to hear what becomes of a record, or what happens in an area, about a theme, and so on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.CASCADE, related_name="follows")
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    theme = models.CharField(max_length=60, blank=True, default="")
    # A search with all that narrows it, as its address has it: the same search is always written alike.
    search = models.CharField(max_length=LONGEST_SEARCH, blank=True, default="")
    created_at = models.DateTimeField()
    # Until when this person was told what a search finds.
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_target(), name="follow_one_target"),
            models.UniqueConstraint(fields=["record", "person"], name="follow_once"),
            models.UniqueConstraint(fields=["area", "person"], name="follow_area_once"),
            models.UniqueConstraint(fields=["organisation", "person"], name="follow_organisation_once"),
            models.UniqueConstraint(fields=["theme", "person"], condition=~Q(theme=""), name="follow_theme_once"),
            models.UniqueConstraint(fields=["search", "person"], condition=~Q(search=""), name="follow_search_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.target} {getattr(self, self.column)}"

    @property
    def target(self) -> str:
        """Which of the columns holds what is followed."""
        return next(name for name in TARGETS if getattr(self, name if name in _WORDS else f"{name}_id"))

    @property
    def column(self) -> str:
        """The attribute with its key or words."""
        return self.target if self.target in _WORDS else f"{self.target}_id"


class Notice(models.Model):
    """Something happened to a record that this person hears of; told together with others, in a digest."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="notices")
    # The record that says it: a comment, an answer, the text of which there is a new edition. One deed has one.
    said = models.ForeignKey(Record, null=True, blank=True, on_delete=models.CASCADE, db_index=False, related_name="+")
    # What happened: a verb that the texts know.
    event = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_for_person"),
            models.Index(fields=["sent_at", "person"], name="notice_to_send"),
            models.Index(fields=["person"], condition=Q(seen_at=None), name="notice_unseen"),
            models.Index(fields=["said"], condition=Q(said__isnull=False), name="notice_by_said"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.record_id} for {self.person_id}"
