"""Cast secret rows, seal them in batches, and cut them off from the turns at the end.

No act, time or order may say whose a row is. The turn keeps the day alone. Rows have random keys, and whoever casts one
writes all that are not yet sealed anew, in a random order and one transaction: neither the order of the rows on the
disk nor the database's own numbers of transactions lead from a row to its turn. The log has one act for each batch.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine import turn_keys
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.turns import take_turn
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Part, SecretBatch, SecretBox, SecretRow, Turn
from mitstadt.spine.secret_rows import SMALLEST_BATCH, hash_of, is_over, leaf_of, table_of, tables_of, token_of

_random = secrets.SystemRandom()


def cast_row(
    row: SecretRow, *, part: Part, actor: Actor, now: datetime, entered_by: Actor | None = None
) -> tuple[Turn, bool]:
    """Put a row into the box of the part, in the place of what the actor cast about the same thing before.

    Give a row with its content, and with `about` where that is not the part itself. Returns the turn and whether it is
    the actor's first here. Refused where the actor had their turn and nobody can tell any more which row is theirs,
    and once all was counted: the log has its hash, and a row that came alone after it would tell whose it is.
    """
    with transaction.atomic():
        lock(part)
        box = locked_box(part, now=now)
        if not box.is_linked:
            raise Refused("secret_rows_counted")
        turn, new = take_turn(part, Deed.VOTE, actor=actor, now=now, entered_by=entered_by)
        token = ballot_token(part, turn, box=box)
        if token is None and not new:
            raise Refused("secret_row_unlinked")
        row.part_id, row.about_id, row.guest, row.token = part.pk, row.about_id or part.pk, turn.is_guest, token
        _put(row, box, part=part, now=now)
    return turn, new


def ballot_token(part: Part, turn: Turn, *, box: SecretBox) -> str | None:
    """The token of the turn's rows; None where they were cut off from it, at the end or since the key was lost."""
    if not box.is_linked or turn.pk <= box.lost_up_to:
        return None
    return token_of(turn, turn_keys.made_key(part.ref))


def seal_batch(box: SecretBox, rows: Sequence[SecretRow], *, part: Part, now: datetime) -> SecretBatch:
    """Seal these rows of one table: the log gets their number and their hash. They are to be saved afterwards."""
    leaves = sorted(leaf_of(row) for row in rows)
    batch = SecretBatch.objects.create(
        box=box,
        number=box.batches.count() + 1,
        table=table_of(type(rows[0])),
        count=len(leaves),
        hash=hash_of(leaves),
        leaves=leaves,
        sealed_on=timezone.localdate(now),
    )
    for row in rows:
        row.batch = batch
    details = {"batch": batch.number, "count": batch.count, "sha256": batch.hash}
    record_act(actor=None, verb=verbs.SEALED_ROWS, record=part, now=now, details=details)
    return batch


def unlink(part: Part, *, now: datetime) -> bool:
    """Seal what is left, empty all tokens and destroy the key: from now on nobody joins rows and turns.

    False where that was done before; a key that a crash left behind is destroyed all the same.
    """
    with transaction.atomic():
        box = locked_box(part, now=now)
        first = box.is_linked
        if first:
            _seal_all(box, part, now=now)
            box.unlinked_on = timezone.localdate(now)
            box.save(update_fields=["unlinked_on"])
        transaction.on_commit(lambda: turn_keys.destroy_key(part.ref))
    return first


def tend_boxes(*, now: datetime) -> int:
    """Cut off the rows of all parts that are over, tell of lost keys; returns how many boxes were cut off. Daily.

    A key that a crash left behind after that is destroyed all the same.
    """
    boxes = SecretBox.objects.select_related("part__room").prefetch_related("part__phases")
    done = 0
    for box in boxes:
        if not box.is_linked:
            turn_keys.destroy_key(box.part.ref)
        elif is_over(box.part, now=now):
            done += unlink(box.part, now=now)
        else:
            with transaction.atomic():
                locked_box(box.part, now=now)
    return done


def locked_box(part: Part, *, now: datetime) -> SecretBox:
    """The box of the part for the one who writes now; those who come at the same time wait.

    Where rows were cast under a key that is gone, they count as they are; that is told in the log.
    """
    boxes = SecretBox.objects.select_for_update().filter(part_id=part.pk)
    box = boxes.first()
    if box is None:
        SecretBox.objects.get_or_create(part_id=part.pk, defaults={"opened_on": timezone.localdate(now)})
        box = boxes.get()
    if box.is_linked and box.tables and turn_keys.key_of(part.ref) is None:
        _tell_lost_key(box, part, now=now)
    return box


def _tell_lost_key(box: SecretBox, part: Part, *, now: datetime) -> None:
    count = sum(
        model.objects.filter(part_id=part.pk, token__isnull=False).update(token=None) for model in tables_of(box)
    )
    if count:
        turns = Turn.objects.filter(record_id=part.pk, deed=Deed.VOTE.value)
        box.lost_up_to = turns.aggregate(last=Max("pk"))["last"] or 0
        box.save(update_fields=["lost_up_to"])
        record_act(actor=None, verb=verbs.LOST_KEY, record=part, now=now, details={"count": count})


def _put(row: SecretRow, box: SecretBox, *, part: Part, now: datetime) -> None:
    model = type(row)
    if table_of(model) not in box.tables:
        box.tables = [*box.tables, table_of(model)]
        box.save(update_fields=["tables"])
    if row.token is not None:
        model.objects.filter(about_id=row.about_id, token=row.token).delete()
    pool = [*_unsealed(model, part), row]
    if len(pool) >= 2 * SMALLEST_BATCH:
        seal_batch(box, _random.sample(pool, SMALLEST_BATCH), part=part, now=now)
    _write_anew(model, pool)


def _seal_all(box: SecretBox, part: Part, *, now: datetime) -> None:
    """Seal what is left of each table, and tell all that counts under one hash."""
    leaves: list[str] = []
    for model in tables_of(box):
        pool = _unsealed(model, part)
        if pool:
            seal_batch(box, pool, part=part, now=now)
            _write_anew(model, pool)
        rows = model.objects.filter(part_id=part.pk)
        rows.update(token=None)
        leaves += [leaf_of(row) for row in rows.select_related("about").iterator(chunk_size=1000)]
    details = {"count": len(leaves), "sha256": hash_of(leaves)}
    record_act(actor=None, verb=verbs.UNLINKED_ROWS, record=part, now=now, details=details)


def _unsealed(model: type[SecretRow], part: Part) -> list[SecretRow]:
    return list(model.objects.filter(part_id=part.pk, batch=None).select_related("about"))


def _write_anew(model: type[SecretRow], rows: list[SecretRow]) -> None:
    model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _random.shuffle(rows)
    model.objects.bulk_create(rows)
