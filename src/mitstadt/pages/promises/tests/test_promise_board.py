"""The promise board: every commitment of the city, the overdue ones first."""

from datetime import timedelta

import pytest

from cast import AFTER_THE_PHASE, NOW, jörg, malik, prepared_process
from mitstadt.ground import clock
from mitstadt.pages.promises import views
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.processes import declare_promise_kept
from mitstadt.spine.models import AnswerDecision, Commitment
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


def board(client) -> str:
    return client.get("/zusagen/").content.decode()


def test_an_empty_city_says_so(client):
    assert "Noch keine Zusage" in board(client)


def test_overdue_promises_stand_first_with_their_days(client, monkeypatch):
    running_process(title="Pünktlich?")
    late = running_process(title="Zu spät?")
    Commitment.objects.filter(process=late).update(answer_by=NOW.date() - timedelta(days=3))

    page = board(client)

    assert page.index("Zu spät?") < page.index("Pünktlich?")
    assert "seit 3 Tagen überfällig" in page


def test_what_waits_is_counted_and_a_kept_promise_is_told(client):
    process = running_process(title="Gehalten?")
    said = contribution(process, actor=jörg())
    assert "1 Beitrag wartet noch." in board(client)

    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=NOW)
    declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)

    assert "gehalten" in board(client)


def test_a_promise_kept_late_says_so(client, monkeypatch):
    process = running_process(title="Gehalten?")
    Commitment.objects.filter(process=process).update(answer_by=NOW.date() - timedelta(days=1))
    declare_promise_kept(process, actor=malik(), now=AFTER_THE_PHASE)

    assert "gehalten, aber zu spät" in board(client)


def test_what_is_in_preparation_promises_nothing_yet(client):
    prepared_process(title="Noch geheim?")

    assert "Noch geheim?" not in board(client)


def test_the_board_takes_the_same_queries_for_one_and_for_many(client, django_assert_num_queries, monkeypatch):
    running_process()
    board(client)
    with django_assert_num_queries(5):
        board(client)
    for number in range(6):
        running_process(title=f"Frage {number}?")
    with django_assert_num_queries(5):
        board(client)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=400))
    assert "überfällig" in board(client)


def test_a_long_board_is_read_page_by_page_and_what_is_overdue_is_on_the_first(client, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in range(3):
        running_process(title=f"Frage {number}?")
    late = running_process(title="Zu spät?")
    Commitment.objects.filter(process=late).update(answer_by=NOW.date() - timedelta(days=3))

    first, second = board(client), client.get("/zusagen/?seite=2").content.decode()

    assert "Zu spät?" in first
    assert "Zu spät?" not in second
    assert sum(f"Frage {number}?" in first for number in range(3)) == 1
    assert sum(f"Frage {number}?" in second for number in range(3)) == 2
