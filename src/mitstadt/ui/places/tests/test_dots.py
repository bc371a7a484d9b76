"""Many things on one map: no two dots touch, none is lost, and the list beside says the same by number."""

import csv
import gzip
import math

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cast import NOW
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import AreaGeometry
from mitstadt.ground.areas.tests.places import PLACES
from mitstadt.ui.parts import PlacedThing
from mitstadt.ui.places.dots import box_around, box_from, box_to_text, clustered, places_map
from real_data import real_file

pixels = st.tuples(st.floats(-50, 600), st.floats(-50, 600))
TODAY = NOW.date()


@pytest.fixture(scope="module")
def berlin(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped_city("berlin", now=NOW)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


def things(**more: tuple[float, float]) -> list[PlacedThing]:
    places = {**{name: value[:2] for name, value in PLACES.items()}, **more}
    return [PlacedThing(label=name, href=f"/{name}/", point=point) for name, point in places.items()]


@given(st.lists(pixels, max_size=40))
def test_no_two_dots_touch_and_every_thing_has_one(points):
    found = clustered(points, apart_px=40)

    middles = [
        (sum(points[i][0] for i in members) / len(members), sum(points[i][1] for i in members) / len(members))
        for members in found
    ]
    assert sorted(index for members in found for index in members) == list(range(len(points)))
    assert all(math.dist(a, b) >= 40 for n, a in enumerate(middles) for b in middles[n + 1 :])
    assert [members[0] for members in found] == sorted(members[0] for members in found)


def test_each_dot_leads_to_its_number_in_the_list(berlin, db):
    shown = places_map(things(), title="Orte", on=TODAY)

    assert sum(len(group.things) for group in shown.groups) == len(PLACES)
    assert [dot.number for dot in shown.drawing.dots] == [group.number for group in shown.groups]
    assert {dot.href for dot in shown.drawing.dots} == {f"#ort-{group.number}" for group in shown.groups}


def test_what_lies_at_one_spot_is_one_dot_that_says_how_many(berlin, db):
    lot = [PlacedThing(label=f"Idee {n}", href="/", point=PLACES["Tierpark"][:2]) for n in range(12)]
    shown = places_map([*lot, *things()], title="Orte", on=TODAY, closer=lambda box: f"?karte={box_to_text(box)}")

    first = shown.groups[0]
    assert len(first.things) >= 12
    assert "Einträge" in shown.drawing.dots[0].label
    assert (len(first.first), len(first.more)) == (5, len(first.things) - 5)
    apart = next(group for group in shown.groups if len({thing.point for thing in group.things}) > 1)
    box = box_from(apart.closer_href.partition("=")[2])
    assert all(box[0] - 1e-4 <= t.point[0] <= box[2] + 1e-4 for t in apart.things)


def test_words_alone_and_a_city_without_borders_leave_the_list(berlin, db):
    AreaGeometry.objects.all().delete()
    only_words = PlacedThing(label="Irgendwo", href="/", note="im Treppenhaus")
    shown = places_map([*things(), only_words], title="Orte", on=TODAY)

    assert shown.drawing is None
    assert len(shown.groups) == len(PLACES)
    assert shown.without_point == [only_words]


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "10,5,1,6", "0,0,999,1", "1,2,3,4,5"])
def test_a_box_that_makes_no_sense_is_none(text):
    assert box_from(text) is None


def test_a_box_comes_back_from_its_address():
    box = box_around(things()[:1])

    assert box_from(box_to_text(box)) == pytest.approx(box, abs=1e-5)


@pytest.mark.slow
def test_thousands_of_real_reports_become_a_few_dozen_dots_at_once():
    with gzip.open(real_file("reports/konstanz_maengelmelder_2020_2022.csv.gz"), "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    lon, lat = (next(name for name in rows[0] if name.lower().startswith(part)) for part in ("lon", "lat"))
    points = [(float(row[lon]), float(row[lat])) for row in rows if row[lon] and row[lat]]
    spread = [((x - 9.1) * 4_000, (47.8 - y) * 4_000) for x, y in points]

    found = clustered(spread)

    assert sum(map(len, found)) == len(points) > 1_000
    assert len(found) < 100
