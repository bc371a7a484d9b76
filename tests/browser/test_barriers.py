"""In a real browser: no barriers, nothing wider than a phone, nothing from elsewhere, all by keyboard alone.

The pages are those of the tables of addresses, each once in each state. A page is loaded once and then looked at: on a
wide light screen, and on a phone in the dark, from right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from axe import barriers
from matrix_addresses import Look, address, looks, route_named
from scale import scaled
from served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
NO_SUCH_PAGE = "no such page"
PAGES = [*looks(), Look("guest", NO_SUCH_PAGE)]
MISSING = "Failed to load resource: the server responded with a status of 404 (Not Found)"
# How a page is looked at: screen, colours, direction.
LOOKS = [
    (WIDE, "light", "ltr"),
    (PHONE, "dark", "rtl"),
    *scaled([], [(WIDE, "dark", "rtl"), (PHONE, "light", "ltr")]),
]


@dataclass
class Sight:
    """What was seen of a page."""

    status: int
    headers: dict[str, str]
    said: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    barriers: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def sight_of(served: Served, browser: Any) -> Iterator[Callable[[Look], Sight]]:
    """Looks at a page once, however many tests ask; everyone has one window."""
    windows: dict[str, Any] = {}
    seen: dict[str, Sight] = {}

    def look_at(place: Look) -> Sight:
        if str(place) not in seen:
            if place.persona not in windows:
                windows[place.persona] = browser.new_context(locale="de-DE")
                windows[place.persona].add_cookies(served.cookies(place.persona))
                windows[place.persona].new_page()
            seen[str(place)] = _look(windows[place.persona].pages[0], served, place)
        return seen[str(place)]

    yield look_at
    for window in windows.values():
        window.close()


def _look(page: Any, served: Served, place: Look) -> Sight:
    said: list[str] = []
    asked: set[str] = set()
    ears = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda request: asked.add(urlsplit(request.url).netloc),
    }
    for event, ear in ears.items():
        page.on(event, ear)
    answer = page.goto(served.address + _path(served, place), wait_until="load")
    sight = Sight(answer.status, answer.headers, said, asked)
    for screen, colours, direction in LOOKS:
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=colours)
        page.evaluate("way => { document.documentElement.dir = way }", direction)
        name = f"{screen['width']} px, {colours}, {direction}"
        sight.barriers += [f"{name}: {barrier}" for barrier in barriers(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        sight.too_wide += [f"{name}: {width} px"] if width > screen["width"] else []
    for event, ear in ears.items():
        page.remove_listener(event, ear)
    return sight


def _path(served: Served, place: Look) -> str:
    if place.route == NO_SUCH_PAGE:
        return "/gibt-es-nicht/"
    return address(route_named(place.route), served, **place.given) + place.query


@pytest.fixture(params=PAGES, ids=str)
def place(request) -> Look:
    """A page in one state, and who looks at it."""
    return request.param


def test_no_barrier_for_anyone_on_a_wide_screen_nor_on_a_phone_in_the_dark(sight_of, place):
    assert sight_of(place).barriers == []


def test_nothing_is_wider_than_the_screen_whichever_way_one_reads(sight_of, place):
    assert sight_of(place).too_wide == []


def test_a_page_asks_no_other_host_and_the_strict_policy_stops_nothing(sight_of, served, place):
    sight = sight_of(place)

    assert sight.status == (404 if place.route == NO_SUCH_PAGE else 200)
    assert [words for words in sight.said if words != MISSING] == []
    assert sight.asked == {urlsplit(served.address).netloc}
    _has_a_strict_policy(sight.headers)


def _has_a_strict_policy(headers: dict[str, str]) -> None:
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"


# --- by keyboard alone -----------------------------------------------------------------------------------------------


def _tab_to(page, condition: str, *, most: int = 150) -> None:
    """Press Tab until the condition on the element with the focus holds; it must be seen to have the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(
            f"(() => {{ const it = document.activeElement; return it !== document.body && ({condition}) }})()"
        ):
            for _moment in range(20):
                # The page may still be scrolling there.
                if page.evaluate(_FOCUS_IS_SEEN):
                    return
                page.wait_for_timeout(50)
            raise AssertionError(f"the focus is not seen: {condition}")
    raise AssertionError(f"{most} presses of Tab do not lead there: {condition}")


_FOCUS_IS_SEEN = """(() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return drawn && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
})()"""


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_the_whole_way_of_a_citizen_by_keyboard_alone(served, opened, script):
    page = opened("guest", viewport=WIDE, java_script_enabled=True)
    if not script:
        # The keyboard is asked through the page; what the page itself loads of scripts is left out.
        page.route("**/*.js", lambda route: route.abort())
    refs = served.refs
    page.goto(served.url("/"))
    _follow(page, f"String(it.href).includes('/beteiligungen/{refs['process']}/')")
    _follow(page, f"String(it.href).endsWith('/texte/{refs['text']}/')")
    _follow(page, f"String(it.href).includes('/{refs['passage']}/')")
    _tab_to(page, "it.name === 'body'")
    words = "Tische für Schach unter Linden." if script else "Nachts brennt hier zu wenig Licht; Ida stolpert."
    page.keyboard.type(words)
    _tab_to(page, "it.type === 'submit' && it.form && it.form.method === 'post' && it.form.elements.body")
    _enter(page)
    if "/beitragen/" in page.url:
        _tab_to(page, "it.type === 'submit' && it.form && it.form.elements.body")
        _enter(page)

    assert "/beleg/" in page.url
    ref = page.url.rstrip("/").rpartition("/")[2]
    _follow(page, f"(String(it.href).includes('/werdegang/{ref}/') || String(it.href).endsWith('/{ref}'))")
    assert words in page.inner_text("main")


def _follow(page, condition: str) -> None:
    _tab_to(page, condition)
    _enter(page)


def _enter(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_press_of_tab_offers_the_way_past_the_frame(served, opened):
    page = opened("guest", viewport=WIDE)
    page.goto(served.url("/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#inhalt"


def test_a_form_with_errors_leads_the_keyboard_to_the_summary_and_from_there_to_the_field(served, opened):
    page = opened("guest", viewport=WIDE)
    page.goto(served.url("/texte/{text}/{passage}/comment/beitragen/"))
    page.locator("main form [type=submit]").first.click()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.name") == "body"
    assert page.title().startswith("Fehler:")
