"""Imports areas from a file of any city: exact borders over shipped ones, or a whole tree."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import shapely
from django.db import transaction

from mitstadt.ground.areas.actions.store import Stored, store
from mitstadt.ground.areas.models import Area, Exactness, Level
from mitstadt.ground.areas.projection import Projection, projection_named
from mitstadt.ground.areas.queries.tree import border
from mitstadt.ground.areas.reading.columns import KnownLevel, Wishes, outside_key
from mitstadt.ground.areas.reading.features import Surroundings, Told, read_features
from mitstadt.ground.areas.reading.sets import AreaFacts, AreaSet, Finding, Json, refuse
from mitstadt.ground.areas.reading.shapes import joined
from mitstadt.ground.areas.reading.text import MAX_BYTES, json_object
from mitstadt.ground.areas.reading.tree import read_tree
from mitstadt.ground.areas.spelling import slug_text


@dataclass(frozen=True)
class ImportOptions:
    """What may be said about a file; all of it is found out where it is left empty."""

    wishes: Wishes = field(default_factory=Wishes)
    crs: str = ""
    valid_from: dt.date | None = None
    parent: str = ""
    id_width: int = 0
    source: str = ""
    upward: bool = False
    check_only: bool = False


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do where it only checked."""

    scheme: str
    levels: tuple[str, ...]
    stored: Stored
    joined_upward: int = 0


def import_areas(stream: BinaryIO, *, options: ImportOptions, now: dt.datetime) -> Imported:
    """Load a GeoJSON file or a tree file, all of it or nothing; AreaFileError names every fault and its feature.

    Areas that stand in the tree keep their place and get the exact border. New ones are placed under the parent that
    the file names, else under ``options.parent`` (the slug of an area), else under the only city. With ``upward`` the
    borders above are joined from the new ones; with ``check_only`` nothing is written.
    """
    document, notes = json_object(stream.read(MAX_BYTES + 1))
    with transaction.atomic():
        if document.get("format"):
            imported = _import_tree(read_tree(document, told=notes), options=options, now=now)
        else:
            imported = _import_features(document, notes, options=options, now=now)
        if options.check_only:
            transaction.set_rollback(True)
    return imported


def _import_tree(areas: AreaSet, *, options: ImportOptions, now: dt.datetime) -> Imported:
    parent = _default_parent(options) if options.parent else None
    if parent is not None:
        areas = _placed_under(areas, parent)
    stored = store(areas, now=now, under={_key(parent): parent} if parent else {})
    return Imported(areas.scheme, _levels(areas), stored)


def _import_features(
    document: Json, notes: tuple[Finding, ...], *, options: ImportOptions, now: dt.datetime
) -> Imported:
    day = options.valid_from or now.date()
    standing = list(Area.objects.valid_on(day).select_related("parent"))
    told = Told(options.wishes, day, _projection(options.crs), options.id_width, options.source)
    areas = read_features(document, told=told, around=_surroundings(standing), notes=notes)
    known = {area.official_id: area for area in standing if area.scheme == areas.scheme}
    under = {_key(area): area for area in standing}
    parent = _default_parent(options)
    if parent is not None and (options.parent or _reaches(parent, areas)):
        areas = _placed_under(areas, parent)
    stored = store(areas, now=now, under=under, known=known)
    upward = _join_upward(areas, now=now) if options.upward else 0
    return Imported(areas.scheme, _levels(areas), stored, upward)


def _projection(crs: str) -> Projection | None:
    projection = projection_named(crs) if crs else None
    if crs and projection is None:
        raise refuse("crs_unknown", f"The coordinate system “{crs}” is unknown. Known: EPSG:258xx, 326xx, 3857, 4326.")
    return projection


def _surroundings(standing: list[Area]) -> Surroundings:
    ids = defaultdict(set)
    for area in standing:
        ids[area.scheme, area.level].add(area.official_id)
    known = [KnownLevel(scheme, Level(level), frozenset(found)) for (scheme, level), found in ids.items()]
    cities = [area for area in standing if area.level == Level.CITY]
    only = cities[0] if len(cities) == 1 else None
    return Surroundings(known, only.box if only else None, slug_text(only.official_name) if only else "")


def _key(area: Area) -> str:
    return outside_key(area.scheme, area.level, area.official_id)


def _default_parent(options: ImportOptions) -> Area | None:
    """The area that was named, else the only city there is, else none: a new city begins its own tree."""
    if options.parent:
        named = Area.objects.filter(slug=options.parent).first()
        if named is None:
            raise refuse("parent_unknown", f"There is no area with the address “{options.parent}”.")
        return named
    cities = list(Area.objects.filter(level=Level.CITY)[:2])
    return cities[0] if len(cities) == 1 else None


def _reaches(city: Area, areas: AreaSet) -> bool:
    """True when the box of the city meets one of the areas: another city's do not belong under it."""
    return city.box is not None and any(
        f.border is not None and shapely.box(*city.box).intersects(f.border) for f in areas.areas
    )


def _placed_under(areas: AreaSet, parent: Area) -> AreaSet:
    placed = (f if f.parent_id else replace(f, parent_id=_key(parent)) for f in areas.areas)
    return replace(areas, areas=tuple(placed))


def _levels(areas: AreaSet) -> tuple[str, ...]:
    return tuple(dict.fromkeys(facts.level for facts in areas.areas))


def _join_upward(areas: AreaSet, *, now: dt.datetime) -> int:
    """Borders of the areas above, where every child on the way has an exact one; from the lowest up."""
    day = areas.valid_from
    family = list(Area.objects.valid_on(day).filter(scheme=areas.scheme).select_related("geometry"))
    shapes = {a.pk: border(a) for a in family if hasattr(a, "geometry") and a.geometry.exactness == Exactness.EXACT}
    children = defaultdict(list)
    for area in family:
        children[area.parent_id].append(area)
    lowest = max(area.depth for area in family if area.level in _levels(areas))
    above = [area for area in family if area.depth < lowest and children[area.pk] and area.level != Level.REGION]
    rows = []
    for area in sorted(above, key=lambda a: -a.depth):
        if all(child.pk in shapes for child in children[area.pk]):
            shapes[area.pk] = joined([shapes[child.pk] for child in children[area.pk]])
            rows.append(AreaFacts(area.official_id, area.level, None, "", border=shapes[area.pk]))
    known = {area.official_id: area for area in family}
    return store(replace(areas, areas=tuple(rows), findings=()), now=now, known=known).borders
