"""Keep one connection from flooding the city: so many guests, reports or failed codes an hour, then a pause.

A house with a key (a library, a school) shares one connection among many people: ten times as much comes from there.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db.models import F

from mitstadt.spine.errors import Refused
from mitstadt.spine.models import CacheEntry, HouseConnection, RateCount

# Generous for people, tight for scripts.
GUESTS_PER_HOUR = 60
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
    is_house = HouseConnection.objects.filter(key=connection_key(connection_address), until__gt=now).exists()
    if not (is_house and counter.filter(count__lt=most * HOUSE_FACTOR).update(count=F("count") + 1)):
        raise Refused("too_many_at_once")


def forget_old_counts(*, now: datetime) -> int:
    """Delete counters whose hour is over, and whatever else has an end and reached it; returns how many counters."""
    HouseConnection.objects.filter(until__lte=now).delete()
    CacheEntry.objects.filter(expires__lte=now).delete()
    return RateCount.objects.filter(hour__lt=_hour(now)).delete()[0]


def connection_key(connection_address: str) -> str:
    """What is kept of a connection."""
    return _key("connection", connection_address)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _key(what: str, connection_address: str) -> str:
    message = f"{what} {connection_address}".encode()
    return hmac.new(settings.CODE_PEPPER, message, hashlib.sha256).hexdigest()
