"""Whoever types an address is led to its area, and to no other one whose name is spelt alike."""

import io

import pytest

from cast import NOW
from mitstadt.ground.areas.actions import import_addresses, load_shipped_city
from mitstadt.ground.areas.models import Area, Level

pytestmark = pytest.mark.django_db

TABLE = """hnr,hnr_zusatz,str_name,plz,ort_name,PLR_ID
20,,Müllerstraße,13353,Wedding,01100309
1,,Berliner Straße,13187,Pankow,03400724
1,,Berliner Straße,10715,Wilmersdorf,04501041
"""


@pytest.fixture
def addresses():
    load_shipped_city("berlin", now=NOW)
    import_addresses(io.BytesIO(TABLE.encode()), areas=Area.objects.filter(level=Level.PLANNING_AREA))


def offered(client, typed: str) -> list[str]:
    return [words for _slug, words in client.get("/suche/", {"q": typed}).context["places"]]


def test_an_address_is_offered_alone(addresses, client):
    kiez = Area.objects.get(official_id="01100309").official_name

    assert offered(client, "Müllerstraße 20") == [f"Müllerstraße 20: {kiez}"]


def test_an_address_that_could_be_two_places_offers_both(addresses, client):
    assert [words.split(":")[0] for words in offered(client, "Berliner Straße 1")] == [
        "Berliner Straße 1, 10715 Wilmersdorf",
        "Berliner Straße 1, 13187 Pankow",
    ]


def test_what_is_no_address_is_looked_for_among_the_names_of_areas(addresses, client):
    assert any("Wedding" in words for words in offered(client, "Wedding"))
    assert not any("Müllerstraße" in words for words in offered(client, "Wedding 65"))
