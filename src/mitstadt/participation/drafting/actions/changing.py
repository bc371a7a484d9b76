"""Whoever changes a text holds it: what they read of it stands until they are done, also rows that come new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from mitstadt.participation.drafting.models import CoText
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import require
from mitstadt.spine.permits import permit


@contextmanager
def changing(text: CoText, *, actor: Actor, now: datetime) -> Iterator[None]:
    """One transaction in which the text is locked and the actor may edit it."""
    with transaction.atomic():
        lock(text)
        require(permit(actor, Deed.EDIT_PART, text, now=now))
        yield
