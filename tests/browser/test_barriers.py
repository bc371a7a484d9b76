"""In a real browser: no barriers, nothing wider than a phone, nothing from elsewhere, all by keyboard alone."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from axe import barriers
from matrix_addresses import table_rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
NO_SUCH_PAGE = "/gibt-es-nicht/"
CITIZEN = (
    "/",
    "/beteiligungen/?stand=alle",
    "/beteiligungen/{process}/",
    "/beteiligungen/{process}/zusage/",
    "/texte/{text}/",
    "/texte/{text}/vergleich/",
    "/texte/{text}/synopse/",
    "/texte/{text}/{passage}/",
    "/texte/{text}/{old_passage}/",
    "/texte/{text}/{passage}/wording/beitragen/",
    "/texte/{text}/{passage}/comment/beitragen/",
    "/beitraege/{contribution}/",
    "/eintraege/{contribution}/kommentieren/",
    "/eintraege/{comment}/antworten/",
    "/beleg/{contribution}/",
    "/werdegang/{contribution}/",
    "/melden/{contribution}/",
    "/melden/{contribution}/danke/",
    "/nachschlagen/",
    "/suche/?q=Platz",
    "/zusagen/",
    "/organisationen/",
    "/organisationen/ba-mitte/",
    "/code/",
    "/protokoll/",
    "/protokoll/{contribution}/",
    "/konto/login/",
    "/konto/signup/",
    "/konto/login/code/",
    "/konto/password/reset/",
    "/konto/password/reset/done/",
    "/konto/password/reset/key/a-b/",
    "/konto/password/reset/key/done/",
    "/konto/inactive/",
    "/seiten/ueber/",
    "/seiten/datenschutz/",
    "/seiten/impressum/",
    "/seiten/barrierefreiheit/",
    NO_SUCH_PAGE,
)
RESIDENT = (
    "/meine-seite/",
    "/meine-seite/neues/",
    "/meine-seite/unterstuetzt/",
    "/meine-seite/folge-ich/",
    "/meine-seite/einstellungen/",
    "/meine-seite/loeschen/",
    "/eintraege/{contribution}/zuruecknehmen/",
    "/widerspruch/{contribution}/",
    "/code/abmelden/",
    "/konto/logout/",
    "/konto/email/",
    "/konto/password/set/",
    "/konto/2fa/",
    "/konto/2fa/totp/activate/",
    "/konto/2fa/recovery-codes/generate/",
    "/konto/2fa/webauthn/",
    "/konto/2fa/webauthn/add/",
)
OFFICE = (
    "/arbeitsplatz/",
    "/organisationen/ba-mitte/angaben/",
    "/organisationen/ba-mitte/menschen/",
    "/beteiligungen/neu/",
    "/beteiligungen/{process}/leitung/",
    "/beteiligungen/{process}/leitung/codes/",
    "/beteiligungen/{process}/leitung/aufgaben/",
    "/beteiligungen/{process}/leitung/phasen/neu/",
    "/beteiligungen/{process}/leitung/phasen/1/",
    "/beteiligungen/{process}/leitung/abschliessen/",
    "/beteiligungen/{process}/leitung/zusage/",
    "/beteiligungen/{process}/leitung/zusage/geld/",
    "/beteiligungen/{draft}/leitung/vorbereiten/frage/",
    "/texte/{draft_text}/vorbereiten/",
    "/texte/{draft_text}/vorbereiten/laden/",
    "/beteiligungen/{draft}/leitung/pruefen/",
    "/texte/{text}/redaktion/",
    "/texte/{text}/redaktion/naechste-fassung/",
    "/texte/{text}/redaktion/naechste-fassung/veroeffentlichen/",
    "/beteiligungen/{process}/schalter/",
    "/beteiligungen/{process}/schalter/heute/",
    "/texte/{text}/druck-mit-codes/",
    "/schalter/",
    "/moderation/",
    "/moderation/{held}/",
)
# Routes that show a page to someone and are not looked at here, with the reason.
EXCEPTIONS = {
    **dict.fromkeys(("process_csv", "process_json", "synopsis_file", "text_paper"), "a file, not a page"),
    **dict.fromkeys(("log_export", "log_head", "log_proof"), "a file, not a page"),
}
PAGES = [
    *(("guest", path) for path in CITIZEN),
    *(("joerg", path) for path in RESIDENT),
    *(("malik", path) for path in OFFICE),
]


def test_every_page_that_the_city_shows_is_looked_at_or_excused():
    shown = {name for (name, method), cells in table_rows().items() if method == "GET" and 200 in cells}
    any_ref = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(path for _persona, path in PAGES)), "7K3Q-M9XD")
    looked_at = {
        resolve(urlsplit(path.format(**any_ref)).path).url_name for _persona, path in PAGES if path != NO_SUCH_PAGE
    }

    assert sorted(shown - looked_at - set(EXCEPTIONS)) == [], "neither in a list nor excused"
    assert sorted(set(EXCEPTIONS) - shown | set(EXCEPTIONS) & looked_at) == [], "needs no excuse"


@pytest.fixture(params=PAGES, ids=[f"{persona} {path}" for persona, path in PAGES])
def place(request):
    """A page, and who looks at it."""
    return request.param


def test_no_barrier_on_a_wide_light_screen(served, opened, place):
    persona, path = place
    page = opened(persona, viewport=WIDE, color_scheme="light", bypass_csp=True)
    page.goto(served.url(path))

    assert barriers(page) == []


def test_no_barrier_and_nothing_too_wide_on_a_phone_in_the_dark_from_right_to_left(served, opened, place):
    persona, path = place
    page = opened(persona, viewport=PHONE, color_scheme="dark", bypass_csp=True)
    page.goto(served.url(path))
    widths = {"left to right": page.evaluate("document.documentElement.scrollWidth")}
    page.evaluate("document.documentElement.dir = 'rtl'")
    widths["right to left"] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(widths, PHONE["width"])
    assert barriers(page) == []


def test_no_page_asks_another_host_and_the_strict_policy_stops_nothing(served, opened):
    for persona, paths in (("guest", CITIZEN), ("joerg", RESIDENT), ("malik", OFFICE)):
        page, said, asked = opened(persona, viewport=WIDE), [], set()
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.add(urlsplit(request.url).netloc))
        for path in paths:
            answer = page.goto(served.url(path), wait_until="load")
            assert answer.status == (404 if path == NO_SUCH_PAGE else 200), path
            _has_a_strict_policy(answer.headers, path)
        missing_page = "Failed to load resource: the server responded with a status of 404 (Not Found)"
        assert [words for words in said if words != missing_page] == []
        assert asked == {urlsplit(served.address).netloc}


def _has_a_strict_policy(headers, path):
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy, path
    assert "unsafe" not in policy, path
    assert "http" not in policy, path
    assert "*" not in policy, path
    assert headers["x-frame-options"] == "DENY", path
    assert headers["x-content-type-options"] == "nosniff", path
    assert headers["referrer-policy"] == "same-origin", path
    assert headers["cross-origin-opener-policy"] == "same-origin", path


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
    _follow(page, "String(it.href).endsWith('/comment/beitragen/')")
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
