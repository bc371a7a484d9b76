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
GUESTS_PER_HOUR = 60
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


def forget_old_counts(*, now: datetime) -> int:
    """Delete counters that no longer matter; returns how many."""
    return RateCount.objects.filter(hour__lt=now - timedelta(hours=2)).delete()[0]


def _key(what: str, connection_address: str) -> str:
    message = f"{what} {connection_address}".encode()
    return hmac.new(settings.CODE_PEPPER, message, hashlib.sha256).hexdigest()
