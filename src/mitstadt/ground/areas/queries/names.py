"""Areas by what people type: other spellings, beginnings, a slip of the finger."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from mitstadt.ground.areas.models import PATH_STEP, Area, Level
from mitstadt.ground.areas.spelling import likeness, name_key

_ENOUGH = 0.38
_LONGEST = 80


@dataclass(frozen=True)
class FoundArea:
    """A hit with the areas above it, so that two places of the same name can be told apart."""

    area: Area
    likeness: float
    above: tuple[Area, ...]

    def label(self, language: str = "") -> str:
        """The name and where it lies: “Schloßstraße (Steglitz, Steglitz-Zehlendorf)”."""
        inside = [area.name(language) for area in reversed(self.above) if area.level not in {Level.REGION, Level.CITY}]
        own = self.area.name(language)
        names = [name for name in dict.fromkeys(inside) if name != own]
        return f"{own} ({', '.join(names)})" if names else own


def find_areas(
    text: str, *, on: dt.date, level: Level | None = None, within: Area | None = None, limit: int = 10
) -> list[FoundArea]:
    """Areas whose name or official id is like the text, the best first and larger areas before smaller ones.

    Three queries however many areas there are: keys, hits, and what lies above the hits.
    """
    sought = name_key(text[:_LONGEST])
    if not sought:
        return []
    candidates = Area.objects.valid_on(on)
    if level is not None:
        candidates = candidates.filter(level=level)
    if within is not None:
        candidates = candidates.filter(Q(path__startswith=within.path))
    official_id = text.strip()
    scored = [
        (1.0 if official_id == own_id else likeness(sought, key), path)
        for key, own_id, path in candidates.order_by().values_list("search_key", "official_id", "path")
    ]
    best = sorted((s for s in scored if s[0] >= _ENOUGH), key=lambda s: (-s[0], len(s[1]), s[1]))[:limit]
    return _with_what_lies_above(best)


def _with_what_lies_above(best: list[tuple[float, str]]) -> list[FoundArea]:
    hits = {area.path: area for area in Area.objects.filter(path__in=[path for _, path in best])}
    above = {path: [path[:end] for end in range(PATH_STEP, len(path), PATH_STEP)] for path in hits}
    wanted = {path for paths in above.values() for path in paths}
    parents = {area.path: area for area in Area.objects.filter(path__in=wanted)} if wanted else {}
    return [FoundArea(hits[path], score, tuple(parents[p] for p in above[path])) for score, path in best]
