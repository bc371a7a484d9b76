"""Write down question, area, access and care of a process while it is in preparation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from mitstadt.spine import verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Phase, Process, ProcessStage
from mitstadt.spine.permits import permit

# What may be written until the process opens; the commitment has an action of its own.
FIELDS = ("title", "body", "area_id", "access", "four_eyes", "checks_first")


def describe_process(process: Process, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Process:
    """Change what a process says and how it works, as long as nobody outside can have read it."""
    require(permit(actor, Deed.PREPARE, process, now=now))
    with transaction.atomic():
        process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
        if process.stage != ProcessStage.PREPARED:
            raise Refused("already_open")
        written = [name for name in FIELDS if name in fields]
        for name in written:
            setattr(process, name, fields[name])
        process.changed_at = now
        process.save(update_fields=[*(name.removesuffix("_id") for name in written), "changed_at"])
    return process


def drop_phase(phase: Phase, *, actor: Actor, now: datetime) -> None:
    """Take a phase out of a process in preparation, as long as nothing was prepared for it."""
    process = phase.process
    require(permit(actor, Deed.PREPARE, process, now=now))
    if process.stage != ProcessStage.PREPARED:
        raise Refused("already_open")
    try:
        with transaction.atomic():
            phase.delete()
            record_act(actor=actor, verb=verbs.DROPPED_PHASE, record=process, now=now, details={"title": phase.title})
    except ProtectedError as error:
        raise Refused("phase_in_use") from error
