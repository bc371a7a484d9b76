"""Keeping the tallies: whoever changes records of a tallied kind counts them before, and anew afterwards.

Everyone takes the locks in one order: the records that change, the log, the tallies. So nobody waits for somebody who
waits for them, and whoever writes tallies is alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from mitstadt.spine import kinds
from mitstadt.spine.actions.acts import hold_log
from mitstadt.spine.actions.kept import open_promises_again
from mitstadt.spine.models import UP, MovedOn, Record, Succession, Tally
from mitstadt.spine.models.tallies import THEME, VARIANT

# Place, kind, facet, state, answer, channel, where it went on, whether it is a piece: what one row of the table counts.
Cell = tuple[int, str, str, str, str, str, str, bool]

_PLACES = ("room_id", "part_id", "about_id")
_TABLE = "spine_tally"
_COLUMNS = ("place_id", "kind", "facet", "state", "answer_state", "channel", "moved_on", "is_piece", "count")
# Places at once: far below the number of parameters that either database takes.
_BATCH = 100


@contextmanager
def recounted(keys: Collection[int]) -> Iterator[None]:
    """Let the tallies follow whatever the block changes in these records; within the transaction of the change.

    What was merged into them is counted with them: it stands for itself again when they are no longer to be read.
    The block also holds whatever else changes records: behind it, until the commit, everybody else waits.
    """
    merged = Succession.objects.filter(target_id__in=keys, way=MovedOn.MERGED).values_list("source_id", flat=True)
    keys = {*keys, *merged}
    rows = _tallied(keys, of=Record.objects.select_for_update(no_key=True).order_by("-pk"))
    before = cells_of(rows)
    yield
    if rows:
        changed = _tallied(keys)
        after = cells_of(changed)
        after.subtract(before)
        hold_log()
        add(after)
        _follow_promises(after, now=max((row.changed_at for row in changed), default=None))


def count_new(record: Record) -> None:
    """Count a record that was just made, after the act that tells of it: who appended it holds the log."""
    if record.kind in kinds.answerable_kinds():
        cells = _cells_of([record], pieces=frozenset())
        add(cells)
        _follow_promises(cells, now=record.created_at)


def _follow_promises(differences: Mapping[Cell, int], *, now: datetime | None) -> None:
    """Where more waits for an answer than before, no promise counts as kept."""
    waiting: Counter[int] = Counter()
    for (place, _kind, facet, state, answer_state, _channel, moved_on, _piece), difference in differences.items():
        if not facet and not answer_state and not moved_on and state in UP:
            waiting[place] += difference
    more = [place for place, difference in waiting.items() if difference > 0]
    if more and now is not None:
        open_promises_again(more, now=now)


def _tallied(keys: Collection[int], of: QuerySet[Record] | None = None) -> list[Record]:
    records = Record.objects.all() if of is None else of
    rows = records.filter(pk__in=keys, kind__in=kinds.answerable_kinds())
    columns = ("kind", "state", "answer_state", "channel", "moved_on", "theme", "variant", "changed_at", *_PLACES)
    return list(rows.only(*columns))


def cells_of(records: Sequence[Record]) -> Counter[Cell]:
    """The cells in which these records count."""
    keys = [record.pk for record in records]
    split = Succession.objects.filter(target_id__in=keys, way=MovedOn.SPLIT) if keys else Succession.objects.none()
    return _cells_of(records, pieces=frozenset(split.values_list("target_id", flat=True)))


def _cells_of(records: Sequence[Record], *, pieces: frozenset[int]) -> Counter[Cell]:
    return Counter(cell for record in records for cell in _cells(record, is_piece=record.pk in pieces))


def _cells(record: Record, *, is_piece: bool) -> Iterator[Cell]:
    alike = (record.state, record.answer_state, record.channel, record.moved_on, is_piece)
    themes = [f"{THEME}{record.theme}"] if record.theme else []
    variants = [f"{VARIANT}{record.variant}"] if record.variant else []
    if record.room_id is not None:
        yield record.room_id, record.kind, "", *alike
    for place in (record.part_id, record.about_id):
        if place is not None:
            yield from ((place, record.kind, facet, *alike) for facet in ("", *themes, *variants))


def add(differences: Mapping[Cell, int]) -> None:
    """Add these differences to the table."""
    rows = sorted((cell, difference) for cell, difference in differences.items() if difference)
    for start in range(0, len(rows), _BATCH):
        _add([(*cell, difference) for cell, difference in rows[start : start + _BATCH]])


def _add(rows: Iterable[tuple[str | int, ...]]) -> None:
    rows = list(rows)
    marks = f"({', '.join(['%s'] * len(_COLUMNS))})"
    statement = (
        f"INSERT INTO {_TABLE} ({', '.join(_COLUMNS)}) VALUES {', '.join([marks] * len(rows))} "  # noqa: S608  # our own names and marks
        f"ON CONFLICT ({', '.join(_COLUMNS[:-1])}) DO UPDATE SET count = {_TABLE}.count + excluded.count"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def recount_all(*, batch: int = 5_000) -> Counter[Cell]:
    """Let the table say what the records say, as after an import that went past the actions; returns what was wrong.

    The log is held meanwhile: whoever writes tallies holds it, too, so that all others are seen before or after.
    """
    with transaction.atomic():
        hold_log()
        wrong = _counted_anew(batch)
        wrong.subtract(_kept())
        wrong = Counter({cell: difference for cell, difference in wrong.items() if difference})
        add(wrong)
    return wrong


def _counted_anew(batch: int) -> Counter[Cell]:
    last, total = 0, Counter[Cell]()
    rows = Record.objects.filter(kind__in=kinds.answerable_kinds()).order_by("pk")
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:batch]):
        last = keys[-1]
        total.update(cells_of(_tallied(keys)))
    return total


def _kept() -> Counter[Cell]:
    return Counter({(*cell,): count for *cell, count in Tally.objects.values_list(*_COLUMNS)})
