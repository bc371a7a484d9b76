"""Recompute the whole log of the database and hold it against its heads, its stored edge and a head from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import QuerySet

from mitstadt.methods.log import SignedHead, Verification, leaf_hash, public_key, verify_log
from mitstadt.methods.log.findings import Fault
from mitstadt.methods.log.frontier import Frontier
from mitstadt.spine.log import entry_of
from mitstadt.spine.queries.log_export import content_lines, log_lines

_CHUNK = 2_000


def check(secret_key: bytes, *, head: str, tables: Apps = installed) -> tuple[Verification, int]:
    """What came of verifying acts, contents and heads, with this head noted elsewhere; and the number of acts."""
    noted = SignedHead.from_text(head)
    key = public_key(noted.head.origin, secret_key)
    log = verify_log(log_lines(key, tables), contents=content_lines(tables), keys=[key], known_heads=[noted])
    fault, acts = _grown(tables)
    if fault:
        log = replace(log, faults=(*log.faults, fault), faults_total=log.faults_total + 1)
    return log, acts


def _grown(tables: Apps) -> tuple[Fault | None, int]:
    """Hash every act anew, also those that no head covers yet, and compare with what is stored."""
    frontier = Frontier()
    acts: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Act"))
    states: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "LogState"))
    for act in acts.order_by("index").iterator(chunk_size=_CHUNK):
        leaf = leaf_hash(entry_of(act).line())
        if act.index != frontier.size or leaf.hex() != act.leaf_hash:
            sentence = f"Act {act.index} does not fit its hash, or stands in the wrong place."
            return Fault(0, "act_differs", sentence, 0), frontier.size
        frontier = frontier.append(leaf)
    state = states.filter(pk=1).first()
    stored = Frontier.from_json(state.frontier) if state else Frontier()
    if stored != frontier:
        return Fault(0, "edge_differs", "The stored edge of the log does not fit its acts.", 0), frontier.size
    return None, frontier.size
