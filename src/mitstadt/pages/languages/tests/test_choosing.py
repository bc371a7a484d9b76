"""A language is chosen once: every address leads to it, on this device and wherever one signs in."""

import pytest
from django.test import Client

from cast import NOW, jörg, malik
from mitstadt.participation.drafting.tests.builders import hosted, opened
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.models import Channel
from visits import visit

pytestmark = pytest.mark.django_db
COOKIE = "sprache"


def location(answer) -> str:
    assert answer.status_code == 302, answer.content[:200]
    return answer.headers["Location"]


def chose(language: str, back: str = "/zusagen/") -> Client:
    browser = visit()
    assert location(browser.get(f"/sprache/{language}/", {"weiter": back})).endswith(back)
    return browser


@pytest.mark.parametrize(("language", "home"), [("en", "/en/"), ("de-simple", "/de-simple/")])
def test_whoever_chose_a_language_is_led_to_it_from_every_address_that_says_none(language, home):
    browser = chose(language)

    assert location(browser.get("/")) == home
    assert location(browser.get("/suche/?q=Bank")) == f"{home}suche/?q=Bank"
    # An address that says a language is read in it: a friend sent it so.
    assert browser.get("/en/zusagen/").status_code == 200


def test_the_way_back_to_german_is_one_link():
    browser = chose("en")

    assert location(browser.get("/sprache/de/", {"weiter": "/en/zusagen/"})) == "/zusagen/"
    assert browser.get("/zusagen/").status_code == 200


def test_nobody_is_led_anywhere_before_they_chose():
    assert visit().get("/", headers={"accept-language": "en"}).status_code == 200


def test_files_and_addresses_for_programs_have_no_language():
    browser = chose("en")

    assert browser.get("/robots.txt").status_code == 200


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_nobody_is_led_out_of_the_city(back):
    assert location(visit().get("/sprache/en/", {"weiter": back})) == "/en/"


def test_a_language_without_pages_is_no_choice():
    browser = visit()
    browser.cookies[COOKIE] = "../../x"

    assert browser.get("/sprache/tr/").status_code == 404
    assert browser.get("/").status_code == 200


def test_with_an_account_the_choice_is_kept_wherever_one_signs_in():
    visit(jörg()).post("/sprache/en/?weiter=/zusagen/")

    elsewhere = visit(jörg())
    assert location(elsewhere.get("/")) == "/en/"
    person = jörg().person
    person.refresh_from_db()
    assert person.language == "en"


def test_a_link_that_somebody_sent_changes_no_account():
    browser = visit(jörg())
    browser.get("/sprache/en/")

    person = jörg().person
    person.refresh_from_db()
    assert person.language == ""


def test_a_choice_on_this_device_goes_before_that_of_the_account():
    browser = visit(jörg())
    browser.post("/sprache/en/")
    browser.get("/sprache/de/")

    assert browser.get("/zusagen/").status_code == 200


def test_whoever_signs_in_reads_what_they_chose_and_not_what_the_one_before_them_did():
    process = hosted(opened())
    [code] = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)
    on_paper = {"code": code}
    browser = visit()
    browser.post("/code/", on_paper)
    browser.post("/sprache/en/")

    shared = chose("de-simple")
    came = shared.post("/de-simple/code/", on_paper)

    assert came.cookies[COOKIE].value == "en"


def test_whoever_signs_out_leaves_no_language_to_the_next_at_this_device():
    browser = visit(jörg())
    browser.post("/sprache/en/")

    left = browser.post("/en/konto/logout/")

    assert left.cookies[COOKIE].value == ""
    assert left.cookies[COOKIE]["max-age"] == 0


def test_saving_the_settings_chooses_for_this_device_too():
    browser = visit(jörg())
    browser.post("/sprache/en/")
    answers = {"display_name": "Jörg", "language": "de", "digest_rhythm": "weekly"}

    assert location(browser.post("/en/meine-seite/einstellungen/", answers)) == "/meine-seite/einstellungen/"
    assert browser.get("/zusagen/").status_code == 200


@pytest.mark.parametrize("asked", ["en-GB,en;q=0.9,de;q=0.5", "tr,en;q=0.5"])
def test_a_browser_is_offered_its_language_in_its_own_words(asked):
    told = visit().get("/zusagen/", headers={"accept-language": asked})
    page = told.content.decode()

    assert 'lang="en"' in page.partition("</header>")[0]
    assert "These pages are also available in English." in page
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in told.headers["Vary"].split(",")}


@pytest.mark.parametrize("asked", ["de-AT,en;q=0.8", "tr,de;q=0.5", "*", "", "xx-%%%", "de" * 400])
def test_nothing_is_offered_where_the_page_speaks_it_or_the_city_does_not(asked):
    assert 'class="offer"' not in visit().get("/zusagen/", headers={"accept-language": asked}).content.decode()


def test_who_declined_or_chose_is_not_asked_again():
    page = chose("de").get("/zusagen/", headers={"accept-language": "en"}).content.decode()

    assert 'class="offer"' not in page


def test_plain_german_is_offered_to_nobody_and_left_to_whoever_reads_it():
    page = visit().get("/de-simple/zusagen/", headers={"accept-language": "de"}).content.decode()

    assert 'class="offer"' not in page
    assert '<html lang="de-simple" dir="ltr">' in page


def test_each_language_stands_in_the_menu_under_its_own_name():
    for prefix in ("", "/en", "/de-simple"):
        menu = visit().get(f"{prefix}/zusagen/").content.decode().partition("</nav>")[0]
        for name in ("Deutsch", "English", "Einfache Sprache"):
            assert f">{name}</a>" in menu


def test_programs_find_the_same_page_in_the_other_languages():
    page = visit().get("/en/zusagen/").content.decode()

    assert '<link rel="alternate" hreflang="de-simple" href="/de-simple/zusagen/">' in page
    assert '<link rel="alternate" hreflang="de" href="/zusagen/">' in page
