"""A fresh machine knows Berlin: its tree, its people, and roughly where everything lies."""

import time
from collections import Counter

import pytest
import shapely
from django.db.models import Sum

from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import Area, AreaGeometry, Exactness, Level
from mitstadt.ground.areas.queries import ancestors, area_at, areas_at, children_with_geometry
from mitstadt.ground.areas.queries.tree import border
from mitstadt.ground.areas.reading.sets import AreaFileError
from mitstadt.ground.areas.tests.places import PLACES


def test_the_tree_is_complete(berlin):
    counts = Counter(Area.objects.values_list("level", flat=True))

    assert counts == {
        "region": 1,
        "city": 1,
        "district": 12,
        "forecast_area": 58,
        "district_region": 143,
        "planning_area": 542,
    }
    assert AreaGeometry.objects.filter(exactness=Exactness.SCHEMATIC).count() == 756


def test_ids_keep_their_leading_zeros(berlin):
    assert Area.objects.get(slug="01-mitte").official_id == "01"
    lengths = {"district": 2, "forecast_area": 4, "district_region": 6, "planning_area": 8}
    for level, official_id in Area.objects.filter(level__in=lengths).values_list("level", "official_id"):
        assert len(official_id) == lengths[level]


def test_two_planning_areas_called_schlossstrasse_stay_two(berlin):
    pair = Area.objects.filter(level=Level.PLANNING_AREA, official_name="Schloßstraße")

    assert pair.count() == 2
    assert len({area.slug for area in pair}) == 2
    assert len({area.parent_id for area in pair}) == 2


def test_the_people_of_the_parts_add_up_to_the_whole(berlin):
    assert berlin.residents == 3_878_100
    for parent in Area.objects.exclude(level__in=["region", "planning_area"]):
        assert parent.children.aggregate(sum=Sum("residents"))["sum"] == parent.residents


def test_every_area_lies_in_the_one_its_id_says(berlin):
    for area in Area.objects.filter(level__in=["forecast_area", "district_region", "planning_area"]):
        assert area.official_id.startswith(area.parent.official_id)
        assert area.path.startswith(area.parent.path)


@pytest.mark.parametrize("place", PLACES)
def test_a_known_place_is_found_in_its_district(berlin, today, place):
    lon, lat, district = PLACES[place]

    assert area_at(lon, lat, level=Level.DISTRICT, on=today).official_name == district


def test_a_place_outside_the_city_lies_nowhere(berlin, today):
    assert area_at(13.0645, 52.3906, level=Level.CITY, on=today) is None
    assert area_at(float("nan"), 52.5, level=Level.CITY, on=today) is None


def test_every_planning_area_holds_its_own_centre(berlin, today):
    areas = list(Area.objects.filter(level=Level.PLANNING_AREA))

    assert areas_at([(a.lon, a.lat) for a in areas], level=Level.PLANNING_AREA, on=today) == areas


def test_borders_nest_without_gap_or_overlap(berlin):
    lowest = [border(area) for area in children_with_geometry(berlin, level=Level.PLANNING_AREA)]
    district_borders = [border(area) for area in children_with_geometry(berlin)]

    assert shapely.coverage_is_valid(lowest)
    assert shapely.coverage_is_valid(district_borders)
    assert sum(s.area for s in lowest) == pytest.approx(sum(s.area for s in district_borders), rel=1e-9)


def test_the_areas_above_come_from_the_largest_down(berlin):
    kiez = Area.objects.get(official_id="01100310")

    assert [area.official_name for area in ancestors(kiez)] == [
        "Berlin-Brandenburg",
        "Berlin",
        "Mitte",
        "Zentrum",
        "Alexanderplatz",
    ]


def test_loading_again_changes_nothing_and_is_quick(berlin, now):
    before = time.process_time()
    again = load_shipped_city("berlin", now=now)

    assert (again.created, again.changed, again.borders) == (0, 0, 0)
    assert time.process_time() - before < 3


def test_exact_borders_are_not_overwritten_by_schematic_ones(berlin, now):
    mitte = AreaGeometry.objects.get(area__slug="01-mitte")
    mitte.geojson, mitte.exactness = shapely.geometry.mapping(shapely.box(13.3, 52.5, 13.4, 52.6)), Exactness.EXACT
    mitte.save()

    load_shipped_city("berlin", now=now)

    mitte.refresh_from_db()
    assert mitte.exactness == Exactness.EXACT
    assert shapely.geometry.shape(mitte.geojson).area == pytest.approx(0.01)


def test_a_city_that_is_not_shipped_is_told_in_a_sentence(db, now):
    with pytest.raises(AreaFileError, match=r"No areas of “\.\./etc” are shipped"):
        load_shipped_city("../etc", now=now)
