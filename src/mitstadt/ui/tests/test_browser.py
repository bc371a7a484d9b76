"""The look in a real browser: no barriers, nothing wider than the screen, nothing that the strict policy stops."""

import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import sync_playwright

from axe import barriers
from served import CHROMIUM_OPTIONS

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")]

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
PAGES = ["", "startseite/", "beteiligung/", "text/", "werdegang/", "formular/", "quittung/"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        """Say nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def _with_policy(application):
    def answer(environ, start):
        return application(
            environ, lambda status, headers: start(status, [*headers, ("Content-Security-Policy", POLICY)])
        )

    return answer


@pytest.fixture
def address(look):
    look.ALLOWED_HOSTS = ["127.0.0.1"]
    look.MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", *look.MIDDLEWARE]
    look.LANGUAGES = [("de", "Deutsch"), ("ar", "العربية")]
    look.DEBUG = True
    application = _with_policy(StaticFilesHandler(WSGIHandler()))
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/muster/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.mark.parametrize(
    ("language", "looks"),
    [("de", [(WIDE, "light"), (WIDE, "dark"), (PHONE, "light")]), ("ar", [(PHONE, "dark")])],
    ids=["left to right", "right to left"],
)
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(address, browser, language, looks):
    page = browser.new_page(locale=language)
    found = []
    for name in PAGES:
        page.goto(address + name)
        for viewport, scheme in looks:
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}: {barrier}" for barrier in barriers(page)]
            width = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{name} is {width} px wide"] if width > viewport["width"] else []
    page.close()

    assert found == []


def test_the_strict_policy_stops_nothing_and_nothing_leaves_the_house(address, browser):
    page = browser.new_page(locale="de")
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(address + name, wait_until="networkidle")
    page.close()

    assert said == []
    assert any(url.endswith("latin-400.woff2") for url in asked)
    assert [url for url in asked if not url.startswith(address.removesuffix("/muster/"))] == []


def test_the_focus_on_a_shape_of_the_map_changes_its_ground_and_is_wide_within_its_border(address, browser):
    page = browser.new_page(locale="de")
    page.goto(address)
    link = page.locator(".map a:has(.map__area)").first
    look = "link => { const s = getComputedStyle(link.querySelector('.map__area')); return [s.fill, s.strokeWidth]; }"
    calm = link.evaluate(look)
    page.keyboard.press("Tab")
    link.focus()
    seen = link.evaluate(look)
    page.close()

    assert seen[0] != calm[0]
    assert seen[1] == "8px"


def test_without_scripts_the_menu_opens_and_a_form_arrives(address, browser):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="de")
    page = context.new_page()
    page.goto(address + "formular/")
    link = page.get_by_role("link", name="Jetzt mitmachen")
    assert not link.is_visible()
    page.get_by_text("Menü").click()
    assert link.is_visible()
    page.get_by_label("Ihr Vorschlag").fill("Mehr Bänke")
    page.get_by_role("button", name="Weiter").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Ihr Vorschlag ist angekommen."
    context.close()


def test_an_unsent_text_is_offered_again_until_it_has_arrived(address, browser):
    context = browser.new_context(locale="de")
    page = context.new_page()
    page.goto(address + "formular/")
    page.get_by_label("Ihr Vorschlag").fill("Mehr Bänke am Ufer")
    page.wait_for_timeout(600)
    page.goto(address + "formular/")
    page.get_by_role("button", name="Wieder einsetzen").click()
    assert page.get_by_label("Ihr Vorschlag").input_value() == "Mehr Bänke am Ufer"
    assert page.locator(".field__count").inner_text() == "Noch 982 Zeichen"

    page.get_by_role("button", name="Weiter").click()
    page.wait_for_selector("[data-received]")
    page.goto(address + "formular/")

    assert page.get_by_role("button", name="Wieder einsetzen").count() == 0
    context.close()


def test_a_form_with_errors_puts_the_keyboard_on_the_summary(address, browser):
    page = browser.new_page(locale="de")
    page.goto(address + "formular/")
    page.get_by_role("button", name="Weiter").click()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "id_words"
    page.close()
