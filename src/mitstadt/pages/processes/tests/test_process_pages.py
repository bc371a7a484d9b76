"""The list of processes, a process's page and its commitment: for everyone, and nothing too early."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from cast import (
    AFTER_THE_PHASE,
    LATER,
    NOW,
    changed_by_two,
    closed_early,
    ida,
    jörg,
    malik,
    office,
    person,
    prepared_process,
    with_role,
)
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.parts import plan_part
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.amending import COMMITMENT
from mitstadt.spine.models import Access, RecordState
from mitstadt.spine.tests.trial_format import contribution, running_process, trial_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    return running_process()


def page(client, process, below="") -> str:
    answer = client.get(f"/beteiligungen/{process.ref}/{below}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_anyone_reads_question_promise_and_ways(client, process):
    contribution(process, actor=jörg())

    words = page(client, process)

    assert process.title in words
    assert "Die alten Bäume bleiben." in words
    assert "Auf Papier" in words
    assert "Niemand braucht ein Konto." in words
    assert "1 Beitrag ist da" in words


def test_people_are_told_the_last_day_and_not_the_midnight_after_it(client, process):
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=10)
    process.phases.update(closes_at=timezone.make_aware(timezone.make_naive(midnight).replace(hour=0)))

    assert date_format(timezone.localdate(midnight) - timedelta(days=1), "DATE_FORMAT") in page(client, process)


def test_a_process_for_accounts_offers_no_code(client):
    words = page(client, running_process(access=Access.ACCOUNT))

    assert "Mit Teilnahmecode" not in words
    assert "Niemand braucht ein Konto." not in words


def test_ida_follows_from_the_page_and_guests_see_the_way_to_it(client, process):
    button = f'action="/folgen/eintrag/?was={process.ref}"'
    assert button not in page(client, process)
    assert f'href="/folgen/eintrag/?was={process.ref}"' in page(client, process)

    client.force_login(ida().person)
    assert button in page(client, process)


def test_after_the_phase_the_page_says_so_and_everything_stays_readable(client, process, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    assert "Die Zeit zum Mitmachen ist vorbei." in page(client, process)


def test_what_is_in_preparation_exists_for_its_host_alone(client):
    hidden = prepared_process(title="Noch geheim?")
    stranger = with_role(person("Fremd"), Role.OWNER, office("Anderes Amt", slug="anderes"))

    for below in ("", "zusage/"):
        strict = type(client).__mro__[1]()
        assert strict.get(f"/beteiligungen/{hidden.ref}/{below}").status_code == 404
        strict.force_login(stranger.person)
        assert strict.get(f"/beteiligungen/{hidden.ref}/{below}").status_code == 404
    client.force_login(malik().person)
    assert "Noch geheim?" in page(client, hidden, "zusage/")


def test_strangers_see_no_rooms_of_those_who_work_there(client, process):
    client.force_login(ida().person)

    assert "Sie arbeiten hier mit" not in page(client, process)


def test_a_changed_promise_shows_before_after_and_why(client, process):
    assert "Bisher wurde nichts geändert." in page(client, process, "zusage/")

    changed_by_two(
        process, COMMITMENT, after={"answer_by": "2027-08-01"}, reason="Mehr Beiträge als gedacht.", now=LATER
    )

    words = page(client, process, "zusage/")
    assert "Mehr Beiträge als gedacht." in words
    assert "2027-07-01" in words or "1. Juli 2027" in words


def test_the_list_shows_what_is_open_and_on_demand_everything(client, process):
    closed = running_process(title="Fertig?")
    closed_early(closed, now=LATER)
    prepared_process(title="Noch geheim?")

    first, everything = (
        client.get("/beteiligungen/").content.decode(),
        client.get("/beteiligungen/?stand=alle").content.decode(),
    )

    assert process.title in first
    assert "Fertig?" not in first
    assert "Fertig?" in everything
    assert "Noch geheim?" not in everything


def test_an_empty_city_shows_the_way_on(client):
    assert "Gerade ist hier nichts offen" in client.get("/beteiligungen/").content.decode()


@pytest.mark.parametrize(
    "query", ["seite=0", "seite=x", "seite=99999999999999999999", "gebiet=%00", "stand=<b>", "gebiet='"]
)
def test_nonsense_in_the_address_breaks_no_list(client, process, query):
    assert client.get(f"/beteiligungen/?{query}").status_code == 200


def test_the_list_takes_the_same_queries_for_one_and_for_many(client, process, django_assert_num_queries):
    client.get("/beteiligungen/")
    with django_assert_num_queries(7):
        client.get("/beteiligungen/")
    for number in range(8):
        running_process(title=f"Frage {number}?")
    with django_assert_num_queries(7):
        client.get("/beteiligungen/")


def test_the_way_into_the_only_open_part_is_the_one_button(client, process):
    words = page(client, process)

    assert words.count("btn btn--primary") == 1
    assert "Auf Papier:" not in words


def test_several_parts_are_told_apart_by_their_titles(client):
    process = prepared_process()
    for title in ("Der Platz am Tag", "Der Platz in der Nacht"):
        part = trial_part(process)
        part.title = title
        part.save()
    open_process(process, actor=malik(), now=NOW)

    words = page(client, process)

    assert "Auf Papier: Der Platz am Tag" in words
    assert "Auf Papier: Der Platz in der Nacht" in words
    assert 'href="#wege"' in words


def test_the_list_says_until_when_one_can_still_take_part_and_nothing_of_a_part_in_preparation(client, process):
    last = process.phases.get().closes_at
    for days, title in ((-9, "Kürzer"), (9, "Geplant")):
        part = plan_part(
            process,
            actor=malik(),
            format_key="trial",
            title=title,
            opens_at=NOW - timedelta(days=1),
            closes_at=last + timedelta(days=days),
            now=NOW,
        )
        if days < 0:
            part.state = RecordState.PUBLISHED
            part.save()

    words = " ".join(client.get("/beteiligungen/").content.decode().split())

    last_day = date_format(timezone.localtime(last - timedelta(seconds=1)), "DATE_FORMAT")
    assert re.findall(r"mitmachen bis (?:<[^>]*>)*([^<]*\d{4})", words) == [last_day]
