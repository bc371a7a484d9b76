"""The second factor of an account: an app or a key beside mail and password. Its secrets are sealed in the database."""

from __future__ import annotations

import base64
import secrets

from allauth.mfa.models import Authenticator
from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.ground.sealing import Unreadable, seal, unseal

_PURPOSE = "second factor"


def has_second_factor(person: Person) -> bool:
    """Whether an app or a key is set up; spare codes alone are none."""
    rows = Authenticator.objects.filter(user=person)
    return bool(rows.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def take_off_second_factor(person: Person) -> int:
    """Remove apps, keys and spare codes; returns how many there were."""
    with transaction.atomic():
        return int(Authenticator.objects.filter(user=person).delete()[0])


def seal_factor(secret: str) -> str:
    """The secret of an app or of spare codes as the database keeps it."""
    return seal(secret, purpose=_PURPOSE)


def open_factor(sealed: str) -> str:
    """The secret again. Where another pepper sealed it, one made up on the spot: no code fits, nobody gets in."""
    try:
        return unseal(sealed, purpose=_PURPOSE)
    except Unreadable:
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")
