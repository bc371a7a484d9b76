"""Exact borders load from the files people have; what is wrong is said by name, and nothing is lost."""

import gzip
import json

import pytest
import shapely
from django.core.management import CommandError, call_command

from mitstadt.ground.areas.models import Area, AreaGeometry, Exactness, Level
from mitstadt.ground.areas.queries import area_at, area_by_slug, areas_within
from mitstadt.ground.areas.reading.columns import Wishes
from mitstadt.ground.areas.reading.sets import AreaFileError
from mitstadt.ground.areas.tests.files import collection, feature, load, square
from mitstadt.ground.areas.tests.places import PLACES
from real_data import real_file


def districts(**changes):
    """All twelve districts as squares in a row, some of them changed."""
    names = ["Mitte", "Friedrichshain-Kreuzberg", "Pankow", "Charlottenburg-Wilmersdorf", "Spandau"]
    names += ["Steglitz-Zehlendorf", "Tempelhof-Schöneberg", "Neukölln", "Treptow-Köpenick"]
    names += ["Marzahn-Hellersdorf", "Lichtenberg", "Reinickendorf"]
    made = []
    for number, name in enumerate(names, 1):
        made.append(feature({"bez_id": f"{number:02}", "bez_name": name}, square(lon=13.2 + number / 100)))
    for place, change in changes.items():
        made[int(place[1:]) - 1] |= change
    return made


def test_exact_borders_replace_schematic_ones_and_nothing_else(berlin, now):
    before = Area.objects.get(slug="01-mitte")

    imported = load(collection(*districts()), now)

    after = Area.objects.get(slug="01-mitte")
    assert (imported.scheme, imported.levels) == ("berlin-lor-2021", ("district",))
    assert (imported.stored.created, imported.stored.borders) == (0, 12)
    assert after.geometry.exactness == Exactness.EXACT
    assert (after.residents, after.path, after.parent) == (before.residents, before.path, before.parent)
    assert after.box == pytest.approx((13.21, 52.5, 13.22, 52.51))


def test_a_check_writes_nothing(berlin, now):
    imported = load(collection(*districts()), now, check_only=True)

    assert imported.stored.borders == 12
    assert not AreaGeometry.objects.filter(exactness=Exactness.EXACT).exists()


def test_lost_leading_zeros_are_put_back_and_told(berlin, now):
    rows = [row | {"properties": {"bez_id": int(row["properties"]["bez_id"])}} for row in districts()]

    imported = load(collection(*rows), now)

    assert imported.stored.borders == 12
    assert any("9 features had lost the leading zeros" in f.sentence for f in imported.stored.findings)


def test_latitude_before_longitude_is_changed_over_and_told(berlin, now):
    rows = districts()
    for row in rows:
        row["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in row["geometry"]["coordinates"]]

    imported = load(collection(*rows), now)

    assert area_by_slug("01-mitte").box == pytest.approx((13.21, 52.5, 13.22, 52.51))
    assert any("12 features had latitude before longitude" in f.sentence for f in imported.stored.findings)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("zone_in_front", [0, 33_000_000])
def test_metres_are_turned_into_degrees(berlin, now, declared, zone_in_front):
    rows = districts()
    for number, row in enumerate(rows):
        east = 392_000 + zone_in_front + number * 10
        row["geometry"]["coordinates"] = [[[e, n] for e, n in square(east, 5_820_000, 1_000)[0]]]
    crs = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}} if declared else {}

    load(collection(*rows, **crs), now)

    corners = area_by_slug("01-mitte").geometry.geojson["coordinates"][0]
    assert corners[0] == pytest.approx([13.408275, 52.519395], abs=2e-6)


def test_an_area_on_another_continent_is_refused_by_name(berlin, now):
    rows = districts(_3={"geometry": {"type": "Polygon", "coordinates": square(lon=-58.4, lat=-34.6)}})

    with pytest.raises(AreaFileError, match=r"Feature 3 \(Pankow, 03\) lies at -34.59° N, -58.39° E, about .* km"):
        load(collection(*rows), now)

    assert not AreaGeometry.objects.filter(exactness=Exactness.EXACT).exists()


def test_a_bow_tie_is_repaired_and_told(berlin, now):
    bow = [[[13.4, 52.5], [13.41, 52.51], [13.41, 52.5], [13.4, 52.51], [13.4, 52.5]]]

    imported = load(collection(*districts(_1={"geometry": {"type": "Polygon", "coordinates": bow}})), now)

    assert shapely.geometry.shape(area_by_slug("01-mitte").geometry.geojson).is_valid
    assert any("Feature 1 (Mitte, 01) had an unsound border" in f.sentence for f in imported.stored.findings)


def test_the_same_row_twice_counts_once_and_parts_are_joined(berlin, now):
    rows = districts()
    part = feature({"bez_id": "02", "bez_name": "Friedrichshain-Kreuzberg"}, square(lon=13.5))

    imported = load(collection(*rows, rows[0], part), now, wishes=Wishes(id_property="bez_id"))

    assert imported.stored.borders == 12
    told = " ".join(f.sentence for f in imported.stored.findings)
    assert "The id 01 (Mitte) stands 2 times; it was taken once." in told
    assert "The id 02 (Friedrichshain-Kreuzberg) stands 2 times; its parts were joined." in told


def test_one_id_for_two_names_is_refused(berlin, now):
    rows = [*districts(), feature({"bez_id": "01", "bez_name": "Potsdam"})]

    with pytest.raises(AreaFileError, match=r"The id 01 stands for “Mitte” and “Potsdam”"):
        load(collection(*rows), now, wishes=Wishes(id_property="bez_id"))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("latin-1"),
        lambda text: gzip.compress(text.encode()),
        lambda text: text.encode().replace("ö".encode(), "Ã¶".encode()),
    ],
)
def test_umlauts_survive_every_encoding(berlin, now, encode):
    text = json.dumps(collection(*districts()), ensure_ascii=False)

    load(encode(text), now)

    assert area_by_slug("08-neukoelln").official_name == "Neukölln"


HOSTILE = {
    "not JSON": (b"PK\x03\x04", "not JSON"),
    "half a file": (json.dumps(collection(*districts())).encode()[:500], "not JSON"),
    "a list": (b"[]", "not an object"),
    "no features": (collection(), "holds no features"),
    "neither": ({"type": "FeatureCollection"}, "neither GeoJSON nor a tree"),
    "TopoJSON": ({"type": "Topology"}, "TopoJSON"),
    "points": (collection(feature({"bez_id": "01"}, [13.4, 52.5], "Point")), "holds Point features"),
    "null features": (collection(None, None), "holds"),
    "NaN": (b'{"type": "FeatureCollection", "features": [{"geometry": {"coordinates": NaN}}]}', "NaN"),
    "deep": (b'{"type":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too deeply"),
    "cut gzip": (gzip.compress(b"{}" * 5_000)[:30], "cut off"),
    "texts as coordinates": (
        collection(*districts(_1={"geometry": {"type": "Polygon", "coordinates": [["a"] * 5]}})),
        "Feature 1",
    ),
    "objects as rings": (
        collection(*districts(_1={"geometry": {"type": "Polygon", "coordinates": {"a": 1}}})),
        "Feature 1",
    ),
    "a collection of nothing": (
        collection(*districts(_1={"geometry": {"type": "GeometryCollection", "geometries": [None, 3]}})),
        "Feature 1 .Mitte, 01. has no polygon",
    ),
    "a line as polygon": (
        collection(*districts(_1={"geometry": {"type": "Polygon", "coordinates": [[[13.4, 52.5], [13.5, 52.6]] * 2]}})),
        "Feature 1 .Mitte, 01. has a border that encloses nothing",
    ),
    "huge numbers": (
        collection(*districts(_1={"geometry": {"type": "Polygon", "coordinates": square(lon=1e300)}})),
        "Feature 1 .Mitte, 01. has coordinates that are not on earth",
    ),
    "no geometry": (collection(*districts(_1={"geometry": None})), "Feature 1 .Mitte, 01. has no geometry"),
    "unknown system": (collection(*districts(), crs={"properties": {"name": "EPSG:31466"}}), "EPSG:31466. is unknown"),
    "odd crs": (collection(*districts(), crs=[1]), "is unknown"),
    "ids missing": (collection(*districts(_1={"properties": None})), "No property is a unique id"),
    "control characters": (
        collection(*districts(_1={"properties": {"bez_id": "01", "bez_name": "Mit\u202ete\0"}})),
        "Feature 1 .* not printable",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_file_is_told_in_a_sentence_and_changes_nothing(berlin, now, name):
    document, sentence = HOSTILE[name]

    with pytest.raises(AreaFileError, match=sentence):
        load(document, now)

    assert not AreaGeometry.objects.filter(exactness=Exactness.EXACT).exists()


def test_a_file_that_does_not_say_its_level_is_asked(berlin, now):
    rows = [feature({"id": letter, "name": letter}) for letter in "abc"]

    with pytest.raises(AreaFileError, match=r"Say --level"):
        load(collection(*rows), now)
    with pytest.raises(AreaFileError, match=r"No feature has the property “nr”. There are: id, name"):
        load(collection(*rows), now, wishes=Wishes(id_property="nr"))


def test_another_city_with_the_same_ids_gets_addresses_of_its_own(berlin, now):
    harbour = [{"id": "01", "level": "city", "parent": None, "name": "Mitte"}]
    header = {"format": "mitstadt-areas/1", "scheme": "hafen-2026", "valid_from": "2026-01-01"}

    load(header | {"areas": harbour}, now)

    assert area_by_slug("01-mitte-hafen-2026").level == Level.CITY
    assert area_by_slug("01-mitte").level == Level.DISTRICT


REAL = [
    ("geo/bezirke.geojson", "berlin-lor-2021", "district", 12),
    ("geo/lor_prognoseraeume_2021.geojson", "berlin-lor-2021", "forecast_area", 58),
    ("geo/lor_bezirksregionen_2021.geojson", "berlin-lor-2021", "district_region", 143),
    ("geo/lor_planungsraeume_2021.geojson", "berlin-lor-2021", "planning_area", 542),
    ("geo/ortsteile.geojson", "berlin-locality", "locality", 96),
    ("geo/plz.geojson", "berlin-postcode", "postcode", 193),
]


@pytest.mark.parametrize(("file", "scheme", "level", "count"), REAL)
def test_every_level_of_the_real_city_loads_without_a_word_said(berlin, now, file, scheme, level, count):
    imported = load(real_file(file).read_bytes(), now)

    assert (imported.scheme, imported.levels) == (scheme, (level,))
    assert imported.stored.borders == count
    assert Area.objects.filter(scheme=scheme, level=level, geometry__exactness=Exactness.EXACT).count() == count
    assert not Area.objects.filter(scheme=scheme, level=level, parent__isnull=True).exists()


def test_known_places_lie_right_on_exact_borders_joined_upward(berlin, now, today):
    imported = load(real_file("geo/lor_planungsraeume_2021.geojson").read_bytes(), now, upward=True)

    assert imported.joined_upward == 143 + 58 + 12 + 1
    for lon, lat, district in PLACES.values():
        assert area_at(lon, lat, level=Level.DISTRICT, on=today).official_name == district
    alex = area_at(13.4132, 52.5219, level=Level.PLANNING_AREA, on=today)
    assert alex.official_id == "01100310"


def test_a_foreign_city_loads_beside(berlin, now, today):
    data = real_file("participation/helsinki_districts.geojson").read_bytes()

    imported = load(data, now, wishes=Wishes(level=Level.DISTRICT, scheme="helsinki"))

    assert imported.stored.created == 34
    assert area_at(24.9515, 60.1699, level=Level.DISTRICT, on=today).official_name == "Vironniemi"
    assert not areas_within(berlin).filter(scheme="helsinki").exists()


def test_the_command_says_what_it_did(berlin, tmp_path, capsys):
    file = tmp_path / "bezirke.geojson"
    file.write_text(json.dumps(collection(*districts())), encoding="utf-8")

    call_command("import_areas", str(file), "--check")

    printed = capsys.readouterr().out
    assert "district of berlin-lor-2021: 0 new, 12 changed, 0 unchanged; 12 borders loaded" in printed
    assert "nothing was written" in printed


def test_the_command_refuses_in_sentences(berlin, tmp_path):
    with pytest.raises(CommandError, match=r"There is no file"):
        call_command("import_areas", str(tmp_path / "absent.geojson"))
    with pytest.raises(CommandError, match="is a folder"):
        call_command("import_areas", str(tmp_path))
    (tmp_path / "x").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was loaded.\nThe file is not JSON"):
        call_command("import_areas", str(tmp_path / "x"))
