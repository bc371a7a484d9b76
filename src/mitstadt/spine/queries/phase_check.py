"""Hold the days of phases against the acts that told them: nobody gets more time, or less, in silence."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.queries.record_findings import NOT_HELD, RecordCheck, batches

_Days = tuple[datetime | None, datetime | None]


def compare_phases(tables: Apps, found: RecordCheck) -> None:
    """Each phase of what is open has the days of an act about its part; a part of which no act told days is passed."""
    phases: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Phase"))
    held = phases.exclude(part__state__in=NOT_HELD).order_by("part", "pk")
    stands: dict[str, list[_Days]] = defaultdict(list)
    for ref, *days in held.values_list("part__ref", "opens_at", "closes_at").iterator():
        stands[ref].append((days[0], days[1]))
    for refs in batches(list(stands)):
        told = _told(tables, refs)
        for ref in refs:
            if told[ref] and not told[ref].issuperset(stands[ref]):
                found.differs(ref, "phases")


def _told(tables: Apps, refs: list[str]) -> dict[str, set[_Days]]:
    acts: QuerySet[Any, Any] = QuerySet(tables.get_model("spine", "Act"))
    about = acts.filter(ref__in=refs, verb__in=[verbs.PLANNED_PHASE.key, verbs.MOVED_PHASE.key])
    told: dict[str, set[_Days]] = defaultdict(set)
    for ref, details, content in about.values_list("ref", "details", "content__content"):
        # In an internal room they stand under salt.
        said = details if "opens_at" in details else (content or {}).get("details") or {}
        if "opens_at" in said:
            told[ref].add((parse_datetime(said["opens_at"]), parse_datetime(said["closes_at"])))
    return told
