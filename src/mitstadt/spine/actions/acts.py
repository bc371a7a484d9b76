"""Append an act to the public log, in the transaction of the change that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.db import connection

from mitstadt.ground.organisations.models import Organisation
from mitstadt.methods.log.entries import SALT_BYTES, Entry, content_hash
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.methods.shared.hashing import Json
from mitstadt.spine.actors import Actor
from mitstadt.spine.log import DONE_AT
from mitstadt.spine.models import (
    Act,
    ActContent,
    ActInPreparation,
    LogNode,
    LogState,
    Record,
    RecordState,
    Room,
    RoomStage,
)
from mitstadt.spine.verbs import By, Verb, is_declared

SYSTEM = "system"


def record_act(
    *,
    actor: Actor | None,
    verb: Verb,
    record: Record | None,
    now: datetime,
    content: Mapping[str, object] | None = None,
    details: Mapping[str, object] | None = None,
) -> Act | None:
    """Append one act; without an actor the system itself acted. What is done to a draft waits until it opens.

    Must run inside the transaction of the change: either both happen or neither. From here to the commit everybody
    else who says something waits, so it stands last; and whoever changed a record afterwards would lock the log and
    the record in another order than the rest, and wait for ever.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded in the transaction of its change.")
    voice, office = _voice(actor, verb), _office(record, verb)
    if record is not None and _is_in_preparation(record):
        ActInPreparation.objects.create(
            record_id=record.pk,
            room_id=record.pk if isinstance(record, Room) else record.room_id,
            at=now,
            actor_kind=voice,
            actor=office or "",
            verb=verb.key,
            details=dict(details or {}),
            content=dict(content) if content is not None else None,
        )
        return None
    return _append(voice, office, verb.key, record, now=now, content=content, details=details)


def enter_acts_in_preparation(room: Room, *, now: datetime) -> None:
    """Let what was done while it was a draft enter the log, now that the room or something in it has opened.

    In the transaction that opens it, before its own act; what is still a draft goes on waiting.
    """
    waiting = ActInPreparation.objects.select_for_update(of=("self",)).select_related("record__room").order_by("pk")
    for act in waiting.filter(room=room).exclude(record__state=RecordState.DRAFT):
        # An entry is of the moment in which it enters; when it happened stands in it.
        details = {**act.details, DONE_AT: act.at.isoformat()}
        record = room if act.record_id == room.pk else act.record
        _append(act.actor_kind, act.actor or None, act.verb, record, now=now, content=act.content, details=details)
        act.delete()


def _append(
    voice: str,
    office: str | None,
    verb: str,
    record: Record | None,
    *,
    now: datetime,
    content: Mapping[str, object] | None,
    details: Mapping[str, object] | None,
) -> Act:
    if record is not None and _is_internal(record):
        # What stands in an internal room is promised by its hash and told to nobody else.
        content, details = {**(content or {}), "details": dict(details or {})}, None
    state = locked_state()
    frontier = Frontier.from_json(state.frontier)
    salt = secrets.token_bytes(SALT_BYTES)
    entry = Entry(
        index=frontier.size,
        at=now,
        actor_kind=voice,
        actor=office,
        verb=verb,
        record=record.ref if record else None,
        content=content_hash(cast("Json", content), salt=salt) if content is not None else None,
        details=cast("Mapping[str, Json]", details or {}),
    )
    leaf = leaf_hash(entry.line())
    act = _save(entry, leaf)
    if content is not None:
        ActContent.objects.create(act=act, record_id=record.pk if record else None, salt=salt.hex(), content=content)
    _keep_nodes(frontier, leaf)
    state.frontier = frontier.append(leaf).to_json()
    state.save(update_fields=["frontier"])
    return act


def _is_in_preparation(record: Record) -> bool:
    """Whether it is a draft, or at home in one: nobody outside may learn that it is there."""
    room = record if isinstance(record, Room) else record.room
    return record.state == RecordState.DRAFT or (room is not None and room.stage == RoomStage.PREPARED)


def _is_internal(record: Record) -> bool:
    room = record if isinstance(record, Room) else record.room
    return record.state == RecordState.INTERNAL or (room is not None and room.is_internal)


def hold_log() -> None:
    """Take the log's lock before the rows in which all count, as whoever appended an act already has.

    Everyone takes it behind the records that they change, so nobody waits for somebody who waits for them.
    """
    locked_state()


def locked_state() -> LogState:
    """The growing edge of the log, for the one who appends or signs now."""
    try:
        return LogState.objects.select_for_update().get(pk=1)
    except LogState.DoesNotExist:
        LogState.objects.get_or_create(pk=1, defaults={"frontier": Frontier().to_json()})
        return LogState.objects.select_for_update().get(pk=1)


def _keep_nodes(frontier: Frontier, leaf: bytes) -> None:
    """Keep the nodes that this leaf fills, from the level up that proofs do not compute themselves."""
    filled = [
        LogNode(level=level, position=position, hash=node.hex())
        for (level, position), node in frontier.completed_by(leaf)
        if level >= LogNode.LOWEST_LEVEL
    ]
    if filled:
        LogNode.objects.bulk_create(filled)


def _save(entry: Entry, leaf: bytes) -> Act:
    act = Act(
        index=entry.index,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor=entry.actor or "",
        verb=entry.verb,
        ref=entry.record or "",
        details=dict(entry.details),
        content_hash=entry.content or "",
        leaf_hash=leaf.hex(),
    )
    act.save(force_insert=True)
    return act


def _voice(actor: Actor | None, verb: Verb) -> str:
    """In whose voice the log tells it, as the verb is declared."""
    if not is_declared(verb):
        raise LookupError(f"The verb “{verb.key}” is not declared.")
    if actor is None:
        if verb.by is By.PEOPLE:
            raise ValueError(f"Only people can have “{verb.key}”.")
        return SYSTEM
    if verb.by is not By.PEOPLE:
        return verb.by.value
    if actor.person is None:
        return "guest"
    return "person" if actor.person.has_account else "code"


def _office(record: Record | None, verb: Verb) -> str | None:
    if verb.by is not By.OFFICE or record is None or record.organisation_id is None:
        return None
    organisation = record.organisation or Organisation.objects.get(pk=record.organisation_id)
    return organisation.slug[:64]
