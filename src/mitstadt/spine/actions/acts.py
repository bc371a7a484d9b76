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
from mitstadt.spine.models import Act, ActContent, LogNode, LogState, Record, RecordState, Room
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
) -> Act:
    """Append one act; without an actor the system itself acted.

    Must run inside the transaction of the change: either both happen or neither. From here to the commit everybody
    else who says something waits, so it stands last; and whoever changed a record afterwards would lock the log and
    the record in another order than the rest, and wait for ever.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded in the transaction of its change.")
    if record is not None and _is_internal(record):
        # What stands in an internal room is promised by its hash and told to nobody else.
        content, details = {**(content or {}), "details": dict(details or {})}, None
    state = locked_state()
    frontier = Frontier.from_json(state.frontier)
    salt = secrets.token_bytes(SALT_BYTES)
    entry = Entry(
        index=frontier.size,
        at=now,
        actor_kind=_voice(actor, verb),
        actor=_office(record, verb),
        verb=verb.key,
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
