"""Taking part on a small phone: how many pages and taps it takes, with scripts and without."""

from __future__ import annotations

from typing import Any

import pytest

from axe import barriers
from visitors_over_http import Visitor

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])


class Counted:
    """A page that counts what it loads and what it asks the server for, without styles, scripts and pictures."""

    def __init__(self, page: Any) -> None:
        self.loads: list[str] = []
        self.asked: list[Any] = []
        page.on("framenavigated", lambda frame: self.loads.append(frame.url))
        page.on("request", lambda request: self.asked.append(request) if _is_asked(request) else None)

    def since(self) -> tuple[int, int]:
        """How many pages and how many requests since the last time; then from nothing again."""
        counted = len(self.loads), len(self.asked)
        self.loads.clear()
        self.asked.clear()
        return counted


def _is_asked(request: Any) -> bool:
    return request.resource_type in {"document", "xhr", "fetch"}


@pytest.fixture
def five(served):
    """A passage at which five people said something."""
    address = served.url("/texte/{text}/")
    text = Visitor(served.address).get(address)
    refs = [part.split("/")[0] for part in text.split(f'href="{address.removeprefix(served.address)}')[1:]]
    where = f"{address}{next(ref for ref in reversed(refs) if len(ref) == 9)}/"
    for body in ("Mehr Licht.", "Breitere Wege.", "Eine Uhr.", "Fahrradständer am Rand.", "Ein ruhiger Winkel."):
        Visitor(served.address).send(where, "body", body=body, similar_seen="on")
    return where


@pytest.mark.parametrize(
    ("script", "words"),
    [(True, "Die Müllkörbe quellen sonntags über."), (False, "Tauben nisten unterm Vordach.")],
    ids=["with scripts", "without scripts"],
)
def test_from_the_home_page_to_a_sent_comment_in_three_pages(served, opened, script, words):
    page = opened("guest", viewport=PHONE, java_script_enabled=script)
    page.goto(served.address)
    counted = Counted(page)

    page.locator("main .open-question a.btn[href^='/texte/']").first.click()
    page.locator(".passage--paragraph .margin-count").last.click()
    page.locator("#beitrag textarea[name=body]").fill(words)
    page.locator("#beitrag button[type=submit]").first.click()
    page.locator(".receipt__ref").wait_for()

    assert len(counted.loads) == 3
    page.get_by_role("link", name="Zurück zu Stelle").click()
    page.locator("#beitrag").wait_for()


def test_five_supports_are_five_taps_on_one_page_with_one_request_each(opened, five):
    page = opened("guest", viewport=PHONE)
    page.goto(five)
    counted = Counted(page)
    given = page.locator(".talk .support form[action*='nicht-mehr']")
    for done in range(1, 6):
        page.locator(".talk .support form:not([action*='nicht-mehr']) button").first.click()
        given.nth(done - 1).wait_for()
        assert counted.since() == (0, 1)
    # The head knows that somebody is here now, and has a code to read.
    assert page.locator("#kopf-werkzeuge .menu__name").count() == 1


def test_without_scripts_five_supports_are_five_taps_in_the_same_list(opened, five):
    page = opened("code", viewport=PHONE, java_script_enabled=False)
    page.goto(five)
    given = page.locator(".talk .support form[action*='nicht-mehr']")
    for done in range(1, 6):
        page.locator(".talk .support form:not([action*='nicht-mehr']) button").first.click()
        given.nth(done - 1).wait_for()
        assert page.url.split("#")[0] == five
        assert given.count() == done


def test_in_the_list_one_reads_what_was_said_and_answers_it_in_place(served, opened):
    page = opened("ayse", viewport=PHONE)
    page.goto(served.url("/texte/{text}/{passage}/"))
    counted, ref = Counted(page), served.refs["contribution"]

    page.locator(f"a[hx-target='#dazu-{ref}']").click()
    thread = page.locator(f"#dazu-{ref}")
    thread.locator(".comment").first.wait_for()
    assert page.evaluate("document.activeElement.id") == f"dazu-{ref}"
    page.locator(f"#antworten-{ref}").click()
    page.locator(f"#id_{ref}_text").fill("Auch am Abend.")
    page.locator(f"#antwort-{ref} form button").first.click()
    page.locator(".comment", has_text="Auch am Abend.").wait_for()

    assert counted.since() == (0, 3)
    assert barriers(page) == []
    assert "Ihr Kommentar ist angekommen." in page.locator("#geschehen").inner_text()


def test_words_that_are_marked_become_the_quote_and_go_again(served, opened):
    # Not a guest: very many of them at once wait for a moderator.
    page = opened("joerg")
    page.goto(served.url("/texte/{text}/{passage}/"))
    words = page.locator("[data-quote-form]")
    shown = page.locator("[data-quote-shown]")
    assert not shown.is_visible()

    words.select_text()
    shown.wait_for()
    assert shown.locator("q").inner_text() == words.inner_text().strip()
    page.get_by_role("button", name="Doch über die ganze Stelle sprechen").click()
    assert not shown.is_visible()

    words.select_text()
    shown.wait_for()
    page.locator("#beitrag textarea[name=body]").fill("Das meine ich.")
    page.locator("#beitrag button[type=submit]").first.click()
    page.locator(".receipt__ref").wait_for()
    page.get_by_role("link", name="Zurück zu Stelle").click()
    assert "Zu den Worten:" in page.locator(".talk", has_text="Das meine ich.").inner_text()


@BOTH
def test_a_sentence_is_chosen_by_keyboard(served, opened, script):
    page = opened("guest", java_script_enabled=script)
    page.goto(served.url("/texte/{text}/{passage}/"))
    page.locator("#beitrag summary").focus()
    page.keyboard.press("Enter")
    page.locator("[name=sentence]").first.focus()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[name=sentence]:checked").get_attribute("value")

    assert chosen


def test_back_from_the_receipt_shows_the_form_and_not_an_error(served, opened):
    page = opened("code")
    page.goto(served.url("/texte/{text}/{passage}/comment/beitragen/"))
    page.locator("#formular button[type=submit]").first.click()
    page.locator(".error-summary").wait_for()
    page.locator("#formular textarea[name=body]").fill("Erst leer, dann doch etwas.")
    page.locator("#formular button[type=submit]").first.click()
    page.locator(".receipt__ref").wait_for()

    page.go_back()

    page.locator("#formular textarea[name=body]").wait_for()
