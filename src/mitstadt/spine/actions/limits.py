"""Keep one connection from flooding the city: so many guests, reports or failed codes an hour, then a pause."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from mitstadt.ground.people.events import tell_operator
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import RateCount

# A library or a school shares one connection: generous for people, tight for scripts.
# Nobody is refused for being one of many: beyond a few, guests are let in and wait for a moderator (`bursts`). This is
# the measure of a machine, so that nobody fills the disk.
GUESTS_PER_HOUR = 600
CODES_PER_HOUR = 120
REPORTS_PER_HOUR = 60
UPLOADS_PER_HOUR = 200


def count_one(what: str, connection_address: str, *, most: int, now: datetime) -> None:
    """Count one use; refuses when the hour's measure is full."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = _key(what, connection_address)
    row, _new = RateCount.objects.get_or_create(key=key, hour=hour)
    if row.count >= most:
        tell_operator(f"limit_hit {what}")
        raise Refused("too_many_at_once")
    RateCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def require_room(what: str, connection_address: str, *, most: int, now: datetime) -> None:
    """Refuse when the hour's measure is full, and count nothing: for uses of which only failures are counted."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if RateCount.objects.filter(key=_key(what, connection_address), hour=hour, count__gte=most).exists():
        tell_operator(f"limit_hit {what}")
        raise Refused("too_many_at_once")


def guests_today(room_id: int, connection_address: str, *, now: datetime) -> int:
    """Count one more new guest of this connection in this room today; returns the how many-th it is."""
    row, _new = RateCount.objects.get_or_create(
        key=digest_of_day(room_id, connection_address, now=now), hour=_midnight(now)
    )
    RateCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count


def digest_of_day(room_id: int, connection_address: str, *, now: datetime) -> str:
    """The keyed digest of connection, room and day: tomorrow nobody can tell that it is the same connection."""
    return _key(f"guests in {room_id} on {_midnight(now):%Y-%m-%d}", connection_address)


def forget_count(key: str) -> None:
    """Begin to count anew: a moderator looked, and it was people."""
    RateCount.objects.filter(key=key).delete()


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def forget_old_counts(*, now: datetime) -> int:
    """Delete counters that no longer matter, those of a day when it is over; returns how many."""
    over = RateCount.objects.filter(hour__lt=now - timedelta(hours=2)).exclude(hour=_midnight(now))
    return over.delete()[0]


def _key(what: str, connection_address: str) -> str:
    message = f"{what} {connection_address}".encode()
    return hmac.new(settings.CODE_PEPPER, message, hashlib.sha256).hexdigest()
