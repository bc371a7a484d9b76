"""After restoring an older backup: do again what was erased since. The list says where, and never what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.accounts import empty_reports, end_account_of
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.authorship import step_back, step_back_everywhere
from mitstadt.spine.actions.blacking_out import mark_changed
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.promising_anew import forget_contents, promise_anew
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.authorship import written_by
from mitstadt.spine.blackening import blackened, mark_in
from mitstadt.spine.erasures import Row
from mitstadt.spine.kept_words import content_of, translations_of
from mitstadt.spine.models import Erased, Erasure, Record, RecordState
from mitstadt.spine.queries.kept_words import cell_named


def erase_again(rows: Iterable[Row], *, now: datetime) -> int:
    """Do what the list says and this database does not know of yet, in the order of the list; returns how many.

    Done twice, nothing more happens. What names a row that the backup does not have is kept in the list and done to
    nothing; so is what names a number that somebody else got after a restore.
    """
    done = 0
    for row in rows:
        with transaction.atomic():
            kept, new = Erasure.objects.get_or_create(
                key=UUID(row["key"]),
                defaults={
                    "what": row["what"],
                    "target": row["target"],
                    "person": row["person"],
                    "cells": row["cells"],
                    "at": parse_datetime(row["at"]) or now,
                },
            )
            done += int(new and _DO[Erased(kept.what)](kept, now))
    return done


def _record(kept: Erasure, now: datetime) -> bool:
    record = _standing(kept)
    if record is None:
        return False
    with recounted([record.pk]):
        empty(record, now=now, known=True)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now)
    return True


def _words(kept: Erasure, now: datetime) -> bool:
    record = _standing(kept)
    if record is None:
        return False
    for label, key, path, spans, *length in kept.cells:
        cell = cell_named(label, key, path)
        if cell is not None and cell.text:
            text = cell.text
            # Another text than the one that was blacked out, as from before a correction: nobody knows where the words
            # stand in it, so all of it goes.
            places = spans if not length or length == [len(text)] else [(0, len(text))]
            cell.write(blackened(text, places, mark=mark_in(record.language), most=cell.most))
    record.refresh_from_db()
    mark_changed(record, now=now)
    torn = forget_contents(record)
    content = {**content_of(record), **translations_of([record])}
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now, content=content)
    promise_anew(torn, now=now)
    return True


def _name(kept: Erasure, now: datetime) -> bool:
    record, person = _standing(kept), _person(kept.person, kept)
    if record is None or person is None or not Record.objects.filter(written_by(person), pk=record.pk).exists():
        return False
    step_back(record, person)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now, content=content_of(record))
    return True


def _account(kept: Erasure, now: datetime) -> bool:
    person = _person(kept.target, kept)
    if person is None or not person.is_active:
        return False
    step_back_everywhere(person)
    end_account_of(person)
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=None, now=now)
    return True


def _reports(kept: Erasure, now: datetime) -> bool:
    person = _person(kept.target, kept)
    if person is None or not empty_reports(person, until=kept.at):
        return False
    record_act(actor=None, verb=verbs.ERASED_AGAIN, record=None, now=now)
    return True


def _standing(kept: Erasure) -> Record | None:
    """The record, locked, where it has words; numbers are given anew after a restore, so it must be older than this."""
    found = Record.objects.filter(pk=kept.target, created_at__lte=kept.at).exclude(state=RecordState.ERASED)
    for record in lock_all(found):
        return record
    return None


def _person(key: int | None, kept: Erasure) -> Person | None:
    return None if key is None else Person.objects.filter(pk=key, created_at__lte=kept.at).first()


_DO = {
    Erased.RECORD: _record,
    Erased.WORDS: _words,
    Erased.NAME: _name,
    Erased.ACCOUNT: _account,
    Erased.REPORTS: _reports,
}
