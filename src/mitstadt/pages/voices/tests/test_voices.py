"""Support, comment, take back: with an account, with a code, as a guest; nothing typed is lost."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cast import AFTER_THE_PHASE, NOW, ida, jörg, malik, prepared_process
from mitstadt.ground import clock
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions import limits
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.supports import support
from mitstadt.spine.models import Access, Comment, Turn
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
DEEDS = ["support", "end_support", "comment", "own_record"]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg())


def as_(client, actor):
    client.force_login(actor.person)
    return client


def typed(text="Ja, und Licht.", **fields: object) -> dict[str, object]:
    return {"text": text, "stance": "for", "submission_key": str(uuid4()), **fields}


def test_ida_supports_and_takes_it_back(client, said):
    as_(client, ida()).post(f"/eintraege/{said.ref}/unterstuetzen/")
    said.refresh_from_db()
    assert said.support_count == 1

    answer = client.post(f"/eintraege/{said.ref}/nicht-mehr-unterstuetzen/", follow=True)
    said.refresh_from_db()
    assert said.support_count == 0
    assert "zurückgenommen" in answer.content.decode()


def test_a_guest_supports_once_and_gets_a_code_for_it(client, said):
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    said.refresh_from_db()
    assert (said.support_count, said.guest_support_count) == (0, 1)
    assert Person.objects.filter(kind="code").count() == 1


def test_a_guest_is_told_that_guests_are_counted_apart(client, said):
    page = client.post(f"/eintraege/{said.ref}/unterstuetzen/", follow=True).content.decode()

    assert "Gäste werden getrennt gezählt." in page


def test_nobody_is_told_that_a_reply_is_replied_to(client, said):
    first = comment(said, actor=jörg(), text="Wo?", now=NOW)
    page = client.post(f"/eintraege/{first.ref}/antworten/", typed(), follow=True).content.decode()

    assert "Andere lesen Ihre Antwort unter dem Kommentar." in page
    assert "können darauf antworten" not in page


@pytest.mark.parametrize("name", ["support", "end_support"])
def test_nothing_happens_by_a_link_alone(client, said, name):
    assert as_(client, ida()).get(reverse(name, args=[said.ref])).status_code == 405


def test_linh_comments_as_a_guest_and_can_write_down_ref_and_code(client, said):
    answer = client.post(f"/eintraege/{said.ref}/kommentieren/", typed(), follow=True)

    made = Comment.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == f"/beleg/{made.ref}/"
    assert "Ihr Kommentar ist angekommen." in page
    assert made.ref in page
    assert re.search(r"<code>[2-9A-Z]{4}(-[2-9A-Z]{4}){3}</code>", page)
    assert (made.stance, made.author.kind) == ("for", "code")


def test_nobody_else_reads_the_code_on_the_receipt(client, said):
    client.post(f"/eintraege/{said.ref}/kommentieren/", typed())
    made = Comment.objects.get()

    for other in (type(client)(unique_titles=False), as_(type(client)(unique_titles=False), ida())):
        page = other.get(f"/beleg/{made.ref}/").content.decode()
        assert made.ref in page
        assert "code-note__code" not in page


def test_a_form_sent_twice_leads_to_the_same_receipt(client, said):
    form = typed()

    first = as_(client, ida()).post(f"/eintraege/{said.ref}/kommentieren/", form)
    second = client.post(f"/eintraege/{said.ref}/kommentieren/", form)

    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_what_was_typed_stays_when_the_phase_ended_meanwhile(client, said, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    answer = as_(client, ida()).post(f"/eintraege/{said.ref}/kommentieren/", typed("Mein langer Text."))

    assert answer.status_code == 422
    assert "Mein langer Text." in answer.content.decode()
    assert "Die Frist endete" in answer.content.decode()


def test_what_a_guest_typed_stays_and_no_person_is_left_behind(client, said, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    answer = client.post(f"/eintraege/{said.ref}/kommentieren/", typed("Mein langer Text."))

    assert "Mein langer Text." in answer.content.decode()
    assert not Person.objects.filter(kind="code").exists()


def test_what_was_typed_stays_when_the_sign_in_ended_meanwhile(client):
    said = contribution(running_process(access=Access.ACCOUNT), actor=jörg())

    answer = client.post(f"/eintraege/{said.ref}/kommentieren/", typed("Mein langer Text."))

    assert answer.status_code == 422
    assert "Mein langer Text." in answer.content.decode()
    assert "brauchen Sie ein Konto" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5_001])
def test_an_empty_or_endless_comment_is_refused_with_a_sentence(client, said, text):
    answer = as_(client, ida()).post(f"/eintraege/{said.ref}/kommentieren/", typed(text))

    assert answer.status_code == 422
    assert "<title>Fehler:" in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_reply_stands_below_and_takes_no_side(client, said):
    first = comment(said, actor=ida(), text="Wo?", now=NOW)

    page = as_(client, jörg()).get(f"/eintraege/{first.ref}/antworten/").content.decode()
    client.post(f"/eintraege/{first.ref}/antworten/", typed("Am Eingang."))

    made = Comment.objects.exclude(pk=first.pk).get()
    assert "stance" not in page
    assert (made.reply_to, made.stance) == (first, "neutral")


def test_a_flood_of_guests_from_one_connection_pauses(client, said, monkeypatch):
    monkeypatch.setattr("mitstadt.ui.participants.GUESTS_PER_HOUR", 2)
    assert limits.GUESTS_PER_HOUR > 2
    answers = [
        type(client)(unique_titles=False).post(f"/eintraege/{said.ref}/kommentieren/", typed(f"Text {number}"))
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Text 2" in answers[2].content.decode()


@pytest.mark.parametrize(("deed", "state"), [("withdraw", "withdrawn"), ("erase", "erased")])
def test_jörg_takes_back_what_he_said(client, said, deed, state):
    assert as_(client, jörg()).get(f"/eintraege/{said.ref}/zuruecknehmen/").status_code == 200

    answer = client.post(f"/eintraege/{said.ref}/zuruecknehmen/", {"deed": deed}, follow=True)

    said.refresh_from_db()
    assert said.state == state
    assert type(client)(unique_titles=False).get(f"/werdegang/{said.ref}/").status_code == 200
    assert ("Mehr Bänke" in answer.content.decode()) == (deed == "withdraw"), "he may still read what he took back"


@pytest.mark.parametrize("who", [ida, malik])
def test_nobody_takes_back_what_another_said(client, said, who):
    answer = as_(client, who()).post(f"/eintraege/{said.ref}/zuruecknehmen/", {"deed": "erase"})

    said.refresh_from_db()
    assert answer.status_code in {403, 422}
    assert said.body == "Mehr Bänke im Schatten."


def test_a_guest_takes_nothing_back(client, said):
    assert client.get(f"/eintraege/{said.ref}/zuruecknehmen/").status_code == 403


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_not_public_does_not_exist_for_strangers(client, name):
    hidden = prepared_process(title="Noch geheim?")
    path = reverse(name, args=[hidden.ref])
    strict = type(client).__mro__[1]()

    assert strict.post(path).status_code == 404
    strict.force_login(ida().person)
    assert strict.post(path).status_code == 404


def test_support_in_one_process_is_none_in_another(client, said):
    elsewhere = contribution(running_process(title="Anderswo?"), actor=jörg())
    support(elsewhere, actor=ida(), now=NOW)

    said.refresh_from_db()
    assert said.support_count == 0
    assert Turn.objects.filter(record=elsewhere).count() == 1


def test_a_tap_without_its_key_leads_back_to_the_page_it_was_made_on(said):
    strict = Client(enforce_csrf_checks=True)
    came_from: dict[str, Any] = {"HTTP_REFERER": f"http://testserver/eintraege/{said.ref}/?seite=1"}
    page = strict.post(f"/eintraege/{said.ref}/unterstuetzen/", **came_from).content.decode()

    assert f'<a href="/eintraege/{said.ref}/">Seite neu laden</a>' in page


def test_a_page_of_strangers_is_no_way_back(said):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(f"/eintraege/{said.ref}/unterstuetzen/", HTTP_REFERER="https://boese.example/").content.decode()

    assert "boese" not in page


def test_nobody_is_offered_a_reply_that_would_be_refused(client, said, monkeypatch):
    first = comment(said, actor=jörg(), text="Wo?", now=NOW)
    reply = f"/eintraege/{first.ref}/antworten/"
    assert reply in client.get(f"/eintraege/{said.ref}/").content.decode()

    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)
    assert reply not in client.get(f"/eintraege/{said.ref}/").content.decode()


def test_comments_say_their_language(client, said):
    Comment.objects.filter(pk=comment(said, actor=jörg(), text="Burada.", now=NOW).pk).update(language="tr")

    assert re.search(r'comment__text flow" lang="tr"', client.get(f"/eintraege/{said.ref}/").content.decode())


def test_a_limit_that_is_told_on_the_next_page_still_shows_what_goes_on_at_once(client, said, monkeypatch):
    monkeypatch.setattr("mitstadt.ui.participants.GUESTS_PER_HOUR", 1)
    told = [
        type(client)(unique_titles=False).post(f"/eintraege/{said.ref}/unterstuetzen/", follow=True).content.decode()
        for _ in range(2)
    ]

    assert "So geht es sofort weiter" not in told[0]
    assert "sehr viel" in told[1]
    assert "So geht es sofort weiter" in told[1]
