"""What a text tells its host: where most waits for an answer, in counts that lead to work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import formats as local_formats
from django.utils import timezone
from django.utils.translation import gettext as _

from mitstadt.participation.drafting.models import Passage
from mitstadt.participation.drafting.queries.stretches import public_at
from mitstadt.spine.formats import Due, DueList
from mitstadt.spine.models import MovedOn, Part, Record
from mitstadt.spine.queries.tallies import waiting_in

_MOST = 10


def where_most_waits(part: Part, _now: datetime) -> list[DueList]:
    """The passages where most waits, the longest wait first among equals; three queries."""
    due = [Due(row.count, _place(row.number, row.oldest_at), _address(part, row.number)) for row in _waiting(part)]
    return [DueList(_("Wo am meisten wartet"), due)] if due else []


@dataclass(frozen=True)
class _Waiting:
    """How much waits at the passages of one number, and since when."""

    number: str
    count: int
    oldest_at: datetime


def _waiting(part: Part) -> list[_Waiting]:
    numbers = dict(Passage.objects.filter(edition__text=part.pk).values_list("pk", "number"))
    counts = waiting_in(numbers)
    # Some more, since those that are alike are told apart by the longest wait, and editions share their numbers.
    likely = sorted(counts, key=lambda key: -counts[key])[: 2 * _MOST]
    oldest = _oldest_at(likely)
    found: dict[str, _Waiting] = {}
    for key in (key for key in likely if key in oldest):
        row = _Waiting(numbers[key], counts[key], oldest[key])
        known = found.get(row.number, row)
        together = counts[key] + (known.count if known is not row else 0)
        found[row.number] = _Waiting(row.number, together, min(known.oldest_at, row.oldest_at))
    return sorted(found.values(), key=lambda row: (-row.count, row.oldest_at, row.number))[:_MOST]


def _oldest_at(passages: Sequence[int]) -> dict[int, datetime]:
    """Since when the oldest waits at each passage."""
    waits = public_at().filter(about=OuterRef("pk"), answer_state="", moved_on=MovedOn.NO).order_by("created_at", "pk")
    first = Subquery(waits.values("created_at")[:1])
    rows = Record.objects.filter(pk__in=passages).annotate(oldest=first).exclude(oldest=None)
    return dict(rows.values_list("pk", "oldest"))


def _place(number: str, oldest: datetime) -> str:
    day = local_formats.date_format(timezone.localtime(oldest), "MONTH_DAY_FORMAT")
    return _("zu Stelle %(number)s, der älteste vom %(day)s") % {"number": number, "day": day}


def _address(part: Part, number: str) -> str:
    return f"{reverse('editing_desk', args=[part.ref])}?{urlencode({'absatz': number, 'stand': 'offen'})}"
