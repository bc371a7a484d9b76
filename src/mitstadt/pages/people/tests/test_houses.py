"""A library shows its key: ten times as many people take part at its one connection, and they are guests."""

from datetime import timedelta

import pytest

from cast import NOW, jörg
from mitstadt.ground import clock
from mitstadt.spine.actions import houses, limits
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import House, HouseConnection, Turn
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def key():
    return houses.issue_house("Stadtbibliothek Mitte", days=400, now=NOW)


def flood(most, *, at="127.0.0.1", now=NOW):
    """How many come in, of forty."""
    taken = 0
    for _ in range(40):
        try:
            limits.count_one("guest", at, most=most, now=now)
        except Refused:
            continue
        taken += 1
    return taken


def test_ten_times_as_many_come_in_where_the_key_was_shown_and_nowhere_else(client, key):
    page = client.post("/haus/", {"code": key.lower().replace("-", " ")}).content.decode()

    assert "Stadtbibliothek Mitte" in page
    assert flood(2) == 20
    assert flood(2, at="192.0.2.7") == 2


def test_who_takes_part_in_a_house_is_a_guest(client, key):
    said = contribution(running_process(), actor=jörg())
    client.post("/haus/", {"code": key})
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    assert Turn.objects.get().standing == "guest"


def test_a_key_is_kept_as_a_digest_and_a_connection_too(client, key):
    client.post("/haus/", {"code": key})

    assert key not in str(House.objects.values())
    assert "127.0.0.1" not in str(HouseConnection.objects.values())


def test_a_connection_shows_its_key_again_after_thirty_days(client, key):
    client.post("/haus/", {"code": key})
    later = clock.now() + houses.SHOWN_FOR

    assert flood(2, now=later - timedelta(minutes=1)) == 20
    assert flood(2, now=later) == 2


def test_a_key_that_was_ended_helps_at_none_of_its_connections(client, key):
    client.post("/haus/", {"code": key})
    houses.end_house("Stadtbibliothek Mitte")

    assert flood(2) == 2
    assert client.post("/haus/", {"code": key}).status_code == 422


def test_a_key_that_is_over_is_refused(client):
    key = houses.issue_house("Schule", days=1, now=NOW - timedelta(days=2))

    answer = client.post("/haus/", {"code": key})

    assert answer.status_code == 422
    assert "kennen wir nicht" in answer.content.decode()


def test_wrong_keys_are_counted_and_a_right_one_is_never_refused(client, key, monkeypatch):
    monkeypatch.setattr("mitstadt.pages.people.views.codes.CODES_PER_HOUR", 1)
    for _ in range(2):
        page = client.post("/haus/", {"code": "2222-2222-2222-2222"}).content.decode()

    assert "sehr viel" in page
    assert client.post("/haus/", {"code": key}).status_code == 200


def test_two_houses_of_one_name_are_refused(key):
    with pytest.raises(Refused, match="house_name_taken"):
        houses.issue_house("Stadtbibliothek  Mitte ".replace("  ", " "), days=1, now=NOW)
    with pytest.raises(Refused, match="house_name"):
        houses.issue_house("  ", days=1, now=NOW)


def test_a_house_that_ends_sooner_raises_no_limit_for_the_thirty_days(client):
    key = houses.issue_house("Schule", days=1, now=NOW)
    client.post("/haus/", {"code": key})

    assert flood(2, now=NOW + timedelta(hours=23)) == 20
    assert flood(2, now=NOW + timedelta(hours=25)) == 2


def test_ten_times_as_many_guests_of_a_house_count_before_a_moderator_looks(client, key, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.bursts.GUESTS_THAT_COUNT", 1)
    said = contribution(running_process(), actor=jörg())
    client.post("/haus/", {"code": key})
    for _guest in range(12):
        visit().post(f"/eintraege/{said.ref}/unterstuetzen/")

    said.refresh_from_db()
    assert (said.guest_support_count, said.held_support_count) == (10, 2)


def test_a_house_whose_key_is_over_gets_a_new_one_under_its_name(key):
    later = NOW + timedelta(days=401)

    assert houses.houses(now=later) == []
    assert houses.issue_house("Stadtbibliothek Mitte", days=1, now=later) != key
