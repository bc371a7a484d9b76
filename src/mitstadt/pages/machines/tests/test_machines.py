"""What programs ask for: search engines stay out of where people sign in, and a weakness finds its reader."""

from datetime import datetime

import pytest
from django.conf import settings

from mitstadt.ground import clock

pytestmark = pytest.mark.django_db


def test_search_engines_stay_out_of_sign_in_and_work_in_every_language(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert lines[0] == "User-agent: *"
    for prefix in ("", "/en"):
        for kept in ("konto", "arbeitsplatz", "meine-seite", "code", "moderation"):
            assert f"Disallow: {prefix}/{kept}/" in lines
    assert not any(client.get(line.removeprefix("Disallow: ")).status_code == 404 for line in lines[1:4])


def test_the_public_record_is_open_to_search_engines(client):
    forbidden = [line.removeprefix("Disallow: ") for line in client.get("/robots.txt").text.splitlines()[1:]]

    for public in ("/", "/beteiligungen/", "/werdegang/2222-2222/", "/protokoll/", "/zusagen/"):
        assert not any(public.startswith(one) for one in forbidden)


def test_whom_to_tell_of_a_weakness_is_said_with_a_day_that_is_still_to_come(client, settings):
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    settings.PUBLIC_URL = "https://mitstadt.example.org"

    facts = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())

    assert facts["Contact"] == "mailto:sicherheit@example.org"
    assert facts["Canonical"] == "https://mitstadt.example.org/.well-known/security.txt"
    days = (datetime.fromisoformat(facts["Expires"]) - clock.now()).days
    assert 90 < days < 365


def test_where_nobody_is_named_the_imprint_is(client):
    assert f"Contact: {settings.PUBLIC_URL}/seiten/impressum/" in client.get("/.well-known/security.txt").text


def test_browsers_find_the_sign_of_the_city(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code in {301, 302}
    assert answer["Location"].endswith(".svg")
