"""Finds out which property of a foreign GeoJSON file is the id, the name and the parent, and which level it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mitstadt.ground.areas.models import Level
from mitstadt.ground.areas.reading.sets import Json, refuse

_ID_LIKE = re.compile(r"(^|[_\W]|[a-z])(id|nr|nummer|schl(ue|ü)ssel|key|code|plz|kennung|ags|ars|no)$", re.IGNORECASE)
_NAME_LIKE = re.compile(r"(name|bezeichnung|titel|title|label|area)$", re.IGNORECASE)
_LEVEL_WORDS = {
    Level.PLANNING_AREA: r"plr|planungsr|planning",
    Level.DISTRICT_REGION: r"bzr|bezirksreg|district.?region",
    Level.FORECAST_AREA: r"pgr|prognose|forecast",
    Level.LOCALITY: r"ortsteil|stadtteil|quarter|localit",
    Level.POSTCODE: r"plz|postleit|postcode|zip",
    Level.DISTRICT: r"bez|district|arrond",
}
_ABOVE = [Level.REGION, Level.CITY, Level.DISTRICT, Level.FORECAST_AREA, Level.DISTRICT_REGION, Level.PLANNING_AREA]
_MOST = 0.8


@dataclass(frozen=True)
class KnownLevel:
    """The official ids of one level that stand in the tree already."""

    scheme: str
    level: Level
    ids: frozenset[str]

    def recognised(self, value: object) -> str | None:
        """The official id meant by a value of a file, also where it lost its leading zeros; None if there is none."""
        text = id_text(value)
        if text in self.ids:
            return text
        widths = {len(official_id) for official_id in self.ids}
        padded = [text.zfill(width) for width in sorted(widths)] if text.isdecimal() else []
        return next((official_id for official_id in padded if official_id in self.ids), None)

    def share(self, values: Sequence[object]) -> float:
        """The part of a column that this level knows."""
        return sum(self.recognised(value) is not None for value in values) / max(len(values), 1)


@dataclass(frozen=True)
class Wishes:
    """What the person who imports has said; what they left out is found out."""

    level: Level | None = None
    scheme: str = ""
    id_property: str = ""
    name_property: str = ""
    parent_property: str = ""


@dataclass(frozen=True)
class Columns:
    """Which property is which. ``known`` is the level that the ids were recognised in."""

    id_property: str
    name_property: str
    parent_property: str
    level: Level
    scheme: str
    known: KnownLevel | None
    parents: KnownLevel | None


def outside_key(scheme: str, level: str, official_id: str) -> str:
    """How a file's area names a parent that stands in the tree already; no id of the file itself can look like it."""
    return f"{scheme}/{level}/{official_id}"


def id_text(value: object) -> str:
    """An id as text: 1100101.0 and 1100101 become “1100101”, nothing becomes an empty text."""
    if value is None or isinstance(value, bool | list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def find_columns(rows: Sequence[Json], *, known: Sequence[KnownLevel], wishes: Wishes, home: str) -> Columns:
    """Which property is which. ``home`` begins the name of a new scheme; AreaFileError says what is missing."""
    table = {key: [row.get(key) for row in rows] for key in dict.fromkeys(key for row in rows for key in row)}
    for wish in (wishes.id_property, wishes.name_property, wishes.parent_property):
        if wish and wish not in table:
            raise refuse("property_unknown", f"No feature has the property “{wish}”. There are: {', '.join(table)}.")
    usable = [k for k in known if wishes.level in (None, k.level) and wishes.scheme in ("", k.scheme)]
    id_property, match = _id_column(table, usable, wishes)
    level = wishes.level or (match.level if match else _level_by_words(id_property))
    if level is None:
        levels = ", ".join(Level.values)
        raise refuse("level_unknown", f"Which level the file holds cannot be told. Say --level with one of: {levels}.")
    scheme = wishes.scheme or (match.scheme if match else f"{home}-{level}".replace("_", "-") if home else "")
    if not scheme:
        raise refuse("scheme_unknown", "The ids belong to no known city. Give them a scheme: --scheme mytown-2026.")
    parent_property, parents = _parent_column(table, known, level=level, id_property=id_property, wishes=wishes)
    name_property = wishes.name_property or _name_column(table, id_property)
    return Columns(id_property, name_property, parent_property, level, scheme, match, parents)


Table = Mapping[str, list[object]]


def _id_column(table: Table, known: Sequence[KnownLevel], wishes: Wishes) -> tuple[str, KnownLevel | None]:
    columns = [wishes.id_property] if wishes.id_property else [key for key in table if _tells_apart(table[key])]
    matches = [(level.share(table[key]), len(level.ids), key, level) for key in columns for level in known]
    good = [match for match in matches if match[0] >= _MOST]
    if good:
        _, _, key, match = max(good, key=lambda m: (m[0], -m[1]))
        return key, match
    if wishes.id_property:
        return wishes.id_property, None
    by_name = next((key for key in columns if _ID_LIKE.search(key)), None)
    if by_name is None:
        there = ", ".join(table) or "none at all"
        raise refuse("id_unknown", f"No property is a unique id; there are: {there}. Say which with --id-property.")
    return by_name, None


def _tells_apart(values: list[object]) -> bool:
    """True for a column whose values are there and hardly ever stand twice."""
    texts = [id_text(value) for value in values]
    return all(0 < len(text) <= 40 for text in texts) and len(set(texts)) >= 0.95 * len(texts) - 1


def _level_by_words(text: str) -> Level | None:
    return next((lv for lv, words in _LEVEL_WORDS.items() if re.search(words, text, re.IGNORECASE)), None)


def _parent_column(
    table: Table, known: Sequence[KnownLevel], *, level: Level, id_property: str, wishes: Wishes
) -> tuple[str, KnownLevel | None]:
    above = _ABOVE[: _ABOVE.index(level)] if level in _ABOVE else _ABOVE[:3]
    columns = [wishes.parent_property] if wishes.parent_property else [key for key in table if key != id_property]
    parents = [k for k in known if k.level in above]
    whole = 1.0 if not wishes.parent_property else _MOST
    fits = [(_ABOVE.index(p.level), key, p) for key in columns for p in parents if p.share(table[key]) >= whole]
    if not fits:
        return wishes.parent_property, None
    _, key, found = max(fits, key=lambda fit: fit[0])
    return key, found


def _name_column(table: Table, id_property: str) -> str:
    stem = re.sub(r"_?(id|nr|nummer|key|code)$", "", id_property, flags=re.IGNORECASE)
    for key in table:
        if stem and stem != id_property and key.lower() in {f"{stem}_name".lower(), f"{stem}name".lower()}:
            return key
    texts = [key for key in table if key != id_property and all(isinstance(v, str) and v for v in table[key])]
    exact = [key for key in texts if key.lower() == "name"]
    likely = [key for key in texts if _NAME_LIKE.search(key)]
    return next(iter([*exact, *likely]), "")
