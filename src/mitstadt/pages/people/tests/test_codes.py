"""The participation code: forgiving to read, good in one process alone, counted when it fails."""

from datetime import timedelta

import pytest

from cast import NOW, ida, jörg, malik, prepared_process
from mitstadt.spine.actions import limits
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.models import Channel, Comment, Turn
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def code(process):
    return issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)[0]


def test_linh_types_her_code_as_she_likes_and_is_led_to_the_process(client, process, code):
    answer = client.post("/code/", {"code": f"  {code.lower().replace('-', ' ')} "}, follow=True)

    assert answer.redirect_chain == [(f"/beteiligungen/{process.ref}/", 302)]
    page = answer.content.decode()
    assert "können Sie beitragen, kommentieren und unterstützen" in page
    assert "mit Teilnahmecode" in page


def test_the_same_code_leads_to_the_same_person_in_every_browser(client, code):
    client.post("/code/", {"code": code})
    other = type(client)(unique_titles=False)
    other.post("/code/", {"code": code})

    assert client.session["_auth_user_id"] == other.session["_auth_user_id"]


def test_a_wrong_code_is_refused_with_what_was_typed(client, code):
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")

    answer = client.post("/code/", {"code": wrong})

    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_many_failures_a_connection_pauses_and_is_shown_ways_on_but_a_right_code_is_never_refused(
    client, code, monkeypatch
):
    monkeypatch.setattr("mitstadt.pages.people.views.codes.CODES_PER_HOUR", 3)
    for _ in range(3):
        client.post("/code/", {"code": "2222-2222-2222-2222"})

    page = client.post("/code/", {"code": "2222-2222-2222-2222"}).content.decode()
    assert "sehr viel" in page
    assert all(f'href="{way}"' in page for way in ("/code/", "/konto/login/", "/beteiligungen/", "/haus/"))
    elsewhere = client.post("/code/", {"code": "2222-2222-2222-2222"}, REMOTE_ADDR="192.0.2.7").content.decode()
    assert "sehr viel" not in elsewhere
    assert client.post("/code/", {"code": code}).status_code == 302


def test_codes_that_are_right_are_not_counted(client, process, monkeypatch):
    monkeypatch.setattr("mitstadt.pages.people.views.codes.CODES_PER_HOUR", 3)
    for secret in issue_codes(process, actor=malik(), count=5, channel=Channel.PAPER, now=NOW):
        assert client.post("/code/", {"code": secret}).status_code == 302


def test_counters_are_forgotten(client):
    client.post("/code/", {"code": "2222-2222-2222-2222"})

    assert limits.forget_old_counts(now=NOW) == 0
    assert limits.forget_old_counts(now=NOW + timedelta(hours=1)) == 1


def test_a_code_gives_nothing_in_another_process(client, code):
    elsewhere = running_process(title="Anderswo?")
    said = contribution(elsewhere, actor=jörg())
    client.post("/code/", {"code": code})

    client.post(f"/eintraege/{said.ref}/unterstuetzen/")
    refused = client.post(
        f"/eintraege/{said.ref}/kommentieren/",
        {"text": "Ich auch.", "stance": "neutral", "submission_key": "0b6e7c3e-4d4f-4a51-9b53-1f6f6f0a1e01"},
    )

    assert not Turn.objects.exists()
    assert not Comment.objects.exists()
    assert refused.status_code == 422
    assert "gilt anderswo" in refused.content.decode()
    assert "Ich auch." in refused.content.decode()


def test_a_code_shows_nothing_that_its_holder_did_not_write(client, process, code):
    hidden = prepared_process(title="Noch geheim?")
    client.post("/code/", {"code": code})

    assert client.get(f"/werdegang/{hidden.ref}/").status_code == 404


def test_ida_with_an_account_is_told_that_she_needs_no_code(client, code):
    client.force_login(ida().person)

    page = client.get("/code/").content.decode()
    client.post("/code/", {"code": code})

    assert "einen Code brauchen Sie nicht" in page
    assert client.session["_auth_user_id"] == str(ida().person.pk)


def test_leaving_asks_whether_the_code_is_written_down(client, code):
    client.post("/code/", {"code": code})

    assert 'href="/code/abmelden/"' in client.get("/").content.decode()
    assert "aufgeschrieben" in client.get("/code/abmelden/").content.decode()
    assert "_auth_user_id" in client.session
    client.post("/code/abmelden/")
    assert "_auth_user_id" not in client.session


def test_the_session_gets_a_new_key_with_a_code(client, code):
    client.force_login(ida().person)
    client.post("/konto/logout/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key

    client.post("/code/", {"code": code})

    assert client.session.session_key != planted
