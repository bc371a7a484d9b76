"""Two editions side by side: every passage kept, changed, split, merged, dropped or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import Http404

from mitstadt.participation.drafting.models import CoText, Edition, Passage
from mitstadt.participation.drafting.queries.reading import DESCENT
from mitstadt.spine.models import Link


class Fate(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True)
class ComparedPassages:
    """Passages of the older edition and what stands for them in the newer one."""

    fate: Fate
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]

    @property
    def old_words(self) -> str:
        """What stood there."""
        return " ".join(passage.body for passage in self.old)

    @property
    def new_words(self) -> str:
        """What stands there now."""
        return " ".join(passage.body for passage in self.new)

    @property
    def leading(self) -> Passage:
        """The passage that names the row."""
        return (self.new or self.old)[0]


@dataclass(frozen=True)
class ComparedEditions:
    """The whole comparison in the order of the newer edition."""

    older: Edition
    newer: Edition
    editions: tuple[Edition, ...]
    rows: tuple[ComparedPassages, ...]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many rows have which fate."""
        return {fate: sum(row.fate is fate for row in self.rows) for fate in Fate}


def compared_editions(text: CoText, *, older: int | None, newer: int | None) -> ComparedEditions:
    """Two editions compared; by default the last two. Three queries, whatever their length."""
    editions = tuple(text.editions.order_by("number"))
    chosen = _chosen(editions, older, newer)
    between = [e.pk for e in editions if chosen[0].number <= e.number <= chosen[1].number]
    passages = list(text_passages(between))
    old = [p for p in passages if p.edition_id == chosen[0].pk]
    new = [p for p in passages if p.edition_id == chosen[1].pk]
    descent = _descent(passages, old, new)
    return ComparedEditions(*chosen, editions, tuple(_rows(old, new, descent)))


def text_passages(edition_ids: list[int]) -> Iterator[Passage]:
    """All passages of these editions in reading order."""
    yield from Passage.objects.filter(edition__in=edition_ids).order_by("edition__number", "position")


def _chosen(editions: tuple[Edition, ...], older: int | None, newer: int | None) -> tuple[Edition, Edition]:
    by_number = {edition.number: edition for edition in editions}
    last = max(by_number, default=0)
    newer = last if newer is None else newer
    older = newer - 1 if older is None else older
    if older not in by_number or newer not in by_number or older >= newer:
        raise Http404
    return by_number[older], by_number[newer]


def _descent(passages: list[Passage], old: list[Passage], new: list[Passage]) -> dict[int, list[int]]:
    """For each new passage the old ones it comes from, through all editions between."""
    keys = [passage.pk for passage in passages]
    links = Link.objects.filter(source_id__in=keys, target_id__in=keys, type__in=DESCENT)
    parents: dict[int, set[int]] = defaultdict(set)
    for source, target in links.values_list("source_id", "target_id"):
        parents[target].add(source)
    order = {passage.pk: place for place, passage in enumerate(old)}
    return {passage.pk: sorted(_ancestors(passage.pk, parents, order), key=order.__getitem__) for passage in new}


def _ancestors(key: int, parents: Mapping[int, set[int]], old: Mapping[int, int]) -> set[int]:
    found, generation = set(), {key}
    while generation:
        generation = {parent for child in generation for parent in parents.get(child, ())}
        found |= generation & old.keys()
    return found


def _rows(old: list[Passage], new: list[Passage], descent: Mapping[int, list[int]]) -> Iterator[ComparedPassages]:
    by_key = {passage.pk: passage for passage in old}
    children: dict[int, list[Passage]] = defaultdict(list)
    for passage in new:
        for key in descent[passage.pk]:
            children[key].append(passage)
    dropped = [passage for passage in old if passage.pk not in children]
    # What has several origins is a merger, and told as one; the others are the pieces of a split.
    own_pieces = {key: [one for one in pieces if len(descent[one.pk]) == 1] for key, pieces in children.items()}
    shown: set[int] = set()
    for passage in new:
        yield from _dropped_before(dropped, _first_place(passage, descent, by_key))
        if passage.pk in shown:
            continue
        row = _row(passage, [by_key[key] for key in descent[passage.pk]], own_pieces)
        shown |= {other.pk for other in row.new}
        yield row
    yield from _dropped_before(dropped, None)


def _first_place(passage: Passage, descent: Mapping[int, list[int]], by_key: Mapping[int, Passage]) -> int:
    """Where its first ancestor stood; what was dropped before that is shown before it."""
    keys = descent[passage.pk]
    return by_key[keys[0]].position if keys else -1


def _dropped_before(dropped: list[Passage], place: int | None) -> Iterator[ComparedPassages]:
    while dropped and (place is None or dropped[0].position < place):
        yield ComparedPassages(Fate.DROPPED, (dropped.pop(0),), ())


def _row(passage: Passage, before: list[Passage], children: Mapping[int, list[Passage]]) -> ComparedPassages:
    if not before:
        return ComparedPassages(Fate.NEW, (), (passage,))
    if len(before) > 1:
        return ComparedPassages(Fate.MERGED, tuple(before), (passage,))
    pieces = children[before[0].pk]
    if len(pieces) > 1:
        return ComparedPassages(Fate.SPLIT, tuple(before), tuple(pieces))
    same = (before[0].body, before[0].shape) == (passage.body, passage.shape)
    return ComparedPassages(Fate.KEPT if same else Fate.CHANGED, tuple(before), (passage,))
