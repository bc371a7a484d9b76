"""Take time away that everyone has read of: what each phase becomes; proposed and confirmed through `amendments`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine import verbs_of_change
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Amendment, Part, Phase, Room, RoomStage
from mitstadt.spine.queries.dates import phase_day_fault
from mitstadt.spine.queries.shortening import Stretch, phases_among, shortens, stretch_of

Values = Mapping[str, Any]


def read(room: Room, fields: Values) -> list[Stretch]:
    """The phases that are meant, as they stand."""
    return [stretch_of(phase) for phase in phases_among(room, fields["phases"])]


def require_fit(room: Room, after: Values, *, now: datetime) -> None:
    """Refuse days that cannot hold: none that were, none that take nothing away, none behind the promised answer."""
    if room.stage != RoomStage.OPEN:
        raise Refused("not_open")
    wanted = {one["key"]: one for one in after["phases"]}
    for phase in phases_among(room, after["phases"]):
        if not phase.part.is_up:
            raise Refused("part_not_open")
        if not wanted[phase.pk]["opens_at"]:
            _require_droppable(phase, now=now)
        else:
            _require_days(phase, *_days(wanted[phase.pk]), now=now)


def _require_droppable(phase: Phase, *, now: datetime) -> None:
    if phase.opens_at <= now:
        raise Refused("phase_begun")


def _require_days(phase: Phase, opens_at: datetime, closes_at: datetime, *, now: datetime) -> None:
    if closes_at <= opens_at:
        raise Refused("phase_ends_before_it_begins")
    if closes_at < now:
        raise Refused("end_is_over")
    if not shortens(phase, opens_at, closes_at, now=now):
        raise Refused("takes_no_time_away")
    if fault := phase_day_fault(phase.room_id, closes_at):
        raise Refused(fault.reason, **fault.parameters)


def write(room: Room, after: Values) -> None:
    """Give the phases their days, and drop those that have none any more; their parts are locked behind the room."""
    wanted = {one["key"]: one for one in after["phases"]}
    phases = phases_among(room, after["phases"])
    for key in sorted({phase.part_id for phase in phases}, reverse=True):
        lock(Part.objects.get(pk=key))
    for phase in map(lock_row, phases):
        if not wanted[phase.pk]["opens_at"]:
            phase.delete()
            continue
        phase.opens_at, phase.closes_at = _days(wanted[phase.pk])
        phase.save(update_fields=["opens_at", "closes_at"])


def tell_of_each(made: Amendment, *, actor: Actor, now: datetime) -> None:
    """An act for each phase that lost time, as when one is moved or dropped: the log holds the days against them."""
    was = {one["key"]: one for one in made.before["phases"]}
    parts = Part.objects.select_related("room__host").in_bulk([one["of"] for one in made.after["phases"]])
    for one in made.after["phases"]:
        dropped = not one["opens_at"]
        verb = verbs_of_change.DROPPED_PHASE if dropped else verbs.MOVED_PHASE
        stands = was[one["key"]] if dropped else one
        details = {"opens_at": stands["opens_at"], "closes_at": stands["closes_at"], "reason": made.reason}
        record_act(actor=actor, verb=verb, record=parts[one["of"]], now=now, details=details)


def _days(one: Values) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(one["opens_at"]), datetime.fromisoformat(one["closes_at"])
