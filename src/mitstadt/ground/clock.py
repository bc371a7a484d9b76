"""The one place that reads the clock. Pages and commands ask here once and pass `now` on; rules never fetch it."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, in UTC."""
    return timezone.now()
