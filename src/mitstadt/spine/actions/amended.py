"""What each way to change reads and writes; called by `amendments`, which holds the locks and asks the permits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.organisations.queries import at_work
from mitstadt.spine import amending
from mitstadt.spine.actions import shortening
from mitstadt.spine.actions.acts import hold_log
from mitstadt.spine.actions.kept import open_promises_again
from mitstadt.spine.actors import Actor
from mitstadt.spine.amending import Amending
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Amendment, Commitment, CommitmentChange, Part, Record, Room, RoomHost, RoomStage
from mitstadt.spine.queries.dates import answer_day_fault
from mitstadt.spine.queries.decisions import require_body
from mitstadt.spine.queries.promises import unanswered
from mitstadt.spine.search.indexing import refresh_entry
from mitstadt.spine.texts import field_names

Values = Mapping[str, Any]

_DAYS = frozenset({"answer_by", "decides_on"})


def read(record: Record, way: Amending, fields: Values) -> dict[str, object]:
    """What stands there now in these fields, as plain values."""
    if way is amending.SHORTEN:
        return {"phases": shortening.read(_room(record), fields)}
    source: object = record
    if way is amending.COMMITMENT:
        source = Commitment.objects.get(process=record.pk)
    return {name: _plain(getattr(source, name)) for name in fields}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def require_fit(record: Record, way: Amending, after: Values, *, now: datetime) -> None:
    """Refuse what cannot hold: an empty promise, a day before people are done, an area or a host that is not there."""
    if way is amending.COMMITMENT:
        missing = [name for name, value in after.items() if value in (None, "") and name in Commitment.FIELDS]
        if missing:
            raise Refused("commitment_incomplete", fields=field_names(missing))
        if "answer_by" in after and (fault := answer_day_fault(record.pk, _day(after["answer_by"]), now=now)):
            raise Refused(fault.reason, **fault.parameters)
        require_body(_room(record), after.get("decided_by_id"))
    if "four_eyes" in after and way is not amending.care_for(four_eyes=bool(after["four_eyes"])):
        raise Refused("care_takes_two")
    if way is amending.SHORTEN:
        shortening.require_fit(_room(record), after, now=now)
    if way is amending.HAND_OVER and not at_work().filter(pk=after["host_id"]).exists():
        raise Refused("no_such_organisation")
    if after.get("area_id") is not None and not Area.objects.filter(pk=after["area_id"]).exists():
        raise Refused("conflict")


def details(way: Amending, made: Amendment) -> dict[str, object]:
    """What the log tells: what was, what is."""
    if way is amending.COMMITMENT:
        ((field, after),) = made.after.items()
        return {"field": field, "before": str(made.before[field] or ""), "after": str(after or "")}
    return {"before": made.before, "after": made.after}


def settle(record: Record, made: Amendment, way: Amending, *, actor: Actor, now: datetime) -> None:
    """What follows for the promise and for each phase, behind the act of the change."""
    if way is amending.REOPEN:
        open_promises_again([record.pk], now=now)
    if way is amending.SHORTEN:
        shortening.tell_of_each(made, actor=actor, now=now)


def _write_record(record: Record, made: Amendment, *, now: datetime) -> None:
    for name, value in made.after.items():
        setattr(record, name, value)
    record.changed_at = now
    record.save(update_fields=[*(name.removesuffix("_id") for name in made.after), "changed_at"])
    refresh_entry(record)


def _write_commitment(record: Record, made: Amendment, *, now: datetime) -> None:
    ((field, after),) = made.after.items()
    # Commitments are locked behind the log: whoever says something holds it when a kept promise opens again.
    hold_log()
    commitment = Commitment.objects.select_for_update().get(process=record.pk)
    setattr(commitment, field, _day(after) if field in _DAYS and after else after)
    commitment.save(update_fields=[field])
    CommitmentChange.objects.create(
        commitment=commitment,
        field=field,
        before=str(made.before[field] or ""),
        after=str(after or ""),
        reason=made.reason,
        changed_at=now,
    )


def _write_cancel(record: Record, made: Amendment, *, now: datetime) -> None:
    _stage(record, RoomStage.CLOSED, closed_at=now, cancelled_at=now, now=now)
    hold_log()
    commitment = Commitment.objects.select_for_update().filter(process=record.pk).first()
    # What was said until then still gets its answer; where nothing waits, nothing is owed.
    if commitment is not None and commitment.kept_at is None and not unanswered(_room(record)):
        commitment.released_at = now
        commitment.save(update_fields=["released_at"])


def _write_reopen(record: Record, made: Amendment, *, now: datetime) -> None:
    _stage(record, RoomStage.OPEN, closed_at=None, cancelled_at=None, now=now)


def _stage(
    record: Record, stage: RoomStage, *, closed_at: datetime | None, cancelled_at: datetime | None, now: datetime
) -> None:
    room = _room(record)
    room.stage, room.closed_at, room.cancelled_at, room.changed_at = stage, closed_at, cancelled_at, now
    room.save(update_fields=["stage", "closed_at", "cancelled_at", "changed_at"])


def _write_shorten(record: Record, made: Amendment, *, now: datetime) -> None:
    shortening.write(_room(record), made.after)


def _write_hand_over(record: Record, made: Amendment, *, now: datetime) -> None:
    """The room and its parts go to the other host; what was said in the name of the first one stays its own."""
    room = _room(record)
    host = Organisation.objects.get(pk=made.after["host_id"])
    room.host = room.organisation = host
    room.changed_at = now
    room.save(update_fields=["host", "organisation", "changed_at"])
    Part.objects.filter(room=room.pk).update(organisation=host, changed_at=now)
    RoomHost.objects.filter(room=room.pk, organisation=host).delete()


def _room(record: Record) -> Room:
    if not isinstance(record, Room):
        raise TypeError("Only a room has a stage and a host.")
    return record


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


WRITES = {
    amending.CORRECT.key: _write_record,
    amending.CARE.key: _write_record,
    amending.LESS_CARE.key: _write_record,
    amending.PART_CARE.key: _write_record,
    amending.COMMITMENT.key: _write_commitment,
    amending.CANCEL.key: _write_cancel,
    amending.REOPEN.key: _write_reopen,
    amending.SHORTEN.key: _write_shorten,
    amending.HAND_OVER.key: _write_hand_over,
}
