"""A place is found by name, set by a click or told in words, without JavaScript and by keyboard; nothing is lost."""

import html
import re

import pytest
from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from cast import NOW, jörg
from html_client import CityClient
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.api import frame_of_the_city, window_on
from mitstadt.ground.areas.models import Area, AreaGeometry
from mitstadt.ground.areas.tests.places import PLACES
from mitstadt.site.urls import urlpatterns as city
from mitstadt.spine.actions.places import set_place
from mitstadt.spine.models import Place, Precision
from mitstadt.spine.tests.trial_format import contribution, running_process
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.places.fields import PlaceField

pytestmark = pytest.mark.django_db
PAGE = """{% extends "ui/form_page.html" %}{% block title %}Melden{% endblock %}
{% block question %}Was ist los?{% endblock %}"""
LEO = PLACES["Leopoldplatz"][:2]


class ReportForm(AssistedForm):
    """A report with its place."""

    words = forms.CharField(label="Was ist los?")
    place = PlaceField()


def report(request):
    """What a slice's view does."""
    form = ReportForm(request.POST or None, now=NOW)
    if request.method == "POST" and form.is_valid():
        made = contribution(running_process(), actor=jörg(), body=form.cleaned_data["words"])
        set_place(made, form.cleaned_data["place"], actor=jörg(), now=NOW)
        return HttpResponse(made.ref, content_type="text/plain")
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form}, request), status=422 if form.errors else 200)


class Site:
    """The city with one form more."""

    urlpatterns = [path("melden/", report, name="report"), *city]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = Site


@pytest.fixture(scope="module")
def berlin(django_db_setup, django_db_blocker):
    """Berlin in a transaction around all tests of this file; each rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped_city("berlin", now=NOW)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def client():
    return CityClient(unique_titles=False)


class Visitor:
    """Somebody who fills in the form; what the page carries along is sent with it, as a browser does."""

    def __init__(self, client):
        self.client, self.answer = client, client.get("/melden/")

    @property
    def page(self) -> str:
        return html.unescape(self.answer.content.decode())

    @property
    def carried(self) -> dict[str, str]:
        fields = re.findall(r'<input type="hidden" name="(place-[^"]*)" value="([^"]*)"', self.page)
        typed = re.findall(r'<input [^>]*type="text" name="([^"]*)"[^>]* value="([^"]*)"', self.page)
        return {"place-precision": "near", **dict(fields), **dict(typed)}

    def send(self, **fields):
        sent = {**self.carried, **{name.replace("__", "-"): value for name, value in fields.items()}}
        self.answer = self.client.post("/melden/", sent)
        return self

    def click(self, lon: float, lat: float, side: int = 512, **fields):
        east, north = (float(part) for part in self.carried["place-middle"].split(","))
        frame = frame_of_the_city(on=NOW.date())
        window = type(window_on(frame))(east, north, int(self.carried["place-closeness"]))
        x, y = (round(pixel * side / 512) for pixel in window.sheet(frame).at(lon, lat))
        return self.send(**{f"place-map{side}.x": x, f"place-map{side}.y": y}, **fields)

    @property
    def chosen(self) -> str:
        return re.search(r'place__chosen" role="status">([^<]*)', self.page)[1].strip()


@pytest.fixture
def visitor(berlin, client):
    return Visitor(client)


def test_at_first_nothing_is_chosen_and_the_map_shows_the_whole_city(visitor):
    assert "Noch ist kein Punkt" in visitor.chosen
    assert "Karte: Charlottenburg-Wilmersdorf" in visitor.page


def test_a_place_is_searched_chosen_and_sent(visitor):
    visitor.send(words="Kaputt", place__search="Leopoldplatz")
    assert visitor.answer.status_code == 200
    assert "Welchen Ort meinen Sie?" in visitor.page
    slug = re.search(r'name="place-choose" value="([^"]*)"[^>]*>Leopoldplatz', visitor.page)[1]

    visitor.send(words="Kaputt", place__choose=slug)
    assert "das ganze Gebiet: Leopoldplatz" in visitor.chosen
    visitor.send(words="Kaputt")

    place = Place.objects.select_related("record__area").get()
    area = Area.objects.get(slug=slug)
    assert (place.precision, place.longitude, place.record.area) == (Precision.KIEZ, area.lon, area)


def test_a_typed_search_is_made_even_when_the_whole_form_was_sent(visitor):
    visitor.send(words="Kaputt", place__search="Leopoldplatz")

    assert visitor.answer.status_code == 200
    assert not Place.objects.exists()
    assert 'value="Kaputt"' in visitor.page


def test_what_is_misspelt_or_unknown_is_said(visitor):
    visitor.send(words="Kaputt", place__search="Xyzzyxyzzy")

    assert "So heißt hier nichts" in visitor.page
    assert visitor.send(words="Kaputt", place__words="Am Zaun").answer.status_code == 200
    assert Place.objects.get().words == "Am Zaun"


@pytest.mark.parametrize("side", [256, 512])
def test_each_click_comes_closer_to_the_place_on_a_phone_and_on_a_wide_screen(visitor, side):
    for _ in range(3):
        visitor.click(*LEO, side=side, words="Kaputt")
    assert "Punkt auf der Karte" in visitor.chosen
    assert "Wedding" in visitor.chosen
    visitor.send(words="Kaputt", place__precision="exact")

    place = Place.objects.get()
    # At the closest a pixel is a few metres wide.
    assert place.longitude == pytest.approx(LEO[0], abs=0.0005)
    assert place.latitude == pytest.approx(LEO[1], abs=0.0003)


def test_by_keyboard_one_moves_the_map_and_takes_its_middle(visitor):
    visitor.send(words="", place__do="closer").send(place__do="closer").send(place__do="north")
    before = visitor.carried["place-middle"]
    visitor.send(**{"place-map512.x": 0, "place-map512.y": 0})

    assert visitor.carried["place-point"] == before
    assert "Gewählt ist der Punkt" in visitor.chosen
    visitor.send(place__do="clear")
    assert "Noch ist kein Punkt" in visitor.chosen


def test_a_step_is_no_time_for_errors(visitor):
    visitor.send(words="", place__do="closer")

    assert visitor.answer.status_code == 200
    assert "Fehler" not in visitor.page


def test_a_point_outside_the_city_is_said_and_not_kept(visitor):
    visitor.click(13.08, 52.34, words="Kaputt")
    assert "außerhalb" in visitor.chosen

    assert visitor.send(words="Kaputt").answer.status_code == 422
    assert not Place.objects.exists()


def test_a_place_that_is_asked_for_and_missing_is_said(visitor):
    assert visitor.send(words="Kaputt").answer.status_code == 422
    assert "Der Ort fehlt" in visitor.page


@pytest.mark.parametrize(
    "nonsense",
    [
        {"place-point": "nan,nan"},
        {"place-point": "1e999,3"},
        {"place-point": "13.4,52.5,9"},
        {"place-middle": "inf,-inf", "place-closeness": "4", "place-do": "closer"},
        {"place-middle": "13.4,52.5", "place-closeness": "99", "place-do": "north"},
        {"place-area": "gibt-es-nicht"},
        {"place-choose": "gibt-es-nicht"},
        {"place-map512.x": "-5", "place-map512.y": "9999999"},
        {"place-do": "explode"},
        {"place-search": "\0" * 50},
        {"place-search": "a" * 5000},
    ],
)
def test_nonsense_is_answered_like_an_empty_form(visitor, nonsense):
    answer = visitor.client.post("/melden/", {"words": "Kaputt", **nonsense})

    assert answer.status_code in {200, 422}
    assert not Place.objects.exists()


def test_an_unknown_precision_is_the_usual_one(visitor):
    visitor.click(*LEO, words="Kaputt").send(words="Kaputt", place__precision="on the millimetre")

    assert Place.objects.get().precision == Precision.NEAR


def test_where_no_borders_are_loaded_words_and_names_remain(berlin, client):
    AreaGeometry.objects.all().delete()
    visitor = Visitor(client)

    assert '<svg class="pick__map"' not in visitor.page
    assert visitor.send(words="Kaputt", place__words="Am Brunnen").answer.status_code == 200
    assert Place.objects.get().precision == Precision.WORDS
