"""Keep one connection from flooding the city: so many guests, reports or failed codes an hour, then a pause.

A house with a key (a library, a school) shares one connection among many people: ten times as much comes from there.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from mitstadt.ground.people.events import tell_operator
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import CacheEntry, HouseConnection, RateCount

# A library or a school shares one connection: generous for people, tight for scripts.
# Nobody is refused for being one of many: beyond a few, guests are let in and wait for a moderator (`bursts`). This is
# the measure of a machine, so that nobody fills the disk.
GUESTS_PER_HOUR = 600
CODES_PER_HOUR = 120
REPORTS_PER_HOUR = 60
UPLOADS_PER_HOUR = 200
# How many times as much comes from a connection at which a house showed its key.
HOUSE_FACTOR = 10


def count_one(what: str, connection_address: str, *, most: int, now: datetime) -> None:
    """Count one use; refuses when the hour's measure is full."""
    hour = _hour(now)
    key = _key(what, connection_address)
    counter = RateCount.objects.filter(key=key, hour=hour)
    RateCount.objects.get_or_create(key=key, hour=hour)
    if counter.filter(count__lt=most).update(count=F("count") + 1):
        return
    more = is_house(connection_address, now=now)
    if not (more and counter.filter(count__lt=most * HOUSE_FACTOR).update(count=F("count") + 1)):
        tell_operator(f"limit_hit {what}")
        raise Refused("too_many_at_once")


def is_house(connection_address: str, *, now: datetime) -> bool:
    """Whether a house showed its key at this connection."""
    return HouseConnection.objects.filter(key=connection_key(connection_address), until__gt=now).exists()


def guests_today(room_id: int, connection_address: str, *, now: datetime) -> int:
    """Count one more new guest of this connection in this room today; returns the how many-th it is."""
    row, _new = RateCount.objects.get_or_create(
        key=digest_of_day(room_id, connection_address, now=now), hour=midnight(now)
    )
    RateCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count


def digest_of_day(room_id: int, connection_address: str, *, now: datetime) -> str:
    """The keyed digest of connection, room and day: tomorrow nobody can tell that it is the same connection."""
    return _key(f"guests in {room_id} on {midnight(now):%Y-%m-%d}", connection_address)


def forget_count(key: str) -> None:
    """Begin to count anew: a moderator looked, and it was people. Whoever comes this moment counts on in the row."""
    RateCount.objects.filter(key=key).update(count=0)


def midnight(now: datetime) -> datetime:
    """When the city's day began."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def forget_old_counts(*, now: datetime) -> int:
    """Delete counters whose time is over, that of a day with the day, and whatever else has an end and reached it."""
    HouseConnection.objects.filter(until__lte=now).delete()
    CacheEntry.objects.filter(expires__lte=now).delete()
    return RateCount.objects.filter(hour__lt=_hour(now)).exclude(hour=midnight(now)).delete()[0]


def connection_key(connection_address: str) -> str:
    """What is kept of a connection."""
    return _key("connection", connection_address)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _key(what: str, connection_address: str) -> str:
    message = f"{what} {connection_address}".encode()
    return hmac.new(settings.CODE_PEPPER, message, hashlib.sha256).hexdigest()
