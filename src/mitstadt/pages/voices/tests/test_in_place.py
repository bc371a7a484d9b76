"""Support and reply in place: a script gets the part that changed, and refusals keep what was typed."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import mitstadt
from cast import AFTER_THE_PHASE, NOW, ida, jörg
from mitstadt.ground import clock
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.models import Comment
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import on_day, visit

pytestmark = pytest.mark.django_db
SOURCE = Path(mitstadt.__file__).parent
BY_SCRIPT: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def said():
    return contribution(running_process(), actor=jörg())


@pytest.fixture
def first(said):
    return comment(said, actor=jörg(), text="Wo?", now=NOW)


def fragment(response) -> str:
    """What is swapped in: a part, never a page."""
    page = response.content.decode()
    assert "<html" not in page
    return page


def typed(text="Am Eingang."):
    return {"text": text, "submission_key": str(uuid4())}


def test_a_tap_answers_the_control_alone_and_says_what_happened(said):
    browser = visit(ida())

    given = fragment(browser.post(f"/eintraege/{said.ref}/unterstuetzen/", **BY_SCRIPT))
    taken = fragment(browser.post(f"/eintraege/{said.ref}/nicht-mehr-unterstuetzen/", **BY_SCRIPT))

    assert "1 Mensch unterstützt das" in given
    assert "nicht-mehr-unterstuetzen" in given
    assert "Ihre Unterstützung zählt." in given
    assert "0 Menschen unterstützen das" in taken
    assert "Ihre Unterstützung ist zurückgenommen." in taken


def test_a_refused_support_says_why_beside_the_control(said, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    answer = visit(ida()).post(f"/eintraege/{said.ref}/unterstuetzen/", **BY_SCRIPT)

    assert answer.status_code == 422
    assert "Die Frist endete" in fragment(answer)


def test_a_guest_stays_on_the_page_and_gets_new_keys_for_all_its_forms(said):
    browser = visit()
    answer = browser.post(f"/eintraege/{said.ref}/unterstuetzen/", **BY_SCRIPT)

    assert set(json.loads(answer["HX-Trigger"])["new-keys"]) == {"csrfmiddlewaretoken", "opened_for"}
    assert 'id="kopf-werkzeuge" hx-swap-oob="true"' in fragment(answer)
    assert "nicht-mehr-unterstuetzen" in fragment(answer)
    said.refresh_from_db()
    assert (said.support_count, said.guest_support_count) == (0, 1)


def test_without_scripts_whoever_supports_in_a_list_stays_in_it(said):
    browser, listed = visit(ida()), "/suche/?q=Bank&seite=2"

    stays = browser.post(
        f"/eintraege/{said.ref}/unterstuetzen/", {"stays": "1"}, HTTP_REFERER=f"http://testserver{listed}"
    )
    elsewhere = browser.post(
        f"/eintraege/{said.ref}/unterstuetzen/", {"stays": "1"}, HTTP_REFERER="https://example.org/liste/"
    )

    assert stays["Location"] == f"{listed}#{said.ref}"
    assert elsewhere["Location"] == f"/eintraege/{said.ref}/"


def test_a_comment_is_written_and_stands_where_its_record_is_listed(said):
    browser, address = visit(ida()), f"/eintraege/{said.ref}/kommentieren/"

    opened = fragment(browser.get(address, **BY_SCRIPT))
    made = browser.post(address, {**typed(), "stance": "for"}, **BY_SCRIPT)

    assert f'id="id_{said.ref}_text"' in opened
    assert "Am Eingang." in fragment(made)
    assert re.search(rf'hx-swap-oob="innerHTML:#anzahl-{said.ref}">\s*1 Kommentar', made.content.decode())


def test_the_reply_form_opens_in_place_and_the_reply_takes_its_place(first):
    browser = visit(ida())
    address = f"/eintraege/{first.ref}/antworten/"

    opened = browser.get(address, **BY_SCRIPT)
    made = browser.post(address, typed(), **BY_SCRIPT)

    assert 'name="text"' in fragment(opened)
    assert "HX-Request" in opened["Vary"]
    reply = Comment.objects.get(reply_to=first)
    assert "Am Eingang." in fragment(made)
    assert f"Sein Kennzeichen: {reply.ref}" in made.content.decode()
    assert made["HX-Reswap"] == "outerHTML"
    assert re.search(r'hx-swap-oob="innerHTML:#anzahl-[^"]+">\s*2 Kommentare', made.content.decode())


def test_every_page_that_changes_in_place_says_what_happened():
    templates = {path: path.read_text() for path in SOURCE.rglob("templates/**/*.html")}
    in_place = [path for path, words in templates.items() if "in_place_head.html" in words]

    assert in_place
    assert [path.name for path in in_place if "in_place_status.html" not in templates[path]] == []


def test_an_empty_reply_is_refused_in_place(first):
    answer = visit(ida()).post(f"/eintraege/{first.ref}/antworten/", typed("  "), **BY_SCRIPT)

    assert answer.status_code == 422
    assert "Der Text fehlt." in fragment(answer)
    assert not Comment.objects.filter(reply_to=first).exists()


def test_a_refused_reply_keeps_what_was_typed(first, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    answer = visit(ida()).post(f"/eintraege/{first.ref}/antworten/", typed("Mein langer Text."), **BY_SCRIPT)

    assert "Mein langer Text." in fragment(answer)
    assert "Die Frist endete" in fragment(answer)


def test_a_guest_who_replies_is_led_to_the_receipt_with_their_code(first):
    answer = visit().post(f"/eintraege/{first.ref}/antworten/", typed(), **BY_SCRIPT)

    reply = Comment.objects.get(reply_to=first)
    assert answer["HX-Redirect"] == f"/beleg/{reply.ref}/"


def test_nobody_is_asked_to_support_their_own_words(first):
    made = visit(ida()).post(f"/eintraege/{first.ref}/antworten/", typed(), **BY_SCRIPT)

    assert "unterstuetzen" not in fragment(made)
