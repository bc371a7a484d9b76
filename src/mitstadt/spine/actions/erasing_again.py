"""After restoring an older backup: do again what was erased since. The list says where, and never what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.accounts import end_account_of
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.authorship import step_back_everywhere
from mitstadt.spine.actions.blacking_out import keep_promise_of
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.records import content_of
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.blackening import blackened, mark_in
from mitstadt.spine.models import Erased, Erasure, Record, RecordState
from mitstadt.spine.queries.kept_words import cell_named


def erasure_rows(*, since: datetime | None = None) -> list[dict[str, Any]]:
    """Every erasure in its order, as plain data for a file; it names no words and no people."""
    rows = Erasure.objects.order_by("pk")
    kept = rows if since is None else rows.filter(at__gte=since)
    return [
        {"key": str(row.key), "what": row.what, "target": row.target, "cells": row.cells, "at": row.at.isoformat()}
        for row in kept
    ]


def erase_again(rows: Iterable[Mapping[str, Any]], *, now: datetime) -> int:
    """Do what the list says and this database does not know of yet, in the order of the list; returns how many.

    Done twice, nothing more happens. What names a row that the backup does not have is kept in the list and done to
    nothing.
    """
    done = 0
    for row in rows:
        with transaction.atomic():
            kept, new = Erasure.objects.get_or_create(
                key=UUID(str(row["key"])),
                defaults={
                    "what": row["what"],
                    "target": row["target"],
                    "cells": row["cells"],
                    "at": parse_datetime(str(row["at"])) or now,
                },
            )
            done += int(new and _DO[Erased(kept.what)](kept, now))
    return done


def _record(kept: Erasure, now: datetime) -> bool:
    found = Record.objects.filter(pk=kept.target).exclude(state=RecordState.ERASED).first()
    if found is None:
        return False
    [record] = lock_all([found])
    with recounted([record.pk]):
        empty(record, now=now, known=True)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now)
    return True


def _words(kept: Erasure, now: datetime) -> bool:
    found = Record.objects.filter(pk=kept.target).exclude(state=RecordState.ERASED).first()
    if found is None:
        return False
    [record] = lock_all([found])
    for label, key, path, spans in kept.cells:
        cell = cell_named(label, key, path)
        if cell is not None and cell.text:
            cell.write(blackened(cell.text, spans, mark=mark_in(record.language), most=cell.most))
    record.refresh_from_db()
    keep_promise_of(record, now=now)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now, content=content_of(record))
    return True


def _account(kept: Erasure, now: datetime) -> bool:
    person = Person.objects.filter(pk=kept.target, is_active=True).first()
    if person is None:
        return False
    step_back_everywhere(person)
    end_account_of(person)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=None, now=now)
    return True


_DO = {Erased.RECORD: _record, Erased.WORDS: _words, Erased.ACCOUNT: _account}
