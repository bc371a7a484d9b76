"""A place is kept as exactly as its author wants and no finer, seen by who may read the record, gone with it."""

import math

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cast import LATER, NOW, ida, jörg, malik
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.tests.places import PLACES
from mitstadt.spine.actions.places import set_place
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, ActContent, Place, Precision, Record, RecordState
from mitstadt.spine.places import ChosenPlace, coarse
from mitstadt.spine.queries.open_data import public_records
from mitstadt.spine.queries.places import kiez_at, placed_in
from mitstadt.spine.tests.trial_format import contribution, running_process

LEO = PLACES["Leopoldplatz"][:2]
CITY = (13.0, 52.3, 13.8, 52.7)
METRES = {Precision.EXACT: 1, Precision.NEAR: 100, Precision.STREET: 300}
longitudes, latitudes = st.floats(-179, 179), st.floats(-80, 80)


@pytest.fixture(scope="module")
def berlin(django_db_setup, django_db_blocker):
    """Berlin in a transaction around all tests of this file; each rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped_city("berlin", now=NOW)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def said(berlin, db):
    return contribution(running_process(), actor=jörg())


def place(record, **chosen) -> Place:
    return set_place(record, ChosenPlace(**chosen), actor=jörg(), now=NOW)


@given(longitudes, latitudes, st.sampled_from(sorted(METRES)))
def test_a_coarse_point_stays_within_its_cell_and_made_coarse_again_stays_where_it_is(lon, lat, precision):
    there = coarse(lon, lat, precision)

    up = (there[1] - lat) * 111_320
    across = (there[0] - lon) * 111_320 * math.cos(math.radians(lat))
    assert max(abs(up), abs(across)) <= METRES[precision] * 0.52 + 0.2
    assert coarse(*there, precision) == there


def test_nobody_can_tell_two_places_of_a_cell_apart():
    lon, lat = coarse(*LEO, Precision.NEAR)
    around = [(lon + dx * 0.0006, lat + dy * 0.0004) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]

    assert {coarse(*one, Precision.NEAR) for one in around} == {(lon, lat)}


def test_what_is_finer_than_wanted_is_written_nowhere(said):
    place(said, point=LEO, precision=Precision.NEAR, words="vor dem Bäcker")

    kept = Place.objects.get()
    content = ActContent.objects.get(act__verb="placed").content
    assert (kept.longitude, kept.latitude) == coarse(*LEO, Precision.NEAR) != LEO
    assert (content["longitude"], content["latitude"]) == (kept.longitude, kept.latitude)
    assert "13.3593" not in str([*Act.objects.values_list("details", flat=True)])
    assert Record.objects.get(pk=said.pk).area == kiez_at(*LEO, on=NOW.date())


@pytest.mark.parametrize(
    ("precision", "level"), [(Precision.KIEZ, Level.PLANNING_AREA), (Precision.AREA, Level.DISTRICT)]
)
def test_a_kiez_or_district_keeps_only_its_own_middle(said, precision, level):
    place(said, point=LEO, precision=precision)

    area = Record.objects.get(pk=said.pk).area
    kept = Place.objects.get()
    assert area.level == level
    assert (kept.longitude, kept.latitude, kept.precision) == (area.lon, area.lat, precision)


def test_a_chosen_area_is_kept_as_that_area(said):
    kiez = Area.objects.filter(level=Level.PLANNING_AREA, names__isnull=False).first()
    assert place(said, area=kiez).precision == Precision.KIEZ
    assert place(said, area=kiez, precision=Precision.AREA).record.area.level == Level.DISTRICT
    assert place(said, area=Area.objects.get(slug="berlin")).precision == Precision.AREA


def test_words_alone_are_a_place_and_nothing_is_none(said):
    assert place(said, words=" im Treppenhaus ").words == "im Treppenhaus"
    assert not Place.objects.get().has_point
    wrong: list[tuple[dict[str, object], str]] = [
        ({}, "place_missing"),
        ({"words": "x" * 201}, "place_words_too_long"),
        ({"point": (2.35, 48.85)}, "place_outside"),
    ]
    for chosen, reason in wrong:
        with pytest.raises(Refused, match=reason) as refused:
            place(said, **chosen)
        assert "%(" not in str(refused.value.sentence)


def test_who_makes_a_place_coarser_leaves_no_trace_of_the_finer_one(said):
    place(said, point=LEO, precision=Precision.EXACT)
    place(said, point=LEO, precision=Precision.KIEZ)

    assert Place.objects.count() == 1
    assert [content.content["precision"] for content in ActContent.objects.filter(act__verb="placed")] == ["kiez"]


@pytest.mark.parametrize(
    "fields",
    [
        {"precision": "roughly"},
        {"precision": "words"},
        {"longitude": None},
        {"longitude": 200.0},
        {"precision": "words", "longitude": None, "latitude": None, "words": ""},
    ],
)
def test_the_database_keeps_no_impossible_place(said, fields):
    place(said, point=LEO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.update(**fields)


def test_a_place_is_seen_by_those_who_may_read_the_record(said):
    place(said, point=LEO)
    strangers, author, host = ida(), jörg(), malik()
    every = Record.objects.all()
    assert [one.record_id for one in placed_in(CITY, every, actor=strangers)] == [said.pk]
    assert not placed_in((13.0, 52.3, 13.2, 52.7), every, actor=strangers)

    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)

    assert not placed_in(CITY, every, actor=strangers)
    assert placed_in(CITY, every, actor=author)
    assert placed_in(CITY, every, actor=host)
    assert not placed_in(CITY, Record.objects.filter(kind="process"), actor=author)


def test_the_places_in_a_box_take_one_query(said, django_assert_num_queries):
    for point in [value[:2] for value in PLACES.values()][:5]:
        place(contribution(said.home, actor=jörg()), point=point)
    reader = ida()

    with django_assert_num_queries(1):
        assert len([one.record.ref for one in placed_in(CITY, Record.objects.all(), actor=reader)]) == 5


def test_a_place_is_erased_with_its_record(said):
    place(said, point=LEO, words="bei mir zu Hause")

    erase(said, actor=jörg(), now=LATER)

    assert not Place.objects.exists()
    assert not ActContent.objects.filter(record_id=said.pk).exists()


def test_open_data_tell_the_place_as_it_is_kept(said):
    kept = place(said, point=LEO, words="vor dem Bäcker")

    [facts] = [facts for record, facts in public_records(said.home) if record.pk == said.pk]

    assert facts["place"] == {
        "longitude": kept.longitude,
        "latitude": kept.latitude,
        "precision": "near",
        "words": "vor dem Bäcker",
    }


def test_who_says_it_in_words_alone_leaves_no_point_though_one_was_chosen(said):
    kept = place(said, point=LEO, precision=Precision.WORDS, words="vor dem Bäcker")

    assert (kept.longitude, kept.latitude, kept.words) == (None, None, "vor dem Bäcker")
