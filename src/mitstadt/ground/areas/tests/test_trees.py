"""Any city's tree loads from one file; a fault is told by the name of the entry."""

from typing import Any

import pytest

from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.queries import area_at, area_by_slug, areas_within, find_areas
from mitstadt.ground.areas.reading.sets import AreaFileError
from mitstadt.ground.areas.tests.files import collection, load, square

TOWN: dict[str, Any] = {
    "format": "mitstadt-areas/1",
    "scheme": "seestadt-2026",
    "title": "Seestadt",
    "language": "de",
    "valid_from": "2026-01-01",
    "areas": [
        {"id": "S", "level": "city", "parent": None, "name": "Seestadt", "names": {"en": "Laketown"}},
        {"id": "1", "level": "district", "parent": "S", "name": "Nord", "residents": 7,
         "geometry": {"type": "Polygon", "coordinates": square(9.0, 48.01)}},
        {"id": "2", "level": "district", "parent": "S", "name": "Süd", "residents": 5,
         "geometry": {"type": "Polygon", "coordinates": square(9.0, 48.0)}},
    ],
}  # fmt: skip


def test_any_town_loads_as_a_tree(db, now, today):
    load(TOWN, now)

    town = area_by_slug("s-seestadt")
    assert town.name("en") == "Laketown"
    assert town.box == pytest.approx((9.0, 48.0, 9.01, 48.02))
    assert [area.official_name for area in areas_within(town)] == ["Nord", "Süd"]
    assert area_at(9.005, 48.015, level=Level.DISTRICT, on=today).official_name == "Nord"
    assert find_areas("Laketown", on=today)[0].area == town


def test_the_same_tree_may_be_written_as_geojson(db, now):
    features = [
        {
            "type": "Feature",
            "properties": {k: v for k, v in a.items() if k != "geometry"},
            "geometry": a.get("geometry"),
        }
        for a in TOWN["areas"]
    ]

    load({k: v for k, v in TOWN.items() if k != "areas"} | collection(*features), now)

    assert area_by_slug("s-seestadt").box == pytest.approx((9.0, 48.0, 9.01, 48.02))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": 1}, r"Area 2 \(Nord\) needs “id” as a text"),
        ({"id": "S"}, "The id S stands more than once"),
        ({"parent": "X"}, r"Area 1 \(Nord\) names the parent X, which is nowhere"),
        ({"parent": "1"}, r"Area 1 \(Nord\) lies inside itself"),
        ({"level": "village"}, "has the level “village”; known are region"),
        ({"residents": -1}, "residents that are not a whole number"),
        ({"centroid": [200, 95]}, "centroid that is not"),
        ({"name": "Nord\u202e"}, "needs “name”"),
        ({"slug": "Nord Süd"}, "“slug” that is not"),
        ({"names": ["x"]}, "“names” that are not texts"),
        ({"geometry": {"type": "Polygon", "coordinates": square(9e5, 5e6, 100)}}, "not longitude and latitude"),
    ],
)
def test_a_wrong_entry_of_a_tree_is_told_by_name(db, now, change, sentence):
    areas = [dict(area) for area in TOWN["areas"]]
    areas[1] |= change

    with pytest.raises(AreaFileError, match=sentence):
        load(TOWN | {"areas": areas}, now)

    assert not Area.objects.exists()
