"""What the tests of all addresses share: the time of the cast, and a city that is built once a file."""

import pytest

import whole_city
from cast import NOW
from matrix_visitors import sign_in
from mitstadt.ground import clock
from mitstadt.spine.actions.log import publish_head


@pytest.fixture(autouse=True)
def _time_of_the_cast(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(scope="module")
def built(standing):
    """The whole city, in which everyone is signed in already."""

    def signed_in():
        city = whole_city.build()
        city.cookies = {persona: sign_in(someone) for persona, someone in city.people.items()}
        return city

    return standing(signed_in)[0]


@pytest.fixture
def city(built, db):
    """The whole city as it was built; each test finds it untouched, and its log signed with the key of the test."""
    publish_head(now=NOW)
    return built
