"""The client that reads pages finds each fault, and nothing in a sound page."""

import pytest
from django.http import HttpResponse, JsonResponse
from django.urls import path

from html_client import CityClient, faults, read

SOUND = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Parks – Mitstadt</title>
<link rel="stylesheet" href="/static/a.css"><script src="/static/a.js" defer></script></head>
<body><a href="#inhalt">Zum Inhalt</a><main id="inhalt"><h1>Parks</h1><h2>Wege</h2><h3>Ufer</h3><h2>Bänke</h2>
<form method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<label for="a">Name</label><input id="a" name="a" aria-describedby="h"><p id="h">Hinweis</p>
<label>Ja <input type="checkbox" name="b"></label><select name="c" aria-label="Ort"><option>Mitte</option></select>
<button type="submit">Senden</button></form>
<img src="/static/a.png" alt="Ein Park"><svg aria-hidden="true"></svg><svg role="img" aria-label="Karte"></svg>
<a href="https://example.org/">Nachbarstadt</a></main></body></html>"""

SPOILT = {
    "Not valid HTML": ("<h2>Wege</h2>", "<h2>Wege</h3>"),
    "The title is missing or empty": ("Parks – Mitstadt", ""),
    "html lang is": ('lang="de"', 'lang=""'),
    "There are 2 h1": ("<h2>Wege</h2>", "<h1>Wege</h1>"),
    "There are 0 h1": ("<h1>Parks</h1>", "<p>Parks</p>"),
    "An h3 is empty": ("<h3>Ufer</h3>", "<h3> </h3>"),
    "a level is left out": ("<h3>Ufer</h3>", "<h4>Ufer</h4>"),
    "not exactly one main": ('<main id="inhalt">', '<main></main><main id="inhalt">'),
    "is given 2 times": ('<p id="h">', '<p id="a">Noch einer</p><p id="h">'),
    "leads to no “h”": ('<p id="h">', "<p>"),
    "leads to no “inhalt”": ('<main id="inhalt">', "<main>"),
    '<input id="a" name="a"> has no label': ('<label for="a">Name</label>', ""),
    '<select name="c"> has no label': (' aria-label="Ort"', ""),
    "<button> has no words": (">Senden<", "><"),
    '<img src="/static/a.png"> has no alt': (' alt="Ein Park"', ""),
    "neither hidden nor told": ('<svg aria-hidden="true">', "<svg>"),
    "has an inline style.": ("<h2>Wege", '<h2 style="color:red">Wege'),
    "has an inline onclick": ('<button type="submit"', '<button type="submit" onclick="x()"'),
    "runs a script": ('href="https://example.org/"', 'href="javascript:x()"'),
    "inline style sheet": ("</head>", "<style>a{}</style></head>"),
    "inline script": ("</head>", "<script>x()</script></head>"),
    "third party: https://cdn.example/a.js": ('src="/static/a.js"', 'src="https://cdn.example/a.js"'),
    "third party: //cdn.example/a.css": ('href="/static/a.css"', 'href="//cdn.example/a.css"'),
    "without a CSRF token": ('<input type="hidden" name="csrfmiddlewaretoken" value="t">', ""),
}


def test_a_sound_page_has_no_faults():
    assert faults(read(SOUND)) == []


@pytest.mark.parametrize("fault", SPOILT)
def test_each_fault_is_named(fault):
    right, wrong = SPOILT[fault]
    assert right in SOUND
    try:
        found = faults(read(SOUND.replace(right, wrong, 1)))
    except AssertionError as error:
        found = [str(error)]

    assert [sentence for sentence in found if fault in sentence], found


def test_a_fragment_needs_no_title_but_labels():
    assert faults(read("<li>Ein Beitrag</li>")) == []
    assert faults(read('<input name="a">')) == ['<input name="a"> has no label.']


class Site:
    """Three pages: two with one title, and one of data."""

    urlpatterns = [
        path("parks/", lambda request: HttpResponse(SOUND)),
        path("ufer/", lambda request: HttpResponse(SOUND)),
        path("kaputt/", lambda request: HttpResponse(SOUND.replace("<h1>Parks</h1>", ""))),
        path("daten/", lambda request: JsonResponse({"html": "<h1>"})),
    ]


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = Site
    return CityClient()


def test_a_page_with_a_fault_fails_the_test_that_fetched_it(client):
    with pytest.raises(AssertionError, match=r"/kaputt/ has faults:\n  There are 0 h1"):
        client.get("/kaputt/")


def test_two_pages_must_not_share_a_title(client):
    client.get("/parks/")
    client.get("/parks/", {"seite": "2"})

    with pytest.raises(AssertionError, match="is also that of /parks/"):
        client.get("/ufer/")


def test_data_is_not_read_as_a_page(client):
    assert client.get("/daten/").status_code == 200
