"""Turns: one human counts once here, on whatever channel; and the rows of which nobody may know whose they are."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.deeds import SECRET
from mitstadt.spine.models.bursts import Counting
from mitstadt.spine.models.parts import Part
from mitstadt.spine.models.records import Channel, Record

_SECRET = sorted(deed.value for deed in SECRET)


class Standing(models.TextChoices):
    """As whom somebody had their turn. A guest is a cookie and not a human that we know of: counted, but apart."""

    ACCOUNT = "account", _("mit Konto")
    PRINTED = "printed", _("mit gedrucktem Code")
    LETTER = "letter", _("mit Code aus einem Brief")
    SLIP = "slip", _("mit einem Bogen")
    GUEST = "guest", _("als Gast")


class Turn(models.Model):
    """This person has had their one turn with this record, for this deed; the database holds it.

    `at` is empty where the deed is secret: of those only the day is known.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="turns")
    # A Deed; no closed list here, so that a new one needs no migration.
    deed = models.CharField(max_length=24)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="turns")
    standing = models.CharField(max_length=8, choices=Standing)
    channel = models.CharField(max_length=12, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whether it counts; only that of a guest may wait for a moderator.
    counting = models.CharField(max_length=4, choices=Counting, default=Counting.YES, blank=True)
    day = models.DateField()
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "deed", "person"], name="turn_once"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="turn_standing_known"),
            models.CheckConstraint(
                condition=Q(deed__in=_SECRET, at__isnull=True) | (~Q(deed__in=_SECRET) & Q(at__isnull=False)),
                name="turn_in_secret_has_no_time",
            ),
            models.CheckConstraint(condition=Q(counting__in=Counting.values), name="turn_counting_known"),
            models.CheckConstraint(
                condition=Q(counting=Counting.YES) | Q(standing=Standing.GUEST), name="turn_of_guest_alone_is_held"
            ),
        ]
        indexes = [models.Index(fields=["person", "deed", "-at"], name="turn_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.deed} {self.record_id}"

    @property
    def counter(self) -> str:
        """The column of its record in which it is counted; none where a moderator decided that it does not count."""
        if self.counting == Counting.NO:
            return ""
        if self.counting == Counting.HELD:
            return "held_support_count"
        return "guest_support_count" if self.is_guest else "support_count"

    @property
    def is_guest(self) -> bool:
        """Whether it is counted apart from people."""
        return self.standing == Standing.GUEST


class SecretBox(models.Model):
    """The box of a part in which secret rows lie. While its key exists, one's own row can be found and changed."""

    part = models.OneToOneField(Part, primary_key=True, on_delete=models.CASCADE, related_name="secret_box")
    opened_on = models.DateField()
    # When the rows were cut off from the turns; never again are they joined.
    unlinked_on = models.DateField(null=True, blank=True)
    # Up to this turn the key was lost before the end, for instance with the machine: those rows count as they are.
    lost_up_to = models.BigIntegerField(default=0)
    # The names of the tables of which rows lie in it.
    tables = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"box of {self.part_id}"

    @property
    def is_linked(self) -> bool:
        """Whether those who had their turn can still change what they cast."""
        return self.unlinked_on is None


class SecretBatch(models.Model):
    """Rows that were sealed together: how many, and the hash that the log has of them.

    `leaves` are the hashes of its rows, sorted. A row that was changed afterwards has left, and lies in a later batch.
    """

    box = models.ForeignKey(SecretBox, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    leaves = models.JSONField(default=list)
    sealed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["box", "number"], name="secret_batch_once")]

    def __str__(self) -> str:
        return f"batch {self.number} of {self.box_id}"


class SecretRow(models.Model):
    """A ballot, a vote or an anonymous answer: no person, no time, no order.

    A slice makes its own table from it. `token` comes from the turn and the key of the part, so that nobody without
    the key finds whose it is; it is emptied when the part is over. Write rows with `actions.secrets` alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    # What it is about: the part itself, or one of several things in it.
    about = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    # Counted apart, as everywhere: who cast it was a guest.
    guest = models.BooleanField(default=False)
    token = models.CharField(max_length=64, null=True, blank=True)  # empty ones are many, and not equal
    batch = models.ForeignKey(SecretBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[SecretRow]]
    # The columns of the two arrows, which tables that inherit get.
    part_id: int
    about_id: int | None

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["about", "token"], name="%(app_label)s_%(class)s_once")]

    def __str__(self) -> str:
        return str(self.pk)
