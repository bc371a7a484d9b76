"""Metres become the right degrees, and areas become a small and true map."""

import pickle

import numpy as np
import pytest
import shapely
from django.template import Context, Engine

from mitstadt.ground.areas.drawing import MapArea, draw_areas, emphasis_by_value
from mitstadt.ground.areas.models import Level
from mitstadt.ground.areas.projection import projection_named, utm_to_degrees, web_mercator_to_degrees
from mitstadt.ground.areas.queries import children_with_geometry, map_areas

# Control points computed with PROJ 9: zone, south, easting, northing, longitude, latitude.
CONTROL = [
    (33, False, 392_000, 5_820_000, 13.408275440313806, 52.51939531837594),
    (33, False, 370_000.5, 5_799_999.25, 13.09200034024854, 52.33487947699062),
    (33, False, 415_000, 5_837_000, 13.742786470433002, 52.67626223889507),
    (33, False, 300_000, 5_700_000, 12.123708231671392, 51.41588359014961),
    (32, False, 565_000, 5_934_000, 9.981100310676556, 53.5508628832442),
    (32, False, 356_000, 5_645_000, 6.950442304200329, 50.938624841622996),
    (35, True, 600_000, 7_100_000, 28.00103115973771, -26.216083426246723),
]


@pytest.mark.parametrize(("zone", "south", "easting", "northing", "lon", "lat"), CONTROL)
def test_utm_agrees_with_proj_to_a_centimetre(zone, south, easting, northing, lon, lat):
    found = utm_to_degrees(np.array([[easting, northing]]), zone=zone, south=south)[0]

    metres = np.hypot((found[0] - lon) * 111_320 * np.cos(np.radians(lat)), (found[1] - lat) * 111_200)
    assert metres < 0.01


def test_web_mercator_agrees_with_proj():
    found = web_mercator_to_degrees(np.array([[1_492_000.0, 6_894_000.0]]))[0]

    assert found == pytest.approx([13.402864039063259, 52.51617464345208], abs=1e-9)


def test_names_of_coordinate_systems_are_understood():
    assert projection_named("urn:ogc:def:crs:EPSG::25833").name == "UTM 33N"
    assert projection_named("EPSG:32735").name == "UTM 35S"
    assert projection_named("urn:ogc:def:crs:OGC:1.3:CRS84").name == "WGS 84"
    assert projection_named("EPSG:31466") is None
    assert projection_named("") is None


def polygon(west, south, east, north):
    return shapely.geometry.mapping(shapely.box(west, south, east, north))


def test_a_map_of_the_districts_is_small_and_can_be_cached(berlin):
    drawn = draw_areas(map_areas(children_with_geometry(berlin), href=lambda area: f"/gebiete/{area.slug}/"))

    assert len(drawn.shapes) == 12
    assert sum(len(shape.path) for shape in drawn.shapes) <= 12_000
    assert drawn.shapes[0].href == "/gebiete/01-mitte/"
    assert pickle.loads(pickle.dumps(drawn)) == drawn  # noqa: S301  # our own bytes, as a cache would hold them


def test_a_map_of_all_planning_areas_is_small_and_complete(berlin):
    areas = list(children_with_geometry(berlin, level=Level.PLANNING_AREA))
    drawn = draw_areas(map_areas(areas))

    assert len(drawn.shapes) == 542
    assert all(shape.path.startswith("M") and shape.path.endswith("z") for shape in drawn.shapes)
    assert sum(len(shape.path) for shape in drawn.shapes) <= 120_000


def test_pixels_and_places_lead_to_each_other(berlin):
    sheet = draw_areas(map_areas(children_with_geometry(berlin))).sheet

    x, y = sheet.at(13.4132, 52.5219)

    assert 0 < x < sheet.width
    assert 0 < y < sheet.height
    assert sheet.place(x, y) == pytest.approx((13.4132, 52.5219))


def test_a_square_on_the_ground_is_a_square_on_the_map():
    north_south = 1 / 111.2
    east_west = 1 / (111.32 * np.cos(np.radians(52.5)))
    drawn = draw_areas([MapArea("a", "A", polygon(13.4, 52.5, 13.4 + east_west, 52.5 + north_south))], width_px=100)

    assert drawn.sheet.height == pytest.approx(drawn.sheet.width, abs=2)
    assert drawn.shapes[0].path == "M96 96l0-92-92 0 0 92z"
    assert (drawn.shapes[0].label_x, drawn.shapes[0].label_room_px) == (50, 92)


def test_neighbours_share_their_border_and_specks_stay_clickable():
    speck = MapArea("s", "Speck", polygon(13.9, 52.9, 13.90001, 52.90001))
    left, right = MapArea("l", "L", polygon(13, 52, 13.5, 53)), MapArea("r", "R", polygon(13.5, 52, 14, 52.8))

    drawn = {shape.key: shape for shape in draw_areas([left, right, speck], width_px=200).shapes}

    assert drawn["s"].path.endswith("h1v1h-1z")
    assert {"l", "r"} <= drawn.keys()


def test_an_empty_map_is_still_a_map():
    assert draw_areas([]).shapes == ()


def test_values_become_steps_of_equal_size():
    steps = emphasis_by_value({str(n): n for n in range(10)} | {"unknown": None})

    assert steps["0"] == steps["1"] == "step-1"
    assert steps["9"] == "step-5"
    assert steps["unknown"] == "none"


def test_a_template_draws_the_map_and_escapes_names(settings):
    area = MapArea("a", "A", polygon(13, 52, 14, 53), title='<script>"&', href="/gebiete/a/", emphasis="step-1")
    folder = settings.ROOT / "src/mitstadt/ground/areas/templates"

    svg = Engine(dirs=[folder]).get_template("areas/map.svg.html").render(Context({"map": draw_areas([area])}))

    assert '<a href="/gebiete/a/">' in svg
    assert "&lt;script&gt;" in svg
    assert "<script>" not in svg
