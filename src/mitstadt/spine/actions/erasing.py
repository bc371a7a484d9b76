"""Note that something was erased, in the database and, once that is safe, outside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from mitstadt.ground.people.models import Person
from mitstadt.spine import erasures
from mitstadt.spine.models import Erased, Erasure, Record, Report


def note(
    what: Erased, target: int, *, now: datetime, person: int | None = None, cells: Sequence[Sequence[object]] = ()
) -> None:
    """Keep it, to be done again after restoring an older backup.

    A list outside that cannot be written stops no erasure: it is completed later. The list is done in the order of its
    times, to what is older than they are: so none is earlier than the one before it or than what was erased, also where
    the clock was set back.
    """
    at = max([now, *_earlier(what, target)])
    made = Erasure.objects.create(what=what, target=target, person=person, cells=list(cells), at=at)
    transaction.on_commit(lambda: erasures.append([row_of(made)]), robust=True)


def _earlier(what: Erased, target: int) -> list[datetime]:
    """The moments that the erasure must not come before."""
    of_person = what in {Erased.ACCOUNT, Erased.REPORTS}
    begun: QuerySet[Any] = (Person.objects if of_person else Record.objects).filter(pk=target)
    latest = [_latest(begun, "created_at"), _latest(Erasure.objects.order_by("-pk")[:1], "at")]
    if what == Erased.REPORTS:
        latest.append(_latest(Report.objects.filter(reporter=target), "created_at"))
    return [moment for moment in latest if moment is not None]


def _latest(rows: QuerySet[Any], name: str) -> datetime | None:
    moment: datetime | None = rows.aggregate(latest=Max(name))["latest"]
    return moment


def complete_list() -> int:
    """Add to the list outside the database what it lacks; how much that was."""
    known = {row["key"] for row in erasures.listed()}
    return erasures.append(row for row in erasure_rows() if row["key"] not in known)


def erasure_rows(*, since: datetime | None = None) -> list[erasures.Row]:
    """Every erasure in its order, as plain data for a file; it names no words and no people."""
    rows = Erasure.objects.order_by("pk")
    return [row_of(row) for row in (rows if since is None else rows.filter(at__gte=since))]


def row_of(kept: Erasure) -> erasures.Row:
    """One erasure as plain data."""
    return {
        "key": str(kept.key),
        "what": str(kept.what),
        "target": kept.target,
        "person": kept.person,
        "cells": kept.cells,
        "at": kept.at.isoformat(),
    }
