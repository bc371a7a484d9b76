"""A sheet on the web, without a script: section by section or on one page, and no word of it is ever lost."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from html_client import CityClient
from mitstadt.ground.sheets import begun
from mitstadt.ground.sheets.models import Begun
from mitstadt.site.tests.second import views
from mitstadt.site.tests.second.tests.second_city import opened_list

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened_list)]

WAYS = {"f-way": "bike", "f-missing": ["trees", "water"], "f-noise": "4", "f-minutes": "30"}
TIMES = {
    "f-last-date": "2026-05-03",
    "f-last-time": "14:30",
    "f-day": "2026-05-04",
    "f-title": "Lindenplatz",
    "f-where-words": "vor der Bibliothek",
}
WEIGHTS = {
    "f-first-play": "1",
    "f-first-shade": "2",
    "f-safe-by_day": "safe",
    "f-no_cars": "agree",
    "f-money-green": "6",
    "f-money-light": "4",
}
ANSWERS = {
    "way": "bike",
    "missing": ["trees", "water"],
    "noise": 4,
    "minutes": 30,
    "last": "2026-05-03T14:30",
    "day": "2026-05-04",
    "title": "Lindenplatz",
    "where": {"words": "vor der Bibliothek", "precision": "near"},
    "first": ["play", "shade"],
    "safe": {"by_day": "safe"},
    "no_cars": "agree",
    "money": {"green": 6, "light": 4},
}


@pytest.fixture(autouse=True)
def _nothing_sent():
    views.SENT.clear()


@pytest.fixture
def address():
    return reverse("trial_sheet", args=[opened_list().ref])


def _walked(client, address):
    pages: list[dict] = [WAYS, TIMES, WEIGHTS]
    for step, typed in enumerate(pages, 1):
        response = client.post(address, {**typed, "schritt": str(step)})
        assert response.status_code == 302, _words(response)
    return response


def _words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_section_by_section_then_the_check_then_it_is_sent(address):
    client = CityClient()
    assert client.get(address).status_code == 200

    assert _walked(client, address)["Location"] == "?schritt=pruefen"
    check = _words(client.get(address, {"schritt": "pruefen"}))
    assert "Stimmt alles so?" in check
    for told in ("mit dem Rad", "30 Minuten", "3. Mai 2026, 14:30", "1. Spielen", "am Tag: sicher", "Grün: 6"):
        assert told in check
    assert not views.SENT
    assert client.post(address, {"schritt": "pruefen"}).status_code == 302

    (sent,) = views.SENT
    assert sent.answers == ANSWERS
    assert not Begun.objects.exists()


def test_on_one_page_it_is_sent_at_once(address):
    short = f"{address}?kurz"

    assert CityClient().post(short, {"schritt": 1, **WAYS, **TIMES, **WEIGHTS}).status_code == 302
    assert views.SENT[0].answers == ANSWERS


def test_a_fault_stands_at_its_question_and_above_and_nothing_typed_is_lost(address):
    client = CityClient()
    response = client.post(address, {"schritt": 1, **WAYS, "f-way": "", "f-minutes": "sehr lange"})

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_f-way_0">' in page
    assert '<a href="#id_f-minutes">' in page
    assert "Schreiben Sie eine Zahl, zum Beispiel 12 oder 3,5." in page
    assert 'value="sehr lange"' in page
    assert 'value="sehr lange"' in client.get(address).content.decode()


def test_going_back_keeps_what_is_typed_and_judges_nothing(address):
    client = CityClient()
    client.post(address, {"schritt": 1, **WAYS})

    assert client.post(address, {"schritt": 2, "f-title": "x" * 99, "zurueck": "1"})["Location"] == "?schritt=1"
    again = client.get(address, {"schritt": 2})

    assert "x" * 99 in again.content.decode()
    assert "error-summary" not in again.content.decode()


def test_somebody_stops_and_goes_on_with_a_code_in_another_browser(address):
    first, second = CityClient(), CityClient()
    first.post(address, {"schritt": 1, **WAYS})
    page = _words(first.post(address, {"schritt": 2, "f-title": "Lindenplatz", "merken": "1"}))
    code = re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", page)[0]

    assert second.post(address, {"code": code.lower(), "wiederkommen": "1"}).status_code == 302
    assert "Lindenplatz" in second.get(address, {"schritt": 2}).content.decode()
    assert code not in str(Begun.objects.values_list())


def test_a_wrong_code_is_said_and_opens_nothing(address):
    response = CityClient().post(address, {"code": "2222-2222-2222-2222", "wiederkommen": "1"})

    assert response.status_code == 422
    assert "Unter diesem Code liegt hier nichts" in _words(response)


def test_what_nobody_came_back_for_is_deleted_and_lies_sealed_until_then(address):
    client = CityClient()
    client.post(address, {"schritt": 2, "f-title": "Lindenplatz"})

    assert "Lindenplatz" not in Begun.objects.get().sealed
    thirty_days_on = Begun.objects.get().kept_until
    assert begun.forget_begun(now=thirty_days_on - timedelta(days=1)) == 0
    assert begun.forget_begun(now=thirty_days_on) == 1
    assert "Lindenplatz" not in client.get(address, {"schritt": 2}).content.decode()


def test_the_server_decides_what_is_asked(address):
    client = CityClient()
    hidden = {**WAYS, "f-other_way": "mit dem Boot"}
    client.post(address, {"schritt": 1, **hidden})
    client.post(address, {"schritt": 2})
    client.post(address, {"schritt": 3})

    assert "mit dem Boot" not in _words(client.get(address, {"schritt": "pruefen"}))
    client.post(address, {"schritt": 1, **hidden, "f-way": "other"})
    client.post(address, {"schritt": "pruefen"})
    assert views.SENT[0].answers["other_way"] == "mit dem Boot"


def test_nobody_sends_past_a_section_that_misses_an_answer(address):
    client = CityClient()
    client.post(address, {"schritt": 3, **WEIGHTS})

    response = client.post(address, {"schritt": "pruefen"})

    assert response.status_code == 422
    assert "Hinkommen und dort sein" in _words(response)
    assert not views.SENT


def test_what_is_refused_is_said_and_kept(address):
    client = CityClient()
    _walked(client, address)
    client.post(address, {"schritt": 2, **TIMES, "f-title": "abgelehnt"})

    response = client.post(address, {"schritt": "pruefen"})

    assert response.status_code == 422
    assert "error" in response.content.decode() or "banner" in response.content.decode()
    assert Begun.objects.count() == 1


def test_sent_twice_it_has_the_same_key(address):
    client = CityClient()
    _walked(client, address)
    row = Begun.objects.get()
    client.post(address, {"schritt": "pruefen"})

    assert views.SENT[0].key == row.key
    assert client.post(address, {"schritt": "pruefen"}).status_code == 302
    assert len(views.SENT) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"schritt": "9"},
        {"schritt": "x"},
        {"schritt": "1", "f-way": ["bike", "foot"], "f-missing": "plane"},
        {"schritt": "3", "f-first-play": "²", "f-money-green": "1e9", "f-safe-by_day": "<b>"},
        {"schritt": "2", "f-last-date": "31.2.2026", "f-where-point": "nan,nan", "f-photo-0-kept": "../../etc"},
        {"schritt": "2", "f-title": "<script>alert(1)</script>" * 20},
        {"schritt": "2", "f-title": "x" * 300_000},
    ],
)
def test_nothing_that_is_sent_breaks_the_page(address, hostile):
    response = CityClient().post(address, hostile)

    assert response.status_code in {200, 302, 422}
    assert b"<script>alert" not in response.content
    assert not views.SENT


def test_it_speaks_the_language_of_the_screen(address):
    with override("de"):
        assert "How do you mostly get here?" in CityClient().get(f"/en{address}").content.decode()


def test_a_photo_is_kept_and_described(address):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    client = CityClient()
    client.post(address, {"schritt": 1, **WAYS})
    photo = SimpleUploadedFile("bank.png", picture.getvalue(), content_type="image/png")
    client.post(address, {"schritt": 2, "f-photo-0-file": photo, "f-photo-0-description": "Die Bank"})
    client.post(address, {"schritt": 3})

    client.post(address, {"schritt": "pruefen"})

    assert [one["description"] for one in views.SENT[0].answers["photo"]] == ["Die Bank"]
