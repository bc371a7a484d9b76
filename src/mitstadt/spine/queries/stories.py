"""What came of processes that are over, with the words of one person in each: for pages that tell it in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

from django.db.models import QuerySet

from mitstadt.spine import kinds
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.models import AnswerDecision, Process, Record, RecordState
from mitstadt.spine.queries.said import over_heads
from mitstadt.spine.queries.visibility import astray_among

# Among so many of each sort, the most supported first, words are sought that can be quoted.
LOOKED_THROUGH = 5
FEWEST_SIGNS, MOST_SIGNS = 24, 360


def words_taken_up_in(processes: Collection[Process]) -> dict[int, Record]:
    """In each process (with its phases prefetched), the most supported words that were taken up and fit a quotation.

    At most four queries, however many processes; one in which nothing was taken up is left out.
    """
    keys = [key for (key,) in over_heads("SELECT id {}", list(_heads(processes)))]
    if not keys:
        return {}
    rows = Record.objects.filter(pk__in=keys).select_related("author", "organisation")
    found = sorted(rows, key=lambda one: (-one.support_count, one.created_at, one.pk))
    astray = astray_among(found)
    told: dict[int, Record] = {}
    for one in found:
        if one.room_id is not None and one.pk not in astray and FEWEST_SIGNS <= len(one.body) <= MOST_SIGNS:
            told.setdefault(one.room_id, one)
    fetch_further_authors(told.values())
    return told


def _heads(processes: Collection[Process]) -> Iterator[QuerySet[Record, Any]]:
    parts = {phase.part_id: phase.part for process in processes for phase in process.phases.all()}
    for part, kind in product(parts.values(), kinds.all_kinds()):
        if not part.is_public or not kind.answerable:
            continue
        for variant, _label in kind.variants or (("", ""),):
            said = Record.objects.filter(part=part, kind=kind.key, state=RecordState.PUBLISHED, variant=variant)
            taken = said.filter(answer_state=AnswerDecision.TAKEN_UP)
            yield taken.order_by("-support_count", "created_at", "id").values_list("id")[:LOOKED_THROUGH]
