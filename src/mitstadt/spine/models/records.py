"""Record, the row that everything public has, and Link, the typed arrow between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitstadt.spine.links import label_of

if TYPE_CHECKING:
    from mitstadt.spine.models.parts import Part
    from mitstadt.spine.models.rooms import Room


class RecordState(models.TextChoices):
    """Whether and how a record can be seen."""

    DRAFT = "draft", _("Entwurf")
    HELD = "held", _("wird geprüft")
    PUBLISHED = "published", _("veröffentlicht")
    # Published in an internal room: whoever forgets to ask for it shows too little, never too much.
    INTERNAL = "internal", _("intern veröffentlicht")
    HIDDEN = "hidden", _("ausgeblendet")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    ERASED = "erased", _("gelöscht")


# Published, to everyone or within an internal room.
UP = (RecordState.PUBLISHED, RecordState.INTERNAL)


class MovedOn(models.TextChoices):
    """Whether a record goes on elsewhere; it stays readable, what is added to it is added there."""

    NO = "", _("steht für sich")
    MERGED = "merged", _("zusammengeführt")
    SPLIT = "split", _("aufgeteilt")


class Channel(models.TextChoices):
    """The way on which something reached us; all channels add up in one count."""

    WEB = "web", _("im Netz")
    PAPER = "paper", _("auf Papier")
    DESK = "desk", _("am Schalter")
    STAND = "stand", _("am Stand")
    PHONE = "phone", _("am Telefon")
    KIOSK = "kiosk", _("am Terminal")
    WORKSHOP = "workshop", _("in der Werkstatt")
    SCHOOL = "school", _("in der Schule")
    IMPORT = "import", pgettext_lazy("channel", "übernommen")


class Record(models.Model):
    """Everything the city says or does in public: one row, one ref that never changes.

    Kinds inherit from it and set ``KIND``. Lists, search, feeds, trails and moderation read this table alone.
    """

    KIND: ClassVar[str] = "record"

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=12, choices=RecordState, default=RecordState.PUBLISHED)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="de")
    # Where it is at home; a room itself has none.
    room = models.ForeignKey(
        "spine.Room", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="records"
    )
    # The part of the room to which it belongs; a part itself has none.
    part = models.ForeignKey(
        "spine.Part", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="contents"
    )
    # The record that it speaks about, which never changes: the passage of a contribution, what a comment or a reply
    # answers. Kept here too, so that what is said at one record is listed, sorted and paged from one index.
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="said_about"
    )
    area = models.ForeignKey(
        "areas.Area", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_index=False,
        related_name="records",
    )
    # How many further authors are named here, confirmed or by the ref of their words: lists load no more than exist.
    further_authors = models.PositiveSmallIntegerField(default=0)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    channel = models.CharField(max_length=12, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The form's own key: a repeated submission finds the first one instead of doubling it.
    submission_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # When its author last changed the words; what stood there before is a Correction.
    reworded_at = models.DateTimeField(null=True, blank=True)
    # What the host said: kept here beside the Answer itself, so that lists need one query.
    answer_state = models.CharField(max_length=12, blank=True)
    # What it is about, in a word or two, so that those who answer see together what belongs together.
    theme = models.CharField(max_length=60, blank=True)
    # Which of the variants of its kind it is, where the kind has any: kept here too, so that lists are narrowed by it.
    variant = models.CharField(max_length=12, blank=True, default="")
    # Whether it goes on elsewhere (Succession): kept here too, so that permits and lists need no query.
    moved_on = models.CharField(max_length=8, choices=MovedOn, default=MovedOn.NO, blank=True)
    # People, each once; guests are counted apart, since nobody knows how many humans they are.
    support_count = models.PositiveIntegerField(default=0)
    guest_support_count = models.PositiveIntegerField(default=0)
    # Guests whose support waits for a moderator, since very many came at once from one connection.
    held_support_count = models.PositiveIntegerField(default=0)
    # Comments that are up; at a comment, its replies.
    comment_count = models.PositiveIntegerField(default=0)
    # Comments that keep a place of their own, with all replies below them: those that are up, or still answered.
    thread_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="record_state_known"),
            models.CheckConstraint(condition=~Q(ref=""), name="record_has_ref"),
            models.CheckConstraint(condition=Q(moved_on__in=MovedOn.values), name="record_moved_on_known"),
            models.CheckConstraint(
                condition=~Q(state=RecordState.ERASED) | Q(body="", title="", author__isnull=True),
                name="record_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["room", "kind", "state", "-created_at"], name="record_in_room"),
            models.Index(fields=["room", "state", "id"], name="record_in_order"),
            models.Index(fields=["part", "kind", "state", "-created_at"], name="record_in_part"),
            models.Index(fields=["part", "kind", "state", "answer_state", "created_at"], name="record_waiting"),
            # Few kinds have few records in a large table: found by key without walking the others.
            models.Index(fields=["kind", "state", "id", "area"], name="record_of_kind"),
            # What is said about one record, in each order, told from the index alone: pages skip over no rows.
            models.Index(
                fields=["about", "kind", "created_at", "id", "state", "comment_count", "answer_state"],
                name="record_about_by_time",
            ),
            models.Index(
                fields=[
                    "about",
                    "kind",
                    "-support_count",
                    "created_at",
                    "id",
                    "state",
                    "comment_count",
                    "answer_state",
                ],
                name="record_about_by_support",
            ),
            # Lists of what was said in a part, narrowed by any of their filters, in both orders (queries.said).
            models.Index(
                fields=["part", "kind", "state", "-support_count", "created_at", "id"], name="record_listed_supported"
            ),
            *(
                models.Index(
                    fields=["part", *theme, "kind", "state", "variant", "answer_state", *order, "created_at", "id"],
                    name=f"record_{name}_by_{by}",
                    condition=~Q(theme="") if theme else None,
                )
                for name, theme in (("narrowed", ()), ("themed", ("theme",)))
                for by, order in (("time", ()), ("support", ("-support_count",)))
            ),
            # What is said about one theme in all of the city.
            models.Index(fields=["theme", "state", "created_at", "id"], condition=~Q(theme=""), name="record_by_theme"),
            models.Index(fields=["author", "-created_at"], name="record_by_author"),
            models.Index(fields=["area", "kind", "state"], name="record_in_area"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.kind}"

    @property
    def is_public(self) -> bool:
        """Whether everyone may read its text."""
        return self.state == RecordState.PUBLISHED

    @property
    def is_up(self) -> bool:
        """Whether it is published, to everyone or to the offices of an internal room."""
        return self.state in UP

    @property
    def home(self) -> Room:
        """The room it belongs to; asked of kinds that always belong to one."""
        if self.room is None:
            raise LookupError(f"{self} belongs to no room.")
        return self.room

    @property
    def own_part(self) -> Part:
        """The part it belongs to; asked of kinds that always belong to one."""
        if self.part is None:
            raise LookupError(f"{self} belongs to no part.")
        return self.part

    @property
    def is_answered(self) -> bool:
        """Whether the host has answered."""
        return bool(self.answer_state)


class Link(models.Model):
    """A typed, dated arrow from one record to another. A contribution is linked on its way, never copied."""

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    # A declared type (spine.links); no closed list here, so that a slice's new arrow needs no migration of the spine.
    type = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "type"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="link_joins_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.type} {self.target_id}"

    @property
    def label(self) -> str:
        """The words between source and target."""
        return label_of(self.type)


class Translation(models.Model):
    """A record's words in another language or in plain language (``de-simple``)."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    made_by_machine = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.language}"
