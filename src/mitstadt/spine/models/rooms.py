"""A room: what a record is at home in, with its hosts, roles, codes and the circle of those who may read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.spine.models.bursts import Counting
from mitstadt.spine.models.records import Channel, Record


class RoomStage(models.TextChoices):
    """Where a room stands."""

    PREPARED = "prepared", _("in Vorbereitung")
    OPEN = "open", _("offen")
    CLOSED = "closed", _("abgeschlossen")


class Visibility(models.TextChoices):
    """Who may read what is published in a room."""

    PUBLIC = "public", _("für alle")
    INTERNAL = "internal", _("nur für die genannten Stellen")


class Room(Record):
    """What records are at home in: a process, a service, a catalogue, a register. Its own kind says which.

    `host` is the organisation that answers; further hosts are `RoomHost` rows.
    """

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_room"
    )
    host = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="rooms")
    stage = models.CharField(max_length=12, choices=RoomStage, default=RoomStage.PREPARED)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    # Two people decide on hiding what was said here, not one.
    four_eyes = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Closed because it does not take place, or no further; why stands in its amendments.
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # A draft that was put aside: on no list of work, and brought back as it was.
    discarded_at = models.DateTimeField(null=True, blank=True)

    # Of every kind: a look-up that knows the kind goes through the model of that kind.
    objects: ClassVar[models.Manager[Room]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=RoomStage.values), name="room_stage_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="room_visibility_known"),
            models.CheckConstraint(
                condition=Q(stage=RoomStage.PREPARED) | Q(opened_at__isnull=False), name="room_open_since"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(stage=RoomStage.CLOSED), name="room_cancelled_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True) | Q(stage=RoomStage.PREPARED), name="room_discarded_is_draft"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "-closed_at"], name="room_by_stage"),
            models.Index(fields=["-opened_at", "record_ptr"], name="room_by_opening"),
        ]

    @property
    def is_internal(self) -> bool:
        """Whether only the named offices may read what is published here."""
        return self.visibility == Visibility.INTERNAL


class RoomHost(models.Model):
    """A further host beside the one that answers: another district, a commune beyond the city's border."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="further_hosts")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "organisation"], name="room_host_once")]
        indexes = [models.Index(fields=["organisation"], name="room_host_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} hosts {self.room_id}"


class RoomReader(models.Model):
    """An office that may read what is published in an internal room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="readers")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "organisation"], name="room_reader_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} reads {self.room_id}"


class RoomRole(models.Model):
    """A role that a person has in this room alone."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="room_roles")
    role = models.CharField(max_length=20)
    # From then on the person has time to set up a second factor.
    given_at = models.DateTimeField(default=clock.now)
    # Since when it rests, and why; a role that rests permits nothing.
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "person", "role"], name="room_role_once"),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | ~Q(pause_reason=""), name="room_role_rests_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.room_id}"


class CodeOrigin(models.TextChoices):
    """How a code came to the one who has it; a guest's is a cookie and stands for no human that we know of."""

    PRINTED = "printed", _("gedruckt")
    LETTER = "letter", _("mit der Post an eine Adresse")
    GUEST = "guest", _("für einen Gast im Netz")
    SLIP = "slip", _("von einem Bogen ohne Code")


class CodeBatch(models.Model):
    """Codes that were printed together, so that a lost pile can be revoked as one. The first of a room is number 1."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="code_batches")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=12, default=Channel.PAPER)
    count = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="code_batch_number_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""), name="code_batch_revoked_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.number} of {self.room_id}"


class ParticipationCode(models.Model):
    """A secret that gives full rights in one room and asks for no data; only its keyed digest is kept.

    A slip that came without a code has a row too, whose digest nobody can type: it holds the slip's person.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="codes")
    origin = models.CharField(max_length=8, choices=CodeOrigin)
    digest = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="participation_code"
    )
    channel = models.CharField(max_length=12, default=Channel.PAPER)
    issued_at = models.DateTimeField()
    first_used_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(CodeBatch, null=True, blank=True, on_delete=models.SET_NULL, related_name="codes")
    # Revoked, it opens nothing any more; what was said with it stays.
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The burst in which a guest came, and whether what they add counts meanwhile.
    burst = models.ForeignKey(
        "spine.Burst", null=True, blank=True, on_delete=models.SET_NULL, related_name="guests", db_index=True
    )
    counting = models.CharField(max_length=4, choices=Counting, default=Counting.YES, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=CodeOrigin.values), name="code_origin_known"),
            models.CheckConstraint(condition=Q(counting__in=Counting.values), name="code_counting_known"),
            models.CheckConstraint(
                condition=Q(counting=Counting.YES) | Q(origin=CodeOrigin.GUEST), name="code_of_guest_alone_is_held"
            ),
        ]
        indexes = [models.Index(fields=["room", "origin"], name="code_in_room")]

    def __str__(self) -> str:
        return f"code {self.pk} for {self.room_id}"
