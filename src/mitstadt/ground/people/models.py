"""A person: shown by a chosen name; an e-mail address is optional, since a participation code needs none."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """How a person came to us."""

    ACCOUNT = "account", _("Konto")
    CODE = "code", _("Teilnahmecode")


class DigestRhythm(models.TextChoices):
    """How often a person wants to hear from us."""

    OFF = "off", _("gar nicht")
    AT_ONCE = "at_once", _("sofort")
    DAILY = "daily", _("täglich")
    WEEKLY = "weekly", _("wöchentlich")


class PersonManager(BaseUserManager["Person"]):
    """Creates people; an address is normalised, a missing password is unusable."""

    def create_account(self, *, email: str, display_name: str, password: str | None = None) -> Person:
        """A person with an account."""
        person = self.model(email=self.normalize_email(email).lower(), display_name=display_name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_without_data(self) -> Person:
        """A person known by a participation code alone."""
        person = self.model(kind=PersonKind.CODE, email=None, display_name="")
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who takes part."""

    kind = models.CharField(max_length=16, choices=PersonKind, default=PersonKind.ACCOUNT)
    email = models.EmailField(unique=True, null=True, blank=True)
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=12, blank=True)
    digest_rhythm = models.CharField(max_length=8, choices=DigestRhythm, default=DigestRhythm.WEEKLY)
    digest_sent_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    # Whether somebody decided that they may not write for a while; where and why stands with that decision.
    is_paused = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Since when the name reads like that of an office or of somebody with a task, who came later; shown beside it.
    name_clashes_since = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PersonKind.values), name="person_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.CODE) | Q(email__isnull=True), name="person_with_code_leaves_no_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.display_name}"

    @property
    def has_account(self) -> bool:
        """Whether this person signed up, in contrast to taking part by code."""
        return self.kind == PersonKind.ACCOUNT

    @property
    def shown_name(self) -> str:
        """What the frame of a page calls this person; `str()` is for logs."""
        if not self.has_account:
            return gettext("mit Teilnahmecode")
        return self.display_name or gettext("ohne Namen")

    @property
    def public_name(self) -> str:
        """The name beside their words, marked while it reads like that of an office; empty for people without one."""
        if self.display_name and self.name_clashes_since:
            return gettext("%(name)s (privat)") % {"name": self.display_name}
        return self.display_name


class Session(AbstractBaseSession):
    """A browser that comes back: what it holds, sealed, under a digest of its key."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField(null=True)
    # Browser and system, as `devices` reads them; no address, nothing else.
    device = models.CharField(max_length=40, blank=True)


class EventKind(models.TextChoices):
    """What may happen to an account that its owner should know."""

    SIGNED_IN = "signed_in", _("Mit Ihrem Konto hat sich jemand angemeldet.")
    SIGN_IN_FAILED = "sign_in_failed", _("Eine Anmeldung misslang: Passwort oder Code stimmte nicht.")
    ADDRESS_CHANGED = "address_changed", _("Die E-Mail-Adresse wurde geändert.")
    PASSWORD_CHANGED = "password_changed", _("Das Passwort wurde gesetzt oder geändert.")
    FACTOR_ADDED = "factor_added", _("Eine zweite Sicherung wurde eingerichtet.")
    FACTOR_REMOVED = "factor_removed", _("Eine zweite Sicherung wurde entfernt.")
    FACTOR_TAKEN_OFF = "factor_taken_off", _("Der Betreiber hat auf Bitte hin Ihre zweite Sicherung entfernt.")
    SPARE_CODES_MADE = "spare_codes_made", _("Neue Ersatzcodes wurden erzeugt.")
    SESSION_ENDED = "session_ended", _("Anmeldungen wurden beendet.")
    ROLE_GIVEN = "role_given", _("Sie haben eine Aufgabe bekommen.")
    ROLE_ENDED = "role_ended", _("Eine Aufgabe von Ihnen ist zu Ende.")
    CODES_ISSUED = "codes_issued", _("Sie haben Teilnahmecodes zum Drucken erzeugt.")
    NAME_MARKED = "name_marked", _("Ihr Name wurde gekennzeichnet: Er gleicht dem einer Stelle.")


class AccountEvent(models.Model):
    """Something that happened to an account, for its owner to read: what and when, not from where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    at = models.DateTimeField()
    # How often within the hour that began with `at`.
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="account_event_kind_known"),
            models.CheckConstraint(condition=Q(count__gte=1), name="account_event_happened"),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="account_event_newest")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
