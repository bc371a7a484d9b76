"""A stretch of a long list that runs on from passage to passage: which contributions at which passages fall into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mitstadt.participation.drafting.models import Contribution
from mitstadt.spine.models import UP, Record
from mitstadt.spine.queries.ordering import ORDERINGS, Order

# The order at each passage: the index record_about_by_support has it, with all that is asked of these rows.
MOST_SUPPORTED = ORDERINGS[Order.MOST_SUPPORTED]


@dataclass(frozen=True)
class Stretch:
    """The contributions at one passage from `first` to before `stop`, counted from 0, of `count` in all."""

    passage: int
    first: int
    stop: int
    count: int

    @property
    def is_whole(self) -> bool:
        """Whether it is all that was said there."""
        return (self.first, self.stop) == (0, self.count)


def stretches(counts: Sequence[tuple[int, int]], start: int, stop: int) -> Iterator[Stretch]:
    """What falls between two places of the list, of passages in their order, each with its count."""
    before = 0
    for passage, count in counts:
        first, last = max(0, start - before), min(count, stop - before)
        if first < last:
            yield Stretch(passage, first, last, count)
        before += count


def public_at() -> QuerySet[Record]:
    """The public contributions as rows of the common table alone."""
    return Record.objects.filter(kind=Contribution.KIND, state__in=UP)


def keys_in(said: QuerySet[Record], wanted: Sequence[Stretch]) -> dict[int, list[int]]:
    """The keys of these stretches by passage, most supported first: one query, and one for each that is cut."""
    found: dict[int, list[int]] = defaultdict(list)
    whole = [stretch.passage for stretch in wanted if stretch.is_whole]
    if whole:
        rows = said.filter(about__in=whole).order_by("about", *MOST_SUPPORTED).values_list("about_id", "pk")
        for passage, key in rows:
            found[passage].append(key)
    for stretch in wanted:
        if not stretch.is_whole:
            found[stretch.passage] = _cut(said.filter(about=stretch.passage), stretch)
    return dict(found)


def _cut(said: QuerySet[Record], stretch: Stretch) -> list[int]:
    """From whichever end is nearer."""
    keys = said.order_by(*MOST_SUPPORTED).values_list("pk", flat=True)
    left = stretch.count - stretch.stop
    if stretch.first <= left:
        return list(keys[stretch.first : stretch.stop])
    return list(keys.reverse()[left : stretch.count - stretch.first])[::-1]
