"""Keys for houses in which many people share one connection: a library, a school, a town hall.

At a connection where such a key was shown, ten times as many guests, reports and uploads are taken (`limits`). Who
takes part there without account or printed code is a guest as anywhere else.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count

from mitstadt.ground import codes
from mitstadt.ground.words import clean_words
from mitstadt.spine.actions.codes import digest_of
from mitstadt.spine.actions.limits import connection_key
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import House, HouseConnection

# Then somebody of the house shows the key again: addresses of connections wander.
SHOWN_FOR = timedelta(days=30)
LONGEST_NAME = 120


@dataclass(frozen=True)
class HouseRow:
    """A house as its operator reads it."""

    name: str
    issued_at: datetime
    ends_at: datetime
    connections: int


def issue_house(name: str, *, days: int, now: datetime) -> str:
    """A key for a house of this name; read now or never, since only its digest is kept."""
    name = clean_words(name).strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refused("house_name", limit=LONGEST_NAME)
    key = codes.new_code(secrets.token_bytes)
    try:
        with transaction.atomic():
            # One whose key is over stands on no list, and is in nobody's way.
            House.objects.filter(name=name, ends_at__lte=now).delete()
            House.objects.create(name=name, digest=digest_of(key), issued_at=now, ends_at=now + timedelta(days=days))
    except IntegrityError as error:
        raise Refused("house_name_taken") from error
    return key


def end_house(name: str) -> bool:
    """The key of this house holds no longer, at none of its connections; False where no house has this name."""
    return bool(House.objects.filter(name=clean_words(name).strip()).delete()[0])


def houses(*, now: datetime) -> list[HouseRow]:
    """All houses whose key holds."""
    rows = House.objects.filter(ends_at__gt=now).annotate(at=Count("connections")).order_by("name")
    return [HouseRow(row.name, row.issued_at, row.ends_at, row.at) for row in rows]


def show_house_key(typed: str, connection_address: str, *, now: datetime) -> HouseConnection:
    """From now on more comes from this connection."""
    read = codes.parse_code(typed)
    if not isinstance(read, str):
        raise Refused("house_unknown")
    with transaction.atomic():
        house = House.objects.select_for_update().filter(digest=digest_of(read), ends_at__gt=now).first()
        if house is None:
            raise Refused("house_unknown")
        until = min(now + SHOWN_FOR, house.ends_at)
        return HouseConnection.objects.update_or_create(
            key=connection_key(connection_address), defaults={"house": house, "until": until}
        )[0]
