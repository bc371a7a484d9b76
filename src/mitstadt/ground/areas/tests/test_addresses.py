"""An address leads to its area; where it could be two places, people choose."""

import gzip
import io

import pytest

from mitstadt.ground.areas.actions import import_addresses
from mitstadt.ground.areas.models import Address, Area, Level
from mitstadt.ground.areas.queries import area_for_address
from mitstadt.ground.areas.reading.sets import AreaFileError
from real_data import real_file

TABLE = """hnr,hnr_zusatz,str_name,plz,ort_name,PLR_ID
1,,Ackerstraße,10115,Mitte,01100309
1,B,Ackerstraße,10115,Mitte,01100415
2,,Ackerstraße,10115,Mitte,1100415
1,,Berliner Straße,13187,Pankow,03400724
1,,Berliner Straße,10715,Wilmersdorf,04501041
7,,Dessauer Straße,10963,Kreuzberg,02100101
7,,Dessauerstraße,12249,Lankwitz,06200311
12,,Straße 232,12355,Rudow,08401242
,,Pappelplatz,10115,Mitte,01100415
1,,Ackerstraße,10115,Mitte,01100309
"""


def planning_areas():
    return Area.objects.filter(level=Level.PLANNING_AREA)


@pytest.fixture
def addresses(berlin):
    return import_addresses(io.BytesIO(TABLE.encode()), areas=planning_areas())


def test_a_table_is_loaded_once_for_every_address(addresses):
    assert (addresses.addresses, addresses.streets, addresses.repeated) == (9, 6, 1)
    assert Address.objects.get(street__name="Ackerstraße", number="2").area.official_id == "01100415"


@pytest.mark.parametrize(
    ("typed", "official_id"),
    [
        ("Ackerstraße 1, 10115 Berlin", "01100309"),
        ("ackerstr. 1b", "01100415"),
        ("Acker Strasse 1 B", "01100415"),
        ("10115 Berlin, Ackerstr. 2", "01100415"),
        ("Ackerstr. 2c", "01100415"),
        ("Berliner Str. 1, 13187", "03400724"),
        ("Berliner Str. 1, Wilmersdorf", "04501041"),
        ("Dessauer Str. 7", "02100101"),
        ("Dessauerstr. 7", "06200311"),
        ("Straße 232 Nr. 12", "08401242"),
        ("Str. 232 12", "08401242"),
        ("Pappelplatz", "01100415"),
    ],
)
def test_an_address_leads_to_its_area(addresses, typed, official_id):
    assert area_for_address(typed).area.official_id == official_id


def test_an_address_in_two_districts_is_asked_back(addresses):
    answer = area_for_address("Berliner Straße 1")

    assert answer.area is None
    assert [place.label for place in answer.places] == [
        "Berliner Straße 1, 10715 Wilmersdorf",
        "Berliner Straße 1, 13187 Pankow",
    ]


def test_a_number_nobody_has_is_not_guessed(addresses):
    answer = area_for_address("Ackerstraße 999")

    assert answer.area is None
    assert {place.area.official_id for place in answer.places} == {"01100309", "01100415"}


def test_a_mistyped_street_gets_suggestions(addresses):
    assert area_for_address("Akcerstraße 1").suggestions == ("Ackerstraße",)
    assert area_for_address("").suggestions == ()


def test_an_answer_takes_few_queries(addresses, django_assert_max_num_queries):
    for typed in ("Ackerstr. 1", "Berliner Str. 1", "Akcerstr. 1", "Ackerstr. 999"):
        with django_assert_max_num_queries(3):
            area_for_address(typed)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "The file is empty"),
        ("hnr,plz\n1,10115\n", "No column is the street"),
        ("street,area\nAckerstraße,99999999\n", "Line 2 .Ackerstraße. names the area “99999999”, which is not there"),
        ("street;area\n;01100309\n", "Line 2 .* has no street"),
        ("street,area\nA\n", "Line 2 has 1 cells, not 2"),
        ("street,area\n", "The file holds no addresses"),
        ("street,area\n" + "x" * 200_000 + ",01100309\n", "not a CSV table"),
        ("street,area\nA\x07ckerstr,01100309\n", "control characters"),
    ],
)
def test_a_broken_table_is_told_and_leaves_the_old_one(addresses, table, sentence):
    with pytest.raises(AreaFileError, match=sentence):
        import_addresses(io.BytesIO(table.encode()), areas=planning_areas())

    assert Address.objects.count() == 9


@pytest.mark.parametrize(
    "data",
    ["street,area\nMüllerstr,01100309\n".encode("latin-1"), gzip.compress(b"x" * 999)[:20]],
    ids=["latin-1", "cut-off gzip"],
)
def test_bytes_that_are_no_table_are_told(addresses, data):
    with pytest.raises(AreaFileError, match=r"UTF-8|cut off"):
        import_addresses(io.BytesIO(data), areas=planning_areas())


def test_a_slice_of_the_real_table_loads_whole(berlin):
    with gzip.open(real_file("geo/adressen_plr.csv.gz")) as stream:
        head = b"".join(stream.readline() for _ in range(5_001))

    loaded = import_addresses(io.BytesIO(head), areas=planning_areas())

    assert loaded.addresses == 5_000
    assert area_for_address("Ackerstr. 1b, 10115 Berlin").area.official_name == "Invalidenstraße"
