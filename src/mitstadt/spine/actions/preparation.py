"""Write down question, area and care of a process while it is in preparation, or give the draft up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_each
from mitstadt.spine import verbs_of_change
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Process, Room, RoomStage
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


def discard_draft(room: Room, *, actor: Actor, now: datetime) -> None:
    """Put a draft aside: it stands on no list of work any more, and can be brought back with all that was typed."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.DISCARD, room, now=now))
        if room.discarded_at is not None:
            raise Refused("draft_discarded")
        room.discarded_at = now
        room.save(update_fields=["discarded_at"])
        record_act(actor=actor, verb=verbs_of_change.DISCARDED, record=room, now=now)


def restore_draft(room: Room, *, actor: Actor, now: datetime) -> None:
    """Bring a draft back as it was."""
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.DISCARD, room, now=now))
        if room.discarded_at is None:
            raise Refused("draft_not_discarded")
        room.discarded_at = None
        room.save(update_fields=["discarded_at"])
        record_act(actor=actor, verb=verbs_of_change.RESTORED_DRAFT, record=room, now=now)
