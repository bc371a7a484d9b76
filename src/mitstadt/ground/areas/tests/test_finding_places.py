"""People find a place however they write it, and two places of one name stay two."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.queries import (
    ancestors,
    area_at,
    area_by_official_id,
    area_by_slug,
    areas_within,
    children_with_geometry,
    find_areas,
)
from mitstadt.ground.areas.spelling import name_key, slug_text, street_key, street_words


def first(text, today, **more):
    return find_areas(text, on=today, **more)[0].area.official_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kreuzberg", "Friedrichshain-Kreuzberg"),
        ("Friedrichshain", "Friedrichshain-Kreuzberg"),
        ("NEUKOELLN", "Neukölln"),
        ("neukolln", "Neukölln"),
        ("Neuköln", "Neukölln"),
        ("Reinikendorf", "Reinickendorf"),
        ("Alexanderplaz", "Alexanderplatz"),
        ("prenzlauer berg südwst", "Prenzlauer Berg Südwest"),
        ("schlossstrasse", "Schloßstraße"),
        ("Mueggelheim", "Müggelheim"),
        ("01100310", "Alexanderplatzviertel"),
    ],
)
def test_a_place_is_found_in_other_spellings(berlin, today, typed, meant):
    assert first(typed, today) == meant


def test_larger_areas_of_a_name_come_before_smaller_ones(berlin, today):
    levels = [found.area.level for found in find_areas("Mitte", on=today)]

    assert levels[0] == Level.DISTRICT


def test_two_places_of_one_name_are_told_apart(berlin, today):
    pair = find_areas("Schloßstraße", on=today, level=Level.PLANNING_AREA)[:2]

    labels = {found.label() for found in pair}
    assert labels == {
        "Schloßstraße (Steglitz, Steglitz-Zehlendorf)",
        "Schloßstraße (Schloss Charlottenburg, Charlottenburg Zentrum, Charlottenburg-Wilmersdorf)",
    }


def test_nonsense_finds_nothing(berlin, today):
    assert find_areas("qqxxzz", on=today) == []
    assert find_areas("  \0%_' ", on=today) == []


def test_the_search_can_stay_inside_a_district(berlin, today):
    mitte = area_by_slug("01-mitte")

    found = find_areas("Zentrum", on=today, within=mitte)

    assert found
    assert all(hit.area.path.startswith(mitte.path) for hit in found)


def test_reading_the_tree_takes_a_constant_number_of_queries(berlin, today, django_assert_num_queries):
    kiez = Area.objects.get(official_id="01100310")
    with django_assert_num_queries(1):
        assert len(areas_within(berlin)) == 755
    with django_assert_num_queries(1):
        assert len(ancestors(kiez)) == 5
    with django_assert_num_queries(1):
        assert sum(len(area.geometry.geojson) for area in children_with_geometry(berlin)) > 0
    with django_assert_num_queries(1):
        area_at(13.4, 52.5, level=Level.PLANNING_AREA, on=today)
    with django_assert_num_queries(3):
        [hit.label() for hit in find_areas("straße", on=today, limit=50)]


def test_what_is_inside_an_area_has_no_stranger(berlin):
    spandau = area_by_slug("05-spandau")

    inside = areas_within(spandau)

    assert {area.official_id[:2] for area in inside} == {"05"}
    assert spandau not in inside
    assert areas_within(spandau, level=Level.FORECAST_AREA).count() == spandau.children.count()


def test_an_area_exists_from_its_first_day_to_the_day_before_its_end(berlin):
    mitte = area_by_slug("01-mitte")
    mitte.valid_until = dt.date(2027, 1, 1)
    mitte.save()

    def there(day):
        return area_by_official_id("01", scheme="berlin-lor-2021", on=day)

    assert there(dt.date(2020, 12, 31)) is None
    assert there(dt.date(2021, 1, 1)) == mitte
    assert there(dt.date(2026, 12, 31)) == mitte
    assert there(dt.date(2027, 1, 1)) is None
    assert area_at(13.4132, 52.5219, level=Level.DISTRICT, on=dt.date(2027, 1, 1)) is None


def test_the_name_falls_back_to_the_nearest_language(berlin):
    berlin.names = {"en": "Berlin (city)", "tr": "Berlin şehri"}

    assert berlin.name("en") == "Berlin (city)"
    assert berlin.name("en-GB") == "Berlin (city)"
    assert berlin.name("de-simple") == "Berlin"
    assert berlin.name() == "Berlin"


@pytest.mark.parametrize(
    "wrong",
    [
        {"official_id": "01", "valid_from": dt.date(2021, 1, 1)},
        {"official_id": "99", "valid_from": dt.date(2021, 1, 1), "valid_until": dt.date(2021, 1, 1)},
        {"official_id": "99", "valid_from": dt.date(2021, 1, 1), "level": "galaxy"},
        {"official_id": "99", "valid_from": dt.date(2021, 1, 1), "west": 200, "east": 201, "south": 0, "north": 1},
        {"official_id": "99", "valid_from": dt.date(2021, 1, 1), "slug": "01-mitte"},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(berlin, wrong):
    row = {"scheme": "berlin-lor-2021", "level": "district", "path": "ZZZZ", "slug": "x", "search_key": "x"} | wrong

    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(official_name="X", **row)


def test_the_database_refuses_an_area_above_itself(berlin):
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(pk=berlin.pk).update(parent=berlin.pk)


def test_keys_meet_across_spellings():
    assert name_key("Schloßstraße") == name_key("SCHLOSSSTRASSE")
    assert name_key("Köpenick") == name_key("Koepenick") == name_key("kopenick")
    assert name_key("Neue Aue") == "neue aue"
    assert street_key("Straße des 17. Juni") == street_key("Str. des 17. Juni") == "strdes17juni"
    assert street_key("Karl-Marx-Straße") == street_key("karl marx strasse") == street_key("Karl-Marx-Str.")
    assert street_words("Dessauer Str.") != street_words("Dessauerstraße")
    assert slug_text("Müllerstraße / Nord") == "muellerstrasse-nord"
