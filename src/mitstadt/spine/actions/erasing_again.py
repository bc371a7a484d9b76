"""Erase again what an older backup brought back; and keep the list by which that is done complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.spine import erasures, verbs
from mitstadt.spine.actions.accounts import empty_account
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.authorship import step_back
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actions.withdrawal import empty
from mitstadt.spine.erasures import Erased
from mitstadt.spine.models import Record, RecordState

_AT_ONCE = 500


def erase_again(*files: Path, now: datetime) -> int:
    """Erase all that stands on the list and is there; how much that was. The log says so, in no one's name."""
    with transaction.atomic():
        listed = erasures.listed(*files)
        records = _standing([erased.ref for erased in listed if erased.ref and not erased.account])
        with recounted([record.pk for record in records]):
            for record in records:
                empty(record, now=now)
            people = sum(map(_without_person, (erased for erased in listed if erased.account)))
        for record in records:
            record_act(actor=None, verb=verbs.ERASED_AGAIN, record=record, now=now)
    return len(records) + people


def complete_list(*, now: datetime) -> int:
    """Add to the list what the database knows to be erased: a list that could not be written for a while heals."""
    return erasures.complete(_all_erased(), now=now)


def _all_erased() -> Iterator[Erased]:
    refs = Record.objects.filter(state=RecordState.ERASED).order_by("pk").values_list("ref", flat=True)
    for ref in refs.iterator(chunk_size=_AT_ONCE):
        yield Erased.of(ref=ref)
    emptied = Person.objects.filter(is_active=False, email=None, display_name="").order_by("pk")
    for person in emptied.iterator(chunk_size=_AT_ONCE):
        yield Erased.of(person=person)


def _standing(refs: Iterable[str]) -> list[Record]:
    wanted = list(refs)
    found: list[Record] = []
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Record.objects.filter(ref__in=wanted[start : start + _AT_ONCE]).order_by("pk")
        found += rows.exclude(state=RecordState.ERASED)
    return found


def _without_person(erased: Erased) -> bool:
    """Part this person from the record, or from everything; False where that is so already."""
    person = Person.objects.filter(pk=erased.account).first()
    if person is None or not erased.is_account(person):
        return False
    if not erased.ref:
        was_there = person.is_active
        empty_account(person)
        return was_there
    record = Record.objects.filter(ref=erased.ref).first()
    if record is None or (record.author_id != person.pk and not record.authorships.filter(person=person).exists()):
        return False
    step_back(record, person)
    return True
