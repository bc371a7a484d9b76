"""Count anew what is kept beside what it counts, mend what is wrong, and say so."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q

from mitstadt.spine import counts
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.tallies import recount_all
from mitstadt.spine.counts import KeptCount


@dataclass(frozen=True)
class Mended:
    """A count that was wrong by so much, and no longer is."""

    counts: str
    where: str
    column: str
    difference: int


def recount() -> list[Mended]:
    """Count everything anew; what was wrong is right now, and returned. The city goes on meanwhile."""
    found = [mended for declared in counts.all_counts() for mended in _mend(declared)]
    return [*found, *_mend_tallies()]


def _mend(declared: KeptCount) -> list[Mended]:
    columns = declared.columns()
    named = {f"counted_{column}": expression for column, expression in columns.items()}
    rows = declared.model._base_manager.annotate(**named)  # noqa: SLF001  # of every kind
    differ = Q()
    for column in columns:
        differ |= ~Q(**{column: F(f"counted_{column}")})
    found: list[Mended] = []
    for key in list(rows.filter(differ).values_list("pk", flat=True)):
        with transaction.atomic():
            # Looked at again under lock: whoever changes it now counts it, too.
            lock(declared.model._base_manager.get(pk=key))  # noqa: SLF001  # as above
            row = rows.get(pk=key)
            wrong = {column: getattr(row, f"counted_{column}") for column in columns}
            wrong = {column: right for column, right in wrong.items() if right != getattr(row, column)}
            found += [
                Mended(declared.key, row.ref, column, right - getattr(row, column)) for column, right in wrong.items()
            ]
            for column, right in wrong.items():
                setattr(row, column, right)
            row.save(update_fields=list(wrong))
    return found


def _mend_tallies() -> list[Mended]:
    return [
        Mended("tallies", str(cell[0]), " ".join(str(one) for one in cell[1:] if one), difference)
        for cell, difference in sorted(recount_all().items())
    ]
