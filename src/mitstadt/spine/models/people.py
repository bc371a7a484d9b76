"""People with tasks: who is invited to one, who may not write for a while, and what they are told by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.models import Role
from mitstadt.spine.models.records import Record
from mitstadt.spine.models.rooms import Room


class RoleInvitation(models.Model):
    """Somebody is asked by mail to take on a role, in an organisation or in one room; of the link we keep a digest."""

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="role_invitations"
    )
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="role_invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, room__isnull=False)
                | Q(organisation__isnull=False, room__isnull=True),
                name="role_invitation_to_one_place",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_invitation_role_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="role_invitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=Q(organisation__isnull=False, accepted_at__isnull=True, revoked_at__isnull=True),
                name="role_invitation_once_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["room", "email", "role"],
                condition=Q(room__isnull=False, accepted_at__isnull=True, revoked_at__isnull=True),
                name="role_invitation_once_in_room",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} as {self.role}"


class Pause(models.Model):
    """A person may not write for a while: in the rooms of one organisation, or with none on the whole platform.

    `Person.is_paused` says that there is one that has not ended.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pauses")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # What gave rise to it, so that those who decide need not know who wrote it.
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What the person says against it, once.
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="pause_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""), name="pause_ends_with_reason"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(organisation__isnull=True, ended_at__isnull=True),
                name="pause_everywhere_once",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(organisation__isnull=False, ended_at__isnull=True),
                name="pause_in_organisation_once",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "-begun_at"], name="pause_in_order")]

    def __str__(self) -> str:
        return f"pause {self.pk} of {self.person_id}"


class AlertKind(models.TextChoices):
    """What people with a task are told by mail."""

    ROLE = "role", _("Ihre Aufgaben ändern sich")
    PAUSE = "pause", _("Ihr Konto wird pausiert oder wieder freigegeben")
    REPORT = "report", _("Eine Meldung wartet auf eine Entscheidung")
    APPEAL = "appeal", _("Ein Widerspruch wartet auf eine Entscheidung")
    DUE = "due", _("Der Tag einer Zusage rückt näher oder ist vorbei")
    WAITING = "waiting", _("Beiträge warten seit mehr als zwei Wochen auf Antwort")
    FIRST = "first", _("In einer Beteiligung ist der erste Beitrag da")
    ERASURE = "erasure", _("Eine Löschung wartet auf eine zweite Person")
    PROPOSAL = "proposal", _("Eine Änderung zu zweit wartet auf Ihr Ja oder Nein")

    @property
    def is_always_told(self) -> bool:
        """Whether it concerns the person's own rights, and cannot be switched off."""
        return self in {AlertKind.ROLE, AlertKind.PAUSE}


class Alert(models.Model):
    """One thing that one person is told once; `key` says which, so that it is never told twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=8, choices=AlertKind)
    key = models.CharField(max_length=80)
    # The sentence in words of ours: the name of a role, of an organisation, the title of a room, a reason.
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="alert_once"),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
        ]
        indexes = [models.Index(fields=["sent_at", "person"], name="alert_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} for {self.person_id}"


class AlertOff(models.Model):
    """A person does not want to be told of this."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts_off")
    kind = models.CharField(max_length=8, choices=AlertKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="alert_off_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one for one in AlertKind.values if one not in {"role", "pause"}]),
                name="alert_off_of_some_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} not {self.kind}"
