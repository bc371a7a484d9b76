"""Append an act to the public log, in the transaction of the change that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.db import connection

from mitstadt.ground.organisations.models import Organisation
from mitstadt.methods.log.entries import SALT_BYTES, Entry, Json, content_hash
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Act, ActContent, LogNode, LogState, Record

SYSTEM = "system"

# Verbs with which a host speaks as an office, not a person as a person.
_HOST_VERBS = frozenset(
    {
        "prepared",
        "planned_phase",
        "moved_phase",
        "dropped_phase",
        "opened",
        "closed",
        "changed_commitment",
        "kept_promise",
        "answered",
        "published_text",
        "published_edition",
        "translated_text",
        "proposed_verdict",
        "hidden",
        "kept",
        "appeal_upheld",
        "appeal_refused",
        "issued_codes",
        "assigned_role",
        "ended_role",
        "undid_entry",
        "founded_organisation",
        "changed_organisation",
        "gave_membership",
        "ended_membership",
        "set_theme",
    }
)


def record_act(
    *,
    actor: Actor | None,
    verb: str,
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
    state = _locked_state()
    frontier = Frontier.from_json(state.frontier)
    salt = secrets.token_bytes(SALT_BYTES)
    entry = Entry(
        index=frontier.size,
        at=now,
        actor_kind=_kind_of(actor, verb),
        actor=_office(record, verb),
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


def entry_of(act: Act) -> Entry:
    """The log entry that an act stands for, exactly as it was hashed."""
    return Entry(
        index=act.index,
        at=act.at,
        actor_kind=act.actor_kind,
        actor=act.actor or None,
        verb=act.verb,
        record=act.ref or None,
        content=act.content_hash or None,
        details=act.details,
    )


def _locked_state() -> LogState:
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


def _kind_of(actor: Actor | None, verb: str) -> str:
    if actor is None:
        return SYSTEM
    if verb in _HOST_VERBS:
        return "host"
    if actor.person is None:
        return "guest"
    return "person" if actor.person.has_account else "code"


def _office(record: Record | None, verb: str) -> str | None:
    if verb not in _HOST_VERBS or record is None or record.organisation_id is None:
        return None
    organisation = record.organisation or Organisation.objects.get(pk=record.organisation_id)
    return organisation.slug[:64]
