"""A person: shown by a chosen name; an e-mail address is optional, since a participation code needs none."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
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
