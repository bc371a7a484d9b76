"""A form knows for whom it was opened: nobody speaks as somebody else without being asked, and no word is lost."""

import re

import pytest

from cast import ida, jörg
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine.models import Comment
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
WORDS = "Hier fehlt eine Bank im Schatten."


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def address():
    said = comment_at(passage(opened(), "Für Kinder"), actor=ida())
    return f"/eintraege/{said.ref}/kommentieren/"


def fields_of(page, action=None):
    """The hidden fields of the form that writes, as the browser would send them."""
    part = page[page.index(f'action="{action}"') :] if action else page
    return {
        name: value
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part)
        if name != "csrfmiddlewaretoken"
    }


def typed(browser, address):
    page = browser.get(address).content.decode()
    keys = re.findall(r'name="submission_key" value="([^"]+)"', page)
    opened_for = re.findall(r'name="opened_for" value="([^"]+)"', page)
    return {"text": WORDS, "stance": "neutral", "submission_key": keys[0], "opened_for": opened_for[-1]}


def test_whoever_lost_their_session_is_asked_and_keeps_the_words(address):
    browser = visit(jörg())
    form = typed(browser, address)
    browser.logout()

    answer = browser.post(address, form)

    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert "Jetzt sind Sie es nicht mehr." in answer.content.decode()
    assert not Comment.objects.exists()


def test_after_signing_in_again_the_words_wait_and_go_out_with_the_name(address):
    browser = visit(jörg())
    form = typed(browser, address)
    browser.logout()
    browser.post(address, form)
    browser.force_login(jörg().person, backend="django.contrib.auth.backends.ModelBackend")

    page = browser.get("/noch-nicht-gesendet/").content.decode()
    assert WORDS in page
    assert "Als Jörg senden" in page
    assert browser.post(address, fields_of(page, address)).status_code == 302
    assert Comment.objects.get().author == jörg().person
    assert WORDS not in browser.get("/noch-nicht-gesendet/").content.decode()


def test_whoever_chooses_to_speaks_without_a_name(address):
    browser = visit(jörg())
    form = typed(browser, address)
    browser.logout()
    page = browser.post(address, form).content.decode()

    assert "Ohne Namen senden" in page
    assert browser.post(address, fields_of(page, address)).status_code == 302
    assert not Comment.objects.get().author.has_account


def test_another_person_at_the_same_browser_is_asked_too(address):
    browser = visit(jörg())
    form = typed(browser, address)
    browser.force_login(ida().person, backend="django.contrib.auth.backends.ModelBackend")

    answer = browser.post(address, form)

    assert answer.status_code == 409
    assert "Jetzt sind Sie Ida." in answer.content.decode()


def test_a_guest_who_signed_in_meanwhile_is_asked_before_the_name_stands_there(address):
    browser = visit()
    form = typed(browser, address)
    browser.force_login(jörg().person, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.post(address, form).status_code == 409


def test_a_guest_who_got_a_code_in_another_tab_is_not_asked(address):
    browser = visit()
    first, second = typed(browser, address), typed(browser, address)

    assert browser.post(address, first).status_code == 302
    assert browser.post(address, second).status_code == 302
    assert Comment.objects.count() == 2


def test_a_guest_signs_in_before_the_form_is_sent_and_loses_no_word(address):
    browser = visit()
    form = typed(browser, address)
    assert "Erst anmelden, dann mit Namen senden" in browser.get(address).content.decode()

    answer = browser.post(address, {**form, "sign_in_first": "1"})

    assert answer.headers["Location"] == "/konto/login/?next=%2Fnoch-nicht-gesendet%2F"
    assert not Comment.objects.exists()
    browser.force_login(jörg().person, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get("/noch-nicht-gesendet/").content.decode()
    assert WORDS in page
    assert browser.post(address, fields_of(page, address)).status_code == 302
    assert Comment.objects.get().author == jörg().person


def test_whoever_is_signed_in_is_offered_no_sign_in(address):
    assert "sign_in_first" not in visit(jörg()).get(address).content.decode()


def test_a_support_in_place_leads_to_the_question(address):
    ref = address.split("/")[2]
    browser = visit(jörg())
    form = typed(browser, address)
    browser.logout()

    answer = browser.post(
        f"/eintraege/{ref}/unterstuetzen/", {"opened_for": form["opened_for"]}, headers={"HX-Request": "true"}
    )

    assert answer.headers["HX-Redirect"] == "/noch-nicht-gesendet/"


@pytest.mark.parametrize("nonsense", ["x", "guest", "0" * 24, "0" * 90_000])
def test_nonsense_in_the_field_asks_and_breaks_nothing(address, nonsense):
    assert visit().post(address, {"text": WORDS, "opened_for": nonsense}).status_code == 409


def test_every_form_that_is_sent_says_for_whom_it_is(address):
    browser = visit(jörg())
    for where in (address, "/", "/meine-seite/", "/meine-seite/einstellungen/", f"/melden/{address.split('/')[2]}/"):
        page = browser.get(where).content.decode()
        assert page.count('name="opened_for"') == page.count('name="csrfmiddlewaretoken"'), where
        assert page.count('method="post"') == page.count('name="opened_for"'), where
