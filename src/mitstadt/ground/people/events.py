"""What happens to accounts: told to their owners on a page, and to the operator as a line without a name.

The lines go to the log stream `mitstadt.security`, each with its time: what happened, and nothing of whom.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from mitstadt.ground.people.models import AccountEvent, EventKind, Person

KEPT = timedelta(days=365)
_SAME = timedelta(hours=1)
_STREAM = logging.getLogger("mitstadt.security")


def note_event(person: Person, kind: EventKind, *, now: datetime) -> None:
    """Keep that this happened to the account; the same again within the hour is counted."""
    if not person.has_account:
        tell_operator(kind)
        return
    with transaction.atomic():
        recent = AccountEvent.objects.select_for_update().filter(person=person, kind=kind, at__gt=now - _SAME)
        latest = recent.order_by("-at").first()
        if latest is None:
            AccountEvent.objects.create(person=person, kind=kind, at=now)
        else:
            AccountEvent.objects.filter(pk=latest.pk).update(count=F("count") + 1)
    tell_operator(kind)


def tell_operator(what: str) -> None:
    """One line in the operator's log of security; a word, never a person."""
    _STREAM.info("%s", str(what))


def forget_old_events(*, now: datetime) -> int:
    """Delete what is older than a year; returns how many."""
    return AccountEvent.objects.filter(at__lt=now - KEPT).delete()[0]
