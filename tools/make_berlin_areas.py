"""Make the area file of Berlin that the project ships, from public geodata and resident counts.

    python tools/make_berlin_areas.py DATA_FOLDER [OUTPUT]

Official ids, names, centroids and resident counts are facts and are taken over with credit. No polygon is: each
planning area gets the cell of a power diagram around its centroid, weighted by its official size, cut by the coarse
outline below, which was drawn for this project by hand. Upper levels carry no geometry in the file; who loads it
joins the cells of the level below, so that borders nest.
"""

import argparse
import csv
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, Polygon, mapping, shape

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "src/mitstadt/ground/areas/data/berlin.json"
CENTRE, KM_PER_DEGREE = (13.4, 52.5), (111.32 * math.cos(math.radians(52.5)), 111.2)
GRID_DEGREES = 1e-4

# fmt: off
OUTLINE = [
    (13.165, 52.599), (13.202, 52.587), (13.219, 52.599), (13.204, 52.611), (13.206, 52.622), (13.218, 52.629),
    (13.262, 52.629), (13.264, 52.641), (13.272, 52.650), (13.284, 52.661), (13.306, 52.658), (13.304, 52.648),
    (13.309, 52.641), (13.306, 52.630), (13.330, 52.623), (13.355, 52.624), (13.374, 52.631), (13.377, 52.641),
    (13.395, 52.648), (13.412, 52.643), (13.424, 52.636), (13.434, 52.644), (13.440, 52.655), (13.453, 52.663),
    (13.465, 52.670), (13.478, 52.675), (13.489, 52.668), (13.488, 52.655), (13.508, 52.651), (13.522, 52.645),
    (13.514, 52.629), (13.500, 52.624), (13.500, 52.606), (13.508, 52.593), (13.523, 52.592), (13.546, 52.587),
    (13.568, 52.572), (13.586, 52.571), (13.582, 52.551), (13.610, 52.545), (13.634, 52.541), (13.656, 52.530),
    (13.657, 52.524), (13.634, 52.512), (13.625, 52.497), (13.616, 52.483), (13.612, 52.474), (13.625, 52.469),
    (13.640, 52.478), (13.664, 52.475), (13.695, 52.466), (13.702, 52.457), (13.736, 52.449), (13.744, 52.446),
    (13.760, 52.437), (13.742, 52.430), (13.738, 52.414), (13.734, 52.402), (13.716, 52.398), (13.694, 52.386),
    (13.690, 52.378), (13.700, 52.368), (13.690, 52.366), (13.676, 52.360), (13.664, 52.344), (13.648, 52.338),
    (13.641, 52.350), (13.646, 52.366), (13.628, 52.381), (13.607, 52.375), (13.594, 52.393), (13.570, 52.389),
    (13.538, 52.389), (13.532, 52.400), (13.506, 52.397), (13.480, 52.396), (13.474, 52.409), (13.462, 52.421),
    (13.446, 52.416), (13.428, 52.411), (13.421, 52.395), (13.419, 52.377), (13.388, 52.378), (13.374, 52.388),
    (13.345, 52.408), (13.328, 52.402), (13.312, 52.399), (13.298, 52.413), (13.275, 52.405), (13.250, 52.405),
    (13.246, 52.420), (13.222, 52.421), (13.199, 52.415), (13.170, 52.407), (13.158, 52.397), (13.138, 52.394),
    (13.122, 52.391), (13.124, 52.397), (13.111, 52.399), (13.103, 52.406), (13.088, 52.412), (13.090, 52.420),
    (13.110, 52.430), (13.113, 52.448), (13.111, 52.470), (13.119, 52.480), (13.140, 52.492), (13.166, 52.510),
    (13.145, 52.519), (13.118, 52.518), (13.121, 52.532), (13.128, 52.545), (13.131, 52.556), (13.146, 52.560),
    (13.152, 52.571), (13.132, 52.578), (13.130, 52.587), (13.147, 52.590),
]
# fmt: on

# file, level, prefix of its columns, column of the parent
LEVELS = [
    ("geo/bezirke.geojson", "district", "bez", None),
    ("geo/lor_prognoseraeume_2021.geojson", "forecast_area", "pgr", "bez_id"),
    ("geo/lor_bezirksregionen_2021.geojson", "district_region", "bzr", "pgr_id"),
    ("geo/lor_planungsraeume_2021.geojson", "planning_area", "plr", "bzr_id"),
]
RESIDENTS = "population/einwohner_2023-02_t1_plr.csv"
REGION, CITY = "DE3-DE4", "11000000"

HEADER = {
    "format": "mitstadt-areas/1",
    "scheme": "berlin-lor-2021",
    "title": "Berlin: Lebensweltlich orientierte Räume (LOR) 2021",
    "language": "de",
    "valid_from": "2021-01-01",
    "geometry": "schematic",
    "residents_on": "2023-12-31",
    "credit": [
        "Official ids, names, centroids and sizes: Geoportal Berlin / Amt für Statistik Berlin-Brandenburg, "
        "Lebensweltlich orientierte Räume 01.01.2021, CC BY 3.0 DE (https://creativecommons.org/licenses/by/3.0/de/).",
        "Bezirke: Geoportal Berlin, dl-de/zero-2.0 (https://www.govdata.de/dl-de/zero-2-0).",
        "Residents: Amt für Statistik Berlin-Brandenburg, Einwohnerregister 31.12.2023, CC BY 3.0 DE.",
        "Geometry: computed by the Mitstadt project from the centroids; schematic, not the official borders.",
    ],
}


def to_plane(points: np.ndarray) -> np.ndarray:
    """Kilometres east and north of the middle of the city."""
    return (points - CENTRE) * KM_PER_DEGREE


def to_degrees(points: np.ndarray) -> np.ndarray:
    """Back from kilometres to longitude and latitude."""
    return points / KM_PER_DEGREE + CENTRE


def inner_point(geometry: Any) -> tuple[float, float]:
    """The centroid, or a point inside where the centroid falls outside its own area."""
    point = geometry.centroid if geometry.contains(geometry.centroid) else geometry.representative_point()
    return round(point.x, 5), round(point.y, 5)


def weights(sites: np.ndarray, sizes_km2: np.ndarray) -> np.ndarray:
    """Squared radii by official size, raised where a large neighbour would swallow another's centroid."""
    squared = ((sites[:, None] - sites[None]) ** 2).sum(axis=2)
    wanted = sizes_km2 / math.pi
    border_at = 0.05  # of the way to the neighbour, at least
    for _ in range(len(sites)):
        swallowed = (wanted[None] - (1 - 2 * border_at) * squared).max(axis=1)
        if (swallowed <= wanted).all():
            break
        wanted = np.maximum(wanted, swallowed)
    return wanted


def cell(index: int, sites: np.ndarray, weight: np.ndarray) -> Polygon:
    """The points whose power distance to this site is the smallest, among the 60 nearest sites."""
    here, far_km = sites[index], 200
    polygon = shapely.box(-far_km, -far_km, far_km, far_km)
    squared_km2 = (sites**2).sum(axis=1) - weight
    for other in np.argsort(((sites - here) ** 2).sum(axis=1))[1:60]:
        across = sites[other] - here
        length = math.hypot(*across)
        unit = across / length
        foot = unit * (squared_km2[other] - squared_km2[index]) / (2 * length)
        along = np.array([-unit[1], unit[0]]) * 2 * far_km
        back = unit * 4 * far_km
        polygon = polygon.intersection(Polygon([foot + along, foot - along, foot - along - back, foot + along - back]))
    return polygon


def nested_cells(sites: np.ndarray, sizes_km2: np.ndarray) -> list[Any]:
    """One polygon for each site in longitude and latitude; neighbours share their border vertex by vertex."""
    weight = weights(sites, sizes_km2)
    outline = Polygon(to_plane(np.array(OUTLINE)))
    cells = [cell(index, sites, weight).intersection(outline) for index in range(len(sites))]
    lines = [shapely.transform(part, to_degrees).boundary for part in cells]
    pieces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=GRID_DEGREES)]))
    owned = defaultdict(list)
    for piece in pieces:
        inside = to_plane(np.array(piece.representative_point().coords[0]))
        if outline.buffer(0.02).contains(Point(inside)):
            owned[int((((sites - inside) ** 2).sum(axis=1) - weight).argmin())].append(piece)
    return [shapely.coverage_union_all(owned[index]) for index in range(len(sites))]


def geojson(geometry: Any) -> dict[str, Any]:
    """GeoJSON with four decimals, about ten metres."""
    return dict(json.loads(json.dumps(mapping(geometry)), parse_float=lambda text: round(float(text), 4)))


def features(data: Path, file: str) -> list[dict[str, Any]]:
    """The features of a GeoJSON file, by id."""
    return list(json.loads((data / file).read_text(encoding="utf-8"))["features"])


def rows(data: Path) -> list[dict[str, Any]]:
    """All areas from the region down, each with what the file needs."""
    found: list[dict[str, Any]] = [
        {"id": REGION, "level": "region", "parent": None, "name": "Berlin-Brandenburg"},
        {"id": CITY, "level": "city", "parent": REGION, "name": "Berlin", "slug": "berlin"},
    ]
    found[0] |= {"slug": "berlin-brandenburg", "geometry": None}
    shapes = {}
    for file, level, prefix, parent in LEVELS:
        for feature in sorted(features(data, file), key=lambda f: f["properties"][f"{prefix}_id"]):
            facts = feature["properties"]
            official_id = facts[f"{prefix}_id"]
            shapes[official_id] = shape(feature["geometry"])
            name = " ".join(facts[f"{prefix}_name"].split())
            above = facts[parent] if parent else CITY
            found.append({"id": official_id, "level": level, "parent": above, "name": name})
            found[-1]["centroid"] = inner_point(shapes[official_id])
    city = shapely.union_all([shapes[row["id"]] for row in found if row["level"] == "district"])
    found[1]["centroid"] = inner_point(city)
    return found


def add_residents(found: list[dict[str, Any]], data: Path) -> None:
    """Counts of the planning areas, added up the tree to the city; the region has no count of its own here."""
    with (data / RESIDENTS).open(encoding="utf-8-sig", newline="") as stream:
        counts = {line["id"]: int(line["inhabitants"]) for line in csv.DictReader(stream)}
    by_id = {row["id"]: row for row in found}
    for row in found:
        if row["level"] != "region":
            row["residents"] = counts[row["id"]] if row["level"] == "planning_area" else 0
    for row in (row for row in found if row["level"] == "planning_area"):
        above = by_id[row["parent"]]
        while above["level"] != "region":
            above["residents"] += row["residents"]
            above = by_id[above["parent"]]


def add_geometry(found: list[dict[str, Any]], data: Path) -> None:
    """Schematic cells for the planning areas."""
    sizes = {f["properties"]["plr_id"]: f["properties"]["area_m2"] / 1e6 for f in features(data, LEVELS[-1][0])}
    lowest = [row for row in found if row["level"] == "planning_area"]
    sites = to_plane(np.array([row["centroid"] for row in lowest]))
    cells = nested_cells(sites, np.array([sizes[row["id"]] for row in lowest]))
    for row, polygon in zip(lowest, cells, strict=True):
        row["geometry"] = geojson(polygon)


def main() -> None:
    """Write the file: header first, then one area a line."""
    parser = argparse.ArgumentParser(description="Make the area file of Berlin that the project ships.")
    parser.add_argument("data", type=Path, help="folder with geo/ and population/")
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    arguments = parser.parse_args()
    found = rows(arguments.data)
    add_residents(found, arguments.data)
    add_geometry(found, arguments.data)
    header = json.dumps(HEADER, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in found)
    arguments.output.write_text(f'{header},\n "areas": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(found)} areas, {arguments.output.stat().st_size / 1000:.0f} kB in {arguments.output}")


if __name__ == "__main__":
    main()
