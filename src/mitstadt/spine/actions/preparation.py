"""Write down question, area and care of a process while it is in preparation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_each
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Process, RoomStage
from mitstadt.spine.permits import permit

# What may be written until the process opens; the commitment has an action of its own.
FIELDS = ("title", "body", "area_id", "four_eyes")


def describe_process(process: Process, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Process:
    """Change what a process says and how it works, as long as nobody outside can have read it."""
    with transaction.atomic():
        lock(process)
        require(permit(actor, Deed.PREPARE, process, now=now))
        if process.stage != RoomStage.PREPARED:
            raise Refused("already_open")
        written = [name for name in FIELDS if name in fields]
        said = clean_each(fields)
        for name in written:
            setattr(process, name, said[name])
        process.changed_at = now
        process.save(update_fields=[*(name.removesuffix("_id") for name in written), "changed_at"])
    return process
