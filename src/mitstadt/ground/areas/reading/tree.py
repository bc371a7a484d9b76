"""Reads a whole tree of areas from a file in the project's own format, mitstadt-areas/1 (docs/formats-areas.md)."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from mitstadt.ground.areas.models import Exactness, Level
from mitstadt.ground.areas.reading.sets import AreaFacts, AreaFileError, AreaSet, Finding, Json, refuse
from mitstadt.ground.areas.reading.shapes import ShapeError, on_earth, raw_shape, sound

FORMAT = "mitstadt-areas/1"
_SCHEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class _Row:
    """One entry of the file being read, and what is wrong with it."""

    number: int
    entry: Json
    findings: list[Finding] = field(default_factory=list)

    @property
    def label(self) -> str:
        """How a sentence names this entry."""
        name, official_id = self.entry.get("name"), self.entry.get("id")
        return f"Area {self.number} ({str(name or official_id or 'no name')[:80]})"

    def broken(self, code: str, because: str) -> None:
        """Note a reason why the file cannot be loaded."""
        self.findings.append(Finding(code, f"{self.label} {because}."))

    def text(self, key: str, *, longest: int) -> str:
        """A required text."""
        value = self.entry.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= longest and value.isprintable():
            return " ".join(value.split())
        self.broken(f"{key}_missing", f"needs “{key}” as a text of at most {longest} characters in quotation marks")
        return ""

    def optional_text(self, key: str) -> str:
        """A text or nothing."""
        return self.text(key, longest=100) if self.entry.get(key) is not None else ""

    def names(self) -> dict[str, str]:
        """Names in further languages."""
        names = self.entry.get("names", {})
        if isinstance(names, dict) and all(isinstance(v, str) and 0 < len(v) <= 200 for v in names.values()):
            return {str(language): name for language, name in names.items()}
        self.broken("names_wrong", "has “names” that are not texts by language")
        return {}

    def level(self) -> str:
        """One of the known levels."""
        level = self.entry.get("level")
        if level in Level.values:
            return str(level)
        self.broken("level_unknown", f"has the level “{level}”; known are {', '.join(Level.values)}")
        return Level.CITY

    def residents(self) -> int | None:
        """A count or nothing."""
        count = self.entry.get("residents")
        if count is None or (isinstance(count, int) and not isinstance(count, bool) and 0 <= count < 2**31):
            return count
        self.broken("residents_wrong", "has residents that are not a whole number from 0")
        return None

    def centroid(self) -> tuple[float, float] | None:
        """Longitude and latitude or nothing."""
        pair = self.entry.get("centroid")
        if pair is None:
            return None
        try:
            lon, lat = float(pair[0]), float(pair[1])
        except (TypeError, ValueError, LookupError):
            lon, lat = 999.0, 999.0
        if on_earth((lon, lat, lon, lat)):
            return lon, lat
        self.broken("centroid_wrong", "has a centroid that is not [longitude, latitude]")
        return None

    def border(self) -> BaseGeometry | None:
        """The checked polygon, or nothing where the file gives none."""
        if self.entry.get("geometry") is None:
            return None
        try:
            shape, told = sound(raw_shape(self.entry["geometry"]), label=self.label)
            if not on_earth(shape.bounds):
                raise ShapeError("not_on_earth", "has coordinates that are not longitude and latitude in degrees")
        except ShapeError as error:
            self.broken(error.code, error.because)
            return None
        self.findings.extend(told)
        return shape

    def facts(self) -> AreaFacts:
        """All of it."""
        slug = self.optional_text("slug")
        if slug and not _SLUG.fullmatch(slug):
            self.broken("slug_wrong", "has a “slug” that is not lower-case letters, digits and hyphens")
        return AreaFacts(
            official_id=self.text("id", longest=40),
            level=self.level(),
            parent_id=self.optional_text("parent") or None,
            name=self.text("name", longest=200),
            names=self.names(),
            slug=slug,
            residents=self.residents(),
            centroid=self.centroid(),
            border=self.border(),
            border_follows_children="geometry" not in self.entry,
        )


def read_tree(document: Json, *, told: tuple[Finding, ...] = ()) -> AreaSet:
    """The areas of a tree file; raises AreaFileError with every reason at once when anything is wrong."""
    header = _header(document)
    entries = document.get("areas") if document.get("type") != "FeatureCollection" else _from_features(document)
    if not isinstance(entries, list) or not entries:
        raise refuse("no_areas", "The file has no list of “areas”.")
    rows = [_Row(number, e if isinstance(e, dict) else {}) for number, e in enumerate(entries, 1)]
    areas = tuple(row.facts() for row in rows)
    findings = [*told, *(finding for row in rows for finding in row.findings), *_family_findings(areas)]
    if any(finding.broken for finding in findings):
        raise AreaFileError(finding for finding in findings if finding.broken)
    return AreaSet(**header, areas=areas, findings=tuple(findings))


def _from_features(document: Json) -> list[Json]:
    """Features of a tree written as GeoJSON as entries; a feature without geometry asks for its children's union."""
    entries = []
    for feature in document.get("features") or []:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        entry = dict(properties) if isinstance(properties, dict) else {}
        if entry and feature.get("geometry") is not None:
            entry["geometry"] = feature["geometry"]
        entries.append(entry)
    return entries


def _header(document: Json) -> Json:
    if document.get("format") != FORMAT:
        raise refuse("format_unknown", f"The file does not say “format”: “{FORMAT}”.")
    scheme = document.get("scheme")
    if not isinstance(scheme, str) or not _SCHEME.fullmatch(scheme):
        raise refuse("scheme_wrong", "“scheme” must be a short name such as “berlin-lor-2021”.")
    exactness = document.get("geometry", Exactness.EXACT)
    if exactness not in Exactness.values:
        raise refuse("exactness_wrong", "“geometry” in the header must be “schematic” or “exact”.")
    credit = document.get("credit", [])
    return {
        "scheme": scheme,
        "valid_from": _day(document, "valid_from"),
        "valid_until": _day(document, "valid_until") if document.get("valid_until") else None,
        "language": str(document.get("language", "de"))[:20],
        "exactness": exactness,
        "source": str(document.get("title") or (credit[0] if isinstance(credit, list) and credit else scheme))[:300],
    }


def _day(document: Json, key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(str(document.get(key)))
    except ValueError:
        raise refuse("date_wrong", f"“{key}” must be a day such as 2021-01-01.") from None


def _family_findings(areas: tuple[AreaFacts, ...]) -> list[Finding]:
    """Ids that stand twice and areas that are above themselves."""
    twice = [i for i, times in Counter(area.official_id for area in areas).items() if times > 1 and i]
    findings = [Finding("id_twice", f"The id {official_id} stands more than once.") for official_id in twice]
    parents = {area.official_id: area.parent_id for area in areas}
    for area in areas:
        seen, above = {area.official_id}, area.parent_id
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == area.official_id:
            findings.append(
                Finding("circle", f"Area {area.official_id} ({area.name}) lies inside itself by its parents.")
            )
    return findings
