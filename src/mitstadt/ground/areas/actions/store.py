"""Writes a checked set of areas into the tree: new ones placed, known ones brought up to date, borders replaced."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max

from mitstadt.ground.areas.models import PATH_STEP, Area, AreaGeometry, Exactness
from mitstadt.ground.areas.reading.sets import AreaFacts, AreaFileError, AreaSet, Finding
from mitstadt.ground.areas.reading.shapes import inner_point, joined, to_geojson
from mitstadt.ground.areas.spelling import name_key, slug_text

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BOX = ["lon", "lat", "west", "south", "east", "north"]
_CHANGEABLE = ["level", "official_name", "names", "search_key", "residents", "valid_until", *_BOX]


@dataclass(frozen=True)
class Stored:
    """How many areas a file brought in, and what people should know about it."""

    created: int
    changed: int
    unchanged: int
    borders: int
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def store(
    areas: AreaSet,
    *,
    now: dt.datetime,
    under: Mapping[str, Area] | None = None,
    known: Mapping[str, Area] | None = None,
) -> Stored:
    """Write all areas of a set or none.

    A known area (same scheme, id and first day) keeps its slug, its place in the tree and whatever the file does not
    tell. A schematic border never replaces an exact one. ``under`` names areas that stand in the tree already and may
    be parents, by the id the file uses for them; ``known`` names those that a file without dates speaks of.
    """
    if known is None:
        known = {a.official_id: a for a in Area.objects.filter(scheme=areas.scheme, valid_from=areas.valid_from)}
    return _Writing(_with_joined_borders(areas), now, dict(known), dict(under or {})).write()


def _with_joined_borders(areas: AreaSet) -> AreaSet:
    """Areas that ask for it get the union of their children, from the lowest up."""
    by_id = {facts.official_id: facts for facts in areas.areas}
    children = defaultdict(list)
    for facts in areas.areas:
        children[facts.parent_id].append(facts.official_id)
    for facts in reversed([facts for generation in _generations(areas.areas) for facts in generation]):
        below = [shape for child in children[facts.official_id] if (shape := by_id[child].border) is not None]
        if facts.border is None and facts.border_follows_children and below:
            by_id[facts.official_id] = replace(facts, border=joined(below))
    return replace(areas, areas=tuple(by_id.values()))


def _generations(areas: tuple[AreaFacts, ...]) -> Iterator[list[AreaFacts]]:
    """Areas without a parent in the file, then their children, and so on down."""
    children = defaultdict(list)
    inside = {facts.official_id for facts in areas}
    for facts in areas:
        children[facts.parent_id if facts.parent_id in inside else None].append(facts)
    generation = children[None]
    while generation:
        yield generation
        generation = [child for facts in generation for child in children[facts.official_id]]


class _Writing:
    """One run of ``store``."""

    def __init__(self, areas: AreaSet, now: dt.datetime, known: dict[str, Area], under: dict[str, Area]) -> None:
        self.areas, self.now, self.known, self.under = areas, now, known, under
        self.taken_slugs = set(Area.objects.values_list("slug", flat=True))
        self.last_steps: dict[str, int] = {}
        self.created: list[Area] = []
        self.changed: list[Area] = []

    def write(self) -> Stored:
        self._refuse_unknown_parents()
        self._keep_exact_borders()
        for generation in _generations(self.areas.areas):
            for facts in generation:
                if facts.official_id in self.known:
                    self._bring_up_to_date(self.known[facts.official_id], facts)
            self._create([facts for facts in generation if facts.official_id not in self.known])
        Area.objects.bulk_update(self.changed, _CHANGEABLE, batch_size=200)
        borders = self._write_borders()
        unchanged = len(self.areas.areas) - len(self.created) - len(self.changed)
        return Stored(len(self.created), len(self.changed), unchanged, borders, self.areas.findings)

    def _refuse_unknown_parents(self) -> None:
        ids = {facts.official_id for facts in self.areas.areas}
        findings = [
            Finding(
                "parent_unknown", f"Area {f.official_id} ({f.name}) names the parent {f.parent_id}, which is nowhere."
            )
            for f in self.areas.areas
            if f.parent_id and f.parent_id not in ids and self._parent(f) is None
        ]
        if findings:
            raise AreaFileError(findings)

    def _parent(self, facts: AreaFacts) -> Area | None:
        if facts.parent_id is None:
            return None
        return self.known.get(facts.parent_id) or self.under.get(facts.parent_id)

    def _keep_exact_borders(self) -> None:
        if self.areas.exactness == Exactness.EXACT:
            return
        exact = AreaGeometry.objects.filter(area__in=list(self.known.values()), exactness=Exactness.EXACT)
        held = set(exact.values_list("area__official_id", flat=True))
        kept = tuple(replace(f, border=None) if f.official_id in held else f for f in self.areas.areas)
        self.areas = replace(self.areas, areas=kept)

    def _create(self, generation: list[AreaFacts]) -> None:
        fresh = []
        for facts in generation:
            parent = self._parent(facts)
            area = Area(
                official_id=facts.official_id,
                scheme=self.areas.scheme,
                parent=parent,
                path=self._next_path(parent),
                slug=self._free_slug(facts),
                language=self.areas.language or (parent.language if parent else "de"),
                valid_from=self.areas.valid_from,
            )
            self._describe(area, facts)
            fresh.append(area)
        self.created += Area.objects.bulk_create(fresh, batch_size=200)
        self.known.update({area.official_id: area for area in fresh})

    def _next_path(self, parent: Area | None) -> str:
        above = parent.path if parent else ""
        if above not in self.last_steps:
            last = Area.objects.filter(parent=parent).aggregate(last=Max("path"))["last"] or "0"
            self.last_steps[above] = int(last[-PATH_STEP:], 36)
        self.last_steps[above] += 1
        return above + _base_36(self.last_steps[above])

    def _free_slug(self, facts: AreaFacts) -> str:
        words = [slug_text(facts.official_id), slug_text(facts.name)]
        base = facts.slug or "-".join(dict.fromkeys(word for word in words if word))[:60].strip("-")
        year = str(self.areas.valid_from.year)
        for slug in (base, f"{base}-{self.areas.scheme}"[:110], f"{base}-{self.areas.scheme}"[:110] + f"-{year}"):
            if slug not in self.taken_slugs:
                self.taken_slugs.add(slug)
                return slug
        raise AreaFileError([Finding("slug_taken", f"No free address is left for {facts.official_id} ({facts.name}).")])

    def _bring_up_to_date(self, area: Area, facts: AreaFacts) -> None:
        before = [getattr(area, column) for column in _CHANGEABLE]
        self._describe(area, facts)
        if before != [getattr(area, column) for column in _CHANGEABLE]:
            self.changed.append(area)

    def _describe(self, area: Area, facts: AreaFacts) -> None:
        area.level = facts.level
        area.official_name = facts.name or area.official_name or facts.official_id
        area.valid_until = self.areas.valid_until or area.valid_until
        area.names = {**area.names, **facts.names}
        area.search_key = name_key(" ".join(dict.fromkeys([area.official_name, *area.names.values()])))[:200]
        if facts.residents is not None:
            area.residents = facts.residents
        if facts.border is not None:
            area.west, area.south, area.east, area.north = facts.border.bounds
        centroid = facts.centroid or (inner_point(facts.border) if facts.border is not None else None)
        if centroid:
            area.lon, area.lat = centroid

    def _write_borders(self) -> int:
        wanted = {self.known[f.official_id].pk: to_geojson(f.border) for f in self.areas.areas if f.border is not None}
        present = AreaGeometry.objects.filter(area__in=wanted).values_list("area_id", "exactness", "geojson")
        same = {pk for pk, exactness, held in present if (exactness, held) == (self.areas.exactness, wanted[pk])}
        rows = [
            AreaGeometry(
                area_id=pk,
                geojson=geojson,
                exactness=self.areas.exactness,
                source=self.areas.source,
                loaded_at=self.now,
            )
            for pk, geojson in wanted.items()
            if pk not in same
        ]
        AreaGeometry.objects.bulk_create(
            rows,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["area"],
            update_fields=["geojson", "exactness", "source", "loaded_at"],
        )
        return len(rows)


def _base_36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(PATH_STEP, "0")
