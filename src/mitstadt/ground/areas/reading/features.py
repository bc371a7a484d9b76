"""Foreign GeoJSON to checked areas: coordinates brought to degrees, ids and names read, every fault told by name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mitstadt.ground.areas.models import Exactness
from mitstadt.ground.areas.projection import DEGREES, Projection, projection_named, swapped, utm
from mitstadt.ground.areas.reading.columns import Columns, KnownLevel, Wishes, find_columns, id_text, outside_key
from mitstadt.ground.areas.reading.sets import AreaFacts, AreaFileError, AreaSet, Finding, Json, refuse
from mitstadt.ground.areas.reading.shapes import ShapeError, joined, moved, on_earth, raw_shape, sound
from mitstadt.ground.areas.reading.text import mended_encoding

Box = tuple[float, float, float, float]
MAX_FEATURES = 100_000
_NEAR_DEGREES = 1.0
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Surroundings:
    """What is known before a file is read: ids in the tree, where the city lies, what to call a new scheme."""

    known: Sequence[KnownLevel] = ()
    frame: Box | None = None
    home: str = ""


@dataclass(frozen=True)
class Told:
    """What the importing person said about coordinates and dates."""

    wishes: Wishes
    valid_from: dt.date
    projection: Projection | None = None
    id_width: int = 0
    source: str = ""


@dataclass
class _Reading:
    """Findings gathered while a file is read."""

    findings: list[Finding] = field(default_factory=list)
    swapped: list[str] = field(default_factory=list)
    padded: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    def broken(self, code: str, label: str, because: str) -> None:
        self.findings.append(Finding(code, f"{label} {because}."))

    def mended_notes(self) -> list[Finding]:
        kinds = [
            ("swapped", self.swapped, "had latitude before longitude; they were changed over"),
            ("padded", self.padded, "had lost the leading zeros of an id; they were put back"),
            ("encoding", self.mended, "had umlauts encoded twice; they were mended"),
        ]
        return [Finding(code, _several(labels, what), broken=False) for code, labels, what in kinds if labels]


def _several(labels: list[str], what: str) -> str:
    shown = ", ".join(labels[:3]) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")
    return f"{len(labels)} feature{'s' * (len(labels) > 1)} {what}: {shown}."


def read_features(document: Json, *, told: Told, around: Surroundings, notes: tuple[Finding, ...] = ()) -> AreaSet:
    """The areas of a FeatureCollection; AreaFileError with every reason at once when anything is wrong."""
    features = _features(document)
    reading = _Reading(list(notes))
    rows = [_properties(feature) for feature in features]
    columns = find_columns(rows, known=around.known, wishes=told.wishes, home=around.home)
    labels = [_label(n, row, columns) for n, row in enumerate(rows, 1)]
    raw = [_raw(feature, label, reading) for feature, label in zip(features, labels, strict=True)]
    place = _placing(document, raw, told=told, frame=around.frame)
    if columns.known is None and told.wishes.scheme and place.frame is not None:
        place = _perhaps_another_city(place, raw)
    areas = []
    for label, row, shape in zip(labels, rows, raw, strict=True):
        border = _border(shape, label, place, reading) if shape is not None else None
        areas.append(_facts(row, border, label, columns=columns, told=told, reading=reading))
    single = _merged(areas, reading)
    reading.findings += reading.mended_notes()
    _warn_of_lost_zeros(single, columns, reading)
    if any(finding.broken for finding in reading.findings):
        raise AreaFileError(finding for finding in reading.findings if finding.broken)
    return AreaSet(
        scheme=columns.scheme,
        valid_from=told.valid_from,
        valid_until=None,
        language="",
        exactness=Exactness.EXACT,
        source=told.source,
        areas=tuple(single),
        findings=tuple(reading.findings),
    )


def _features(document: Json) -> list[Json]:
    kind = document.get("type")
    if kind == "Feature":
        return [document]
    if kind == "Topology":
        raise refuse("topojson", "The file is TopoJSON. Save it as GeoJSON first.")
    features = document.get("features")
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise refuse("not_geojson", "The file is JSON but neither GeoJSON nor a tree of areas (docs/formats-areas.md).")
    if not features:
        raise refuse("empty", "The file holds no features.")
    if len(features) > MAX_FEATURES:
        raise refuse(
            "too_many", f"The file holds {len(features)} features; at most {MAX_FEATURES} are areas of a city."
        )
    kinds = {str((feature.get("geometry") or {}).get("type")) for feature in features if isinstance(feature, dict)}
    if not kinds & {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise refuse("not_an_area", f"The file holds {' and '.join(sorted(kinds))} features; areas are polygons.")
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _properties(feature: Json) -> Json:
    found = feature.get("properties")
    properties = {str(key)[:80]: value for key, value in found.items()} if isinstance(found, dict) else {}
    own_id = feature.get("id")
    return properties if own_id is None else {**properties, "feature id": own_id}


def _label(number: int, row: Json, columns: Columns) -> str:
    words = [id_text(row.get(key)) for key in (columns.name_property, columns.id_property) if key]
    said = ", ".join(dict.fromkeys(word[:60] for word in words if word))
    return f"Feature {number} ({said or 'without name'})"


def _raw(feature: Json, label: str, reading: _Reading) -> BaseGeometry | None:
    try:
        return raw_shape(feature.get("geometry"))
    except ShapeError as error:
        reading.broken(error.code, label, error.because)
        return None


@dataclass(frozen=True)
class _Placing:
    """How raw coordinates become degrees, and where they should come out."""

    projection: Projection
    frame: Box | None


def _placing(document: Json, raw: Sequence[BaseGeometry | None], *, told: Told, frame: Box | None) -> _Placing:
    boxes = np.array([shape.bounds for shape in raw if shape is not None]).reshape(-1, 4)
    projection = told.projection or _declared(document)
    metres = len(boxes) > 0 and float(np.median(np.abs(boxes).max(axis=1))) > 360
    if metres and projection in (None, DEGREES):
        projection = _guessed(boxes, frame)
    return _Placing(projection or DEGREES, frame or _middle(boxes, projection or DEGREES))


def _middle(boxes: np.ndarray, projection: Projection) -> Box | None:
    """The point around which most features lie, with latitude and longitude in their places."""
    if not len(boxes):
        return None
    lon, lat = np.median(projection.to_degrees(boxes.reshape(-1, 2)), axis=0)
    return (lon, lat, lon, lat) if abs(lat) <= 90 else (lat, lon, lat, lon)


def _perhaps_another_city(place: _Placing, raw: Sequence[BaseGeometry | None]) -> _Placing:
    """A scheme of its own that lies elsewhere, whichever way round it is read, is measured against itself."""
    boxes = np.array([shape.bounds for shape in raw if shape is not None]).reshape(-1, 4)
    middle = _middle(boxes, place.projection)
    if middle is None or place.frame is None:
        return place
    if _near(middle, place.frame) or _near((middle[1], middle[0], middle[3], middle[2]), place.frame):
        return place
    return replace(place, frame=middle)


def _declared(document: Json) -> Projection | None:
    crs = document.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    projection = projection_named(name)
    if projection is None:
        raise refuse(
            "crs_unknown", f"The coordinate system “{name[:80]}” is unknown. Known: EPSG:258xx, 326xx, 3857, 4326."
        )
    return projection


def _guessed(boxes: np.ndarray, frame: Box | None) -> Projection:
    """The UTM zone in which a file in metres that names none falls onto the city."""
    middle = np.median(boxes.reshape(-1, 2), axis=0)[None]
    if frame is not None:
        zone = int((frame[0] + frame[2]) / 2 // 6) + 31
        for candidate in (utm(z) for z in (zone, zone - 1, zone + 1)):
            lon, lat = candidate.to_degrees(middle)[0]
            if _near((lon, lat, lon, lat), frame):
                return candidate
    raise refuse(
        "metres", "The coordinates are in metres, and the file does not say in which system. Add --crs EPSG:25833."
    )


def _near(box: Box, frame: Box) -> bool:
    lon, lat = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bool(
        frame[0] - _NEAR_DEGREES <= lon <= frame[2] + _NEAR_DEGREES
        and frame[1] - _NEAR_DEGREES <= lat <= frame[3] + _NEAR_DEGREES
    )


def _border(shape: BaseGeometry, label: str, place: _Placing, reading: _Reading) -> BaseGeometry | None:
    with np.errstate(all="ignore"):
        there = moved(shape, place.projection.to_degrees)
    box: Box = there.bounds
    if place.frame is not None and not _near(box, place.frame):
        if _near((box[1], box[0], box[3], box[2]), place.frame):
            reading.swapped.append(label)
            there = moved(there, swapped)
        else:
            reading.broken("far_away", label, _how_far(box, place.frame))
            return None
    if not on_earth(there.bounds):
        reading.broken("not_on_earth", label, "has coordinates that are not on earth")
        return None
    try:
        mended, findings = sound(there, label=label)
    except ShapeError as error:
        reading.broken(error.code, label, error.because)
        return None
    reading.findings.extend(findings)
    return mended


def _how_far(box: Box, frame: Box) -> str:
    if not on_earth(box):
        return "has coordinates that are not on earth"
    lon, lat = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    east = (lon - (frame[0] + frame[2]) / 2) * np.cos(np.radians(lat))
    km = float(np.hypot(east, lat - (frame[1] + frame[3]) / 2)) * _KM_PER_DEGREE
    return f"lies at {lat:.2f}° N, {lon:.2f}° E, about {km:,.0f} km from the others"


def _facts(
    row: Json, border: BaseGeometry | None, label: str, *, columns: Columns, told: Told, reading: _Reading
) -> AreaFacts:
    official_id = _official_id(row.get(columns.id_property), label, columns.known, width=told.id_width, reading=reading)
    if not official_id or len(official_id) > 40 or not official_id.isprintable():
        reading.broken("id_missing", label, f"has no usable id in “{columns.id_property}” (1 to 40 characters)")
    name = " ".join(id_text(row.get(columns.name_property)).split()) if columns.name_property else ""
    mended = mended_encoding(name)
    if mended != name:
        reading.mended.append(label)
    if len(mended) > 200 or not mended.isprintable():
        reading.broken("name_wrong", label, "has a name that is too long or not printable")
    parent = row.get(columns.parent_property) if columns.parent_property else None
    parent_id = id_text(parent)
    if columns.parents and parent_id:
        meant = columns.parents.recognised(parent)
        parent_id = outside_key(columns.parents.scheme, columns.parents.level, meant) if meant else parent_id
    return AreaFacts(official_id, columns.level, parent_id or None, mended, border=border)


def _official_id(value: object, label: str, known: KnownLevel | None, *, width: int, reading: _Reading) -> str:
    text = id_text(value)
    if known is not None:
        whole = known.recognised(value) or text
    else:
        whole = text.zfill(width) if text.isdecimal() and width else text
    if whole != text:
        reading.padded.append(label)
    return whole


def _merged(areas: list[AreaFacts], reading: _Reading) -> list[AreaFacts]:
    """One area an id: the same row twice counts once, parts of one area are joined, and two names are a fault."""
    by_id: dict[str, list[AreaFacts]] = defaultdict(list)
    for facts in areas:
        by_id[facts.official_id].append(facts)
    single = []
    for official_id, same in by_id.items():
        first = same[0]
        if len(same) > 1 and official_id:
            first = _one_of(same, reading)
        single.append(first)
    return single


def _one_of(same: list[AreaFacts], reading: _Reading) -> AreaFacts:
    first = same[0]
    if len({facts.name for facts in same}) > 1:
        names = " and ".join(sorted({f"“{facts.name}”" for facts in same}))
        reading.findings.append(Finding("id_twice", f"The id {first.official_id} stands for {names}."))
        return first
    borders = [facts.border for facts in same if facts.border is not None]
    if all(border.equals(borders[0]) for border in borders):
        said = f"The id {first.official_id} ({first.name}) stands {len(same)} times; it was taken once."
        reading.findings.append(Finding("row_twice", said, broken=False))
        return first
    said = f"The id {first.official_id} ({first.name}) stands {len(same)} times; its parts were joined."
    reading.findings.append(Finding("parts_joined", said, broken=False))
    return replace(first, border=joined(borders))


def _warn_of_lost_zeros(areas: list[AreaFacts], columns: Columns, reading: _Reading) -> None:
    ids = [facts.official_id for facts in areas]
    widths = {len(official_id) for official_id in ids}
    if columns.known is None and len(widths) > 1 and all(i.isdecimal() and not i.startswith("0") for i in ids):
        said = (
            f"Ids have {min(widths)} to {max(widths)} digits. If leading zeros were lost, add --id-width {max(widths)}."
        )
        reading.findings.append(Finding("zeros_lost", said, broken=False))
