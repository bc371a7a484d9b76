"""A sheet in a real browser: the whole way without scripts, conditions with them, no barrier, nothing too wide."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright

from axe import barriers
from cast import NOW, krüger
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.site.tests.second import views
from mitstadt.site.tests.second.format import WISHES
from mitstadt.site.tests.second.models import Wish
from mitstadt.site.tests.second.tests.second_city import opened_list
from mitstadt.site.tests.second.tests.test_sheet_at_the_desk import KEYED, KeyedForm, _say
from mitstadt.spine import formats
from mitstadt.ui.tests.test_browser import CHROMIUM, PHONE, WIDE
from visits import on_day

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.django_db(transaction=True),
]
# Where somebody wants to look at the pages: a folder for pictures of them.
SHOTS = os.environ.get("MITSTADT_SHOTS", "")
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module", autouse=True)
def _database_beside_a_browser():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="module")
def browser(_database_beside_a_browser):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(live_server):
    load_shipped_city("berlin", now=NOW)
    views.SENT.clear()
    return live_server.url + reverse("trial_sheet", args=[opened_list().ref])


def _shot(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def _next(page, name="Weiter"):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).last.click()


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
def test_the_whole_way_from_the_first_question_to_the_thanks(address, browser, scripts):
    context = browser.new_context(viewport=WIDE, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    _next(page)
    assert page.locator(".error-summary").count() == 1
    page.get_by_label("mit dem Rad").check()
    _next(page)
    page.get_by_label("Ein Name für den Platz?").fill("Lindenplatz")
    # Enter in a line goes on, and presses none of the buttons of the place.
    with page.expect_navigation():
        page.get_by_label("Ein Name für den Platz?").press("Enter")
    page.get_by_label("Spielen").fill("1")
    page.get_by_role("group", name="in der Nacht").get_by_label("unsicher").check()
    _next(page, "Antworten prüfen")
    assert "in der Nacht: unsicher" in page.content()
    _shot(page, "check")
    _next(page, "Absenden")
    context.close()

    assert views.SENT[0].answers == {
        "way": "bike",
        "title": "Lindenplatz",
        "first": ["play"],
        "safe": {"by_night": "unsafe"},
    }


def test_a_script_hides_what_is_not_asked(address, browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    hidden = page.get_by_label("Wie kommen Sie sonst her?")
    assert not hidden.is_visible()
    page.get_by_label("anders").check()
    assert hidden.is_visible()
    page.get_by_label("zu Fuß").check()
    assert not hidden.is_visible()
    context.close()


def test_a_sheet_is_filled_in_by_keyboard_alone(address, browser):
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(address)
    page.locator("#id_f-way_0").focus()
    page.keyboard.press("ArrowDown")
    seen = []
    for _key in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))
        if seen[-1] == "Weiter":
            break
    assert seen[-1] == "Weiter"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Zeit und Ort" in page.content()
    context.close()


@pytest.mark.parametrize(
    ("viewport", "scheme", "language"),
    [(WIDE, "light", ""), (NARROW, "dark", ""), (NARROW, "light", "/en")],
    ids=["wide", "narrow dark", "narrow english"],
)
def test_no_barrier_and_nothing_wider_than_the_screen(address, browser, viewport, scheme, language):
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    address = address.replace("/wuensche", f"{language}/wuensche")
    for name in ("?schritt=1", "?schritt=2", "?schritt=3", "?kurz"):
        page.goto(address + name)
        found += _faults(page, name, viewport["width"])
        # From right to left nothing may stick out either.
        page.evaluate("document.documentElement.dir = 'rtl'")
        found += [fault for fault in _faults(page, f"{name} rtl", viewport["width"]) if "wide" in fault]
        page.evaluate("document.documentElement.dir = 'ltr'")
        _shot(page, f"{viewport['width']}-{scheme}{language.strip('/')}-{name[1:]}")
    context.close()

    assert found == []


def _faults(page, name, most):
    width = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{name} is {width} px wide"] if width > most else []
    return found + ([] if "rtl" in name else [f"{name}: {barrier}" for barrier in barriers(page)])


def test_a_slip_is_keyed_with_numbers_and_enter_alone(address, browser, live_server, client, monkeypatch):
    on_day(monkeypatch)
    desk = formats.Desk(form=KeyedForm, say=_say, lines=WISHES.desk.lines)
    monkeypatch.setitem(formats._formats, "wishes", replace(WISHES, desk=desk))
    monkeypatch.setattr(KeyedForm, "second_entry_every", 0)
    client.force_login(krüger().person)
    context = browser.new_context(viewport=WIDE)
    cookies = [{"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()]
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{live_server.url}/schalter/{address.split('/')[-3]}/")
    _shot(page, "desk")
    for key in EVERY_KIND.numbers:
        page.keyboard.type(KEYED.get(key, ""))
        page.keyboard.press("Enter")
    # What every slip has besides: name, supports, code.
    for _line in range(3):
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    context.close()

    assert Wish.objects.count() == 1
