"""Where a proposed wording stands: found by comparing it with the editions after the one that it spoke about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mitstadt.participation.drafting.computations import Adoption, adopted
from mitstadt.participation.drafting.models import Contribution, Edition, Passage
from mitstadt.participation.drafting.queries.reading import DESCENT
from mitstadt.spine.models import Link

RANK = {"not": 0, "partly": 1, "whole": 2}


@dataclass(frozen=True)
class Stands:
    """How much of a wording stands in the passages that its own one became, in one edition."""

    adoption: Adoption
    passages: tuple[int, ...]


@dataclass
class Line:
    """What the passage of a contribution became so far; `joined` where the words of others came in."""

    said: Contribution
    places: frozenset[int]
    joined: bool = False

    def follow(self, step: _Step) -> bool:
        """Go on to the next edition; False where it has nothing that comes from here."""
        onward = frozenset(target for place in self.places for target in step.onward.get(place, ()))
        came_from = {source for target in onward for source in step.origins.get(target, ())}
        self.joined = self.joined or not came_from <= self.places
        self.places = onward
        return bool(onward)

    def compared(self, words: Sequence[str], *, joined: bool = False) -> Adoption:
        """How much of the wording stands in these words, which its passage became."""
        said = self.said
        return adopted(said.passage.body, said.wording, " ".join(words), joined=self.joined or joined)


def where_they_stand(keys: Collection[int]) -> dict[int, Stands]:
    """Where most of each of these wordings stands, the latest among equals; three queries for each later edition.

    Contributions without a wording, and those whose passage no later edition has, are left out.
    """
    rows = Contribution.objects.keyed(keys).exclude(wording="").select_related("passage")
    lines = [Line(said, frozenset({said.passage_id})) for said in rows]
    found: dict[int, Stands] = {}
    while lines:
        step = _Step.after(lines)
        lines = [line for line in lines if line.follow(step)]
        words = _words(lines)
        for line in lines:
            here = sorted(line.places, key=lambda key: words[key][0])
            now = Stands(line.compared([words[key][1] for key in here]), tuple(here))
            before = found.get(line.said.pk)
            if before is None or RANK[now.adoption.verdict] >= RANK[before.adoption.verdict]:
                found[line.said.pk] = now
    return found


def lines_to(edition: Edition, said: Iterable[Contribution]) -> dict[int, Line]:
    """What the passage of each contribution became in this edition; three queries for each edition between."""
    lines = [Line(one, frozenset({one.passage_id})) for one in said]
    found: dict[int, Line] = {}
    while lines:
        places = {place for line in lines for place in line.places}
        here = set(Passage.objects.filter(edition=edition, pk__in=places).values_list("pk", flat=True))
        found.update({line.said.pk: line for line in lines if line.places & here})
        lines = [line for line in lines if line.said.pk not in found]
        if lines:
            step = _Step.after(lines)
            lines = [line for line in lines if line.follow(step)]
    return found


@dataclass(frozen=True)
class _Step:
    """From one edition to the next: what each passage became, and what each came from."""

    onward: dict[int, set[int]]
    origins: dict[int, set[int]]

    @classmethod
    def after(cls, lines: Sequence[Line]) -> _Step:
        places = {place for line in lines for place in line.places}
        onward: dict[int, set[int]] = defaultdict(set)
        arrows = Link.objects.filter(source_id__in=places, type__in=DESCENT)
        for source, target in arrows.values_list("source_id", "target_id"):
            onward[source].add(target)
        targets = {target for found in onward.values() for target in found}
        origins: dict[int, set[int]] = defaultdict(set)
        back = Link.objects.filter(target_id__in=targets, type__in=DESCENT)
        for source, target in back.values_list("source_id", "target_id"):
            origins[target].add(source)
        return cls(dict(onward), dict(origins))


def _words(lines: Sequence[Line]) -> dict[int, tuple[int, str]]:
    keys = {place for line in lines for place in line.places}
    rows = Passage.objects.filter(pk__in=keys).values_list("pk", "position", "body")
    return {key: (position, body) for key, position, body in rows}
