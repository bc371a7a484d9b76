"""A participation code that somebody types into a search is repeated in no page and no address."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
CODE = "9KJ7-8R8J-KH4D-WPM9"


@pytest.mark.parametrize("address", ["/suche/?q={}", "/nachschlagen/?kennzeichen={}"])
def test_a_code_in_a_search_leads_to_its_own_field(address):
    client = Client()
    answer = client.get(address.format(CODE))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/code/")
    shown = client.get("/code/").content.decode()
    assert "nicht in die Suche" in shown
    assert CODE not in shown
