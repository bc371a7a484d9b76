"""A small map of a part of the city: one moves it, comes closer, and a pixel leads back to its place."""

import pytest
from django.core.cache import caches

from mitstadt.ground.areas.api import area_at, drawn_window, frame_of_the_city, window_around, window_at, window_on
from mitstadt.ground.areas.models import AreaGeometry, Level
from mitstadt.ground.areas.tests.files import load
from mitstadt.ground.areas.tests.places import PLACES
from mitstadt.ground.areas.windows import WINDOW_PX
from real_data import real_file


@pytest.fixture
def frame(berlin, today):
    return frame_of_the_city(on=today)


def test_the_first_window_holds_the_whole_city(berlin, frame, today):
    drawn = drawn_window(window_on(frame), frame, on=today)

    assert {shape.name for shape in drawn.shapes} >= {"Mitte", "Spandau"}
    west, south, east, north = window_on(frame).box(frame)
    assert west < frame.west
    assert south < frame.south
    assert east > frame.east
    assert north > frame.north


@pytest.mark.parametrize("closeness", [0, 2, 4, 6])
@pytest.mark.parametrize("place", ["Leopoldplatz", "Schloss Köpenick"])
def test_a_pixel_leads_back_to_its_place(frame, place, closeness):
    lon, lat, _district = PLACES[place]
    window = window_at(lon, lat, closeness=closeness, frame=frame)
    sheet = window.sheet(frame)

    x, y = sheet.at(lon, lat)

    assert 0 <= x <= WINDOW_PX
    assert 0 <= y <= WINDOW_PX
    assert sheet.place(x, y) == pytest.approx((lon, lat), abs=1e-9)


def test_closer_shows_finer_areas_and_only_those_in_sight(berlin, frame, today):
    lon, lat, _district = PLACES["Leopoldplatz"]
    near = drawn_window(window_at(lon, lat, closeness=4, frame=frame), frame, on=today)
    kiez = area_at(lon, lat, level=Level.PLANNING_AREA, on=today)

    assert kiez.slug in {shape.key for shape in near.shapes}
    assert len(near.shapes) <= 40
    assert all(0 <= shape.label_x <= WINDOW_PX and 0 <= shape.label_y <= WINDOW_PX for shape in near.shapes)


def test_one_walks_in_each_direction_and_never_out_of_the_city(frame):
    middle = window_on(frame).at_closeness(3, frame)

    assert middle.moved("north", frame).latitude > middle.latitude > middle.moved("south", frame).latitude
    assert middle.moved("east", frame).longitude > middle.longitude > middle.moved("west", frame).longitude
    far = middle
    for _ in range(60):
        far = far.moved("east", frame)
    assert far.longitude <= frame.east + 0.02
    assert middle.at_closeness(99, frame).closeness == frame.closest
    assert middle.at_closeness(-3, frame) == window_on(frame)


def test_the_window_around_an_area_holds_it(berlin, frame, today):
    kiez = area_at(*PLACES["Leopoldplatz"][:2], level=Level.PLANNING_AREA, on=today)
    west, south, east, north = window_around(kiez.box, frame).box(frame)

    assert west <= kiez.west
    assert south <= kiez.south
    assert east >= kiez.east
    assert north >= kiez.north


def test_a_map_is_drawn_once_and_then_kept(berlin, frame, today, django_assert_num_queries):
    caches["drawings"].clear()

    with django_assert_num_queries(2):
        first = drawn_window(window_on(frame), frame, on=today)
    with django_assert_num_queries(0):
        assert drawn_window(window_on(frame), frame, on=today) == first


def test_where_no_borders_are_loaded_there_is_no_map(berlin, today):
    AreaGeometry.objects.all().delete()

    assert frame_of_the_city(on=today) is None


@pytest.mark.slow
def test_with_exact_borders_every_map_stays_small_enough_for_a_page(berlin, now, today):
    load(real_file("geo/lor_planungsraeume_2021.geojson").read_bytes(), now, upward=True)
    frame = frame_of_the_city(on=today)
    lon, lat, _district = PLACES["Leopoldplatz"]

    for closeness in range(frame.closest + 1):
        drawn = drawn_window(window_at(lon, lat, closeness=closeness, frame=frame), frame, on=today)
        assert 0 < sum(len(shape.path) for shape in drawn.shapes) < 8_000
