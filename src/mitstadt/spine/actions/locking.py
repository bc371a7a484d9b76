"""The one way to change what stands: wait for it under lock, see it as it is then, and ask the permit afterwards.

Everyone takes the locks in one order, so that nobody waits for somebody who waits for them: an organisation or a
person; a burst, the codes of guests; a room, its parts; what people said, the newest first (what speaks about something
is younger than that); cases, turns and links; the log; the tallies. The row of a record in `Record` stands for all its
tables: whoever changes any of them locks that one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Record, Succession

AnyModel = TypeVar("AnyModel", bound=Model)


def lock(*records: Record) -> None:
    """Wait until nobody else changes these records, and see them as they stand then, with their rooms and parts."""
    _require_transaction()
    found = _locked({record.pk for record in records})
    for record in records:
        if record.pk not in found:
            raise Refused("record_gone")
        rows = type(record)._base_manager.select_related("room__host", "part")  # noqa: SLF001  # of every kind
        record.refresh_from_db(from_queryset=rows)


def lock_kin(*records: Record) -> None:
    """The same, and all whose counters, answers and credits change with them.

    That is what they speak about, and what they went on in or came from, however far.
    """
    _hold_kin({record.pk for record in records})
    lock(*records)


def lock_all(records: Iterable[Record]) -> list[Record]:
    """Fresh rows of these records in their order, each once, locked with their kin."""
    keys = list(dict.fromkeys(record.pk for record in records))
    _hold_kin(keys)
    found = Record.objects.select_related("room__host", "part").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def lock_row(row: AnyModel, *, reason: str = "record_gone") -> AnyModel:
    """A row that is no record, as it stands once nobody else changes it; refused with this reason where it is gone."""
    _require_transaction()
    # Not `type(row)`: whoever is signed in comes wrapped.
    model = row.__class__
    rows: QuerySet[AnyModel] = model._base_manager.select_for_update(no_key=True)  # noqa: SLF001  # of every model
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(reason)
    return found


def kin(keys: Iterable[int]) -> set[int]:
    """The keys of these records, of what they speak about, and of all with which they were merged or split."""
    known: set[int] = set()
    new = set(keys)
    while new:
        known |= new
        joined = Succession.objects.filter(Q(source_id__in=new) | Q(target_id__in=new))
        found = {key for pair in joined.values_list("source_id", "target_id") for key in pair}
        about = Record.objects.filter(said_about__in=new).values_list("pk", flat=True)
        new = (found | set(about)) - known
    return known


def _hold_kin(keys: Collection[int]) -> None:
    _require_transaction()
    while True:
        wanted = kin(keys)
        mark = transaction.savepoint()
        _locked(wanted)
        if kin(keys) <= wanted:
            transaction.savepoint_commit(mark)
            return
        # Somebody merged or parted them meanwhile: let go, for the rest must not be locked behind these.
        transaction.savepoint_rollback(mark)


def _locked(keys: Collection[int]) -> set[int]:
    # Not against arrows that point here: a new row that names the record does not wait.
    rows = Record.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("-pk")
    return set(rows.values_list("pk", flat=True))


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A record is locked in the transaction of its change.")
