"""Pictures and places in a real browser: no barrier, nothing wider than the screen, a click lands where it is made."""

from io import BytesIO

import pytest
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from PIL import Image
from playwright.sync_api import sync_playwright

from axe import barriers
from cast import NOW
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.tests.places import PLACES
from mitstadt.site.urls import urlpatterns as city
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.parts import PlacedThing
from mitstadt.ui.places.dots import box_from, box_to_text, places_map
from mitstadt.ui.places.fields import PlaceField
from mitstadt.ui.tests.test_browser import CHROMIUM, PHONE, WIDE
from mitstadt.ui.uploads.bounds import takes_files
from mitstadt.ui.uploads.fields import UploadsField
from mitstadt.ui.uploads.keeping import uploads_of
from served import CHROMIUM_OPTIONS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.django_db(transaction=True),
]
FORM = """{% extends "ui/form_page.html" %}{% block title %}Melden{% endblock %}
{% block question %}Was ist los?{% endblock %}"""
MAP = """{% extends "ui/base.html" %}{% load ui %}{% block title %}Orte{% endblock %}
{% block content %}<h1>Orte</h1>{% places shown %}{% endblock %}"""


TIP_OF_THE_PIN = """() => {
    const pin = document.querySelector(".pick__pin").getBoundingClientRect();
    const map = document.querySelector(".pick").getBoundingClientRect();
    return [pin.x + pin.width / 2 - map.x, pin.bottom - map.y];
}"""


class ReportForm(AssistedForm):
    """A report with pictures and its place."""

    words = forms.CharField(label="Was ist los?")
    pictures = UploadsField(label="Bilder", most=2)
    place = PlaceField()


@takes_files(40_000_000)
def report(request):
    """The form."""
    form = ReportForm(request.POST or None, request.FILES or None, uploads=uploads_of(request, now=NOW), now=NOW)
    if request.method == "POST" and form.is_valid():
        return HttpResponse(f"{form.cleaned_data['place']}", content_type="text/plain")
    page = engines["django"].from_string(FORM)
    return HttpResponse(page.render({"form": form}, request), status=422 if form.errors else 200)


def places(request):
    """The map with its list."""
    lot = [PlacedThing(label=f"Idee {n}", href="#", point=PLACES["Tierpark"][:2]) for n in range(9)]
    known = [PlacedThing(label=name, href="#", point=at[:2], note=at[2]) for name, at in PLACES.items()]
    words = [PlacedThing(label="Irgendwo", href="#", note="im Treppenhaus")]
    shown = places_map(
        [*known, *lot, *words],
        title="Ideen auf der Karte",
        on=NOW.date(),
        within=box_from(request.GET.get("karte", "")),
        closer=lambda box: f"?karte={box_to_text(box)}",
        whole_href="?",
    )
    return HttpResponse(engines["django"].from_string(MAP).render({"shown": shown}, request))


class Site:
    """The city with two pages more."""

    urlpatterns = [path("melden/", report, name="report"), path("orte/", places, name="places"), *city]


@pytest.fixture(scope="module", autouse=True)
def _database_beside_a_browser():
    """The browser's driver runs an event loop in this thread; the database is used here too, one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="module")
def browser(_database_beside_a_browser):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def address(settings, live_server):
    settings.ROOT_URLCONF = Site
    load_shipped_city("berlin", now=NOW)
    return live_server.url


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 300), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("viewport", "scheme", "side"), [(WIDE, "dark", 512), (PHONE, "light", 256)], ids=["wide dark", "phone"]
)
def test_a_report_with_picture_and_place_without_scripts(address, browser, viewport, scheme, side):
    strict = browser.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=False)
    page = strict.new_page()
    page.goto(f"{address}/melden/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _picture()}
    )
    # A click right of the middle, measured in the pixels that one sees.
    with page.expect_navigation():
        page.locator("input[type=image]:visible").click(position={"x": side * 0.6, "y": side * 0.4})
    assert page.locator(".upload__seen").count() == 1
    tip = page.evaluate(TIP_OF_THE_PIN)
    # The map came closer, around the point.
    assert abs(tip[0] - side / 2) < side / 8
    assert abs(tip[1] - side / 2) < side / 8
    before = page.locator(".place__chosen").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Näher heran").click()
    assert page.locator(".place__chosen").inner_text() == before
    page.get_by_label("Adresse, Platz oder Gebiet suchen").fill("Leopoldplatz")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Welchen Ort meinen Sie?" in page.content()
    strict.close()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (PHONE, "light")], ids=["wide", "dark", "phone"]
)
def test_no_barrier_and_nothing_wider_than_the_screen(address, browser, viewport, scheme):
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    for name in ("/melden/", "/orte/"):
        page.goto(address + name)
        found += [f"{name}: {barrier}" for barrier in barriers(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{name} is {width} px wide"] if width > viewport["width"] else []
    context.close()

    assert found == []
