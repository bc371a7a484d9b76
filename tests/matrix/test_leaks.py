"""Nothing leaks: neither to strangers, nor from one process into another, on any address and in any form of answer."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction

import whole_city
from cast import NOW
from matrix_addresses import Route, address, routes
from matrix_visitors import STRANGERS, browser
from mitstadt.spine.models import Act, RecordState

pytestmark = pytest.mark.usefixtures("db")

# Addresses that show a person what is theirs.
OWN = {"my_data"}


def _read(client, url: str) -> tuple[int, str]:
    response = client.get(url, follow=True)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, body.decode("utf-8", errors="replace")


def _variants(route: Route, city) -> set[str]:
    """The route's address for the ref of every record, published or not, and with every query we know."""
    if not route.needs:
        url = address(route, city)
        return {url, *(f"{url}?{query}" for query in QUERIES)}
    processes = [city.process, city.other, city.draft, city.internal]
    inside = [city.internal_text, city.internal_passage, city.internal_contribution]
    records = [*inside, city.text, city.contribution, city.comment, city.hidden, city.held, city.withdrawn, city.erased]
    urls = {f"{address(route, city)}?{query}" for query in QUERIES} if route.name in QUERIED else set()
    for record in processes if "beteiligungen/" in route.pattern else [*processes, *records, city.old_passage]:
        arguments = {name: record.ref for name in ("ref", "typed") if name in route.needs}
        urls.add(address(route, city, **arguments))
    if "passage_ref" in route.needs:
        urls |= {address(route, city, passage_ref=record.ref) for record in [*records, city.old_passage, city.passage]}
    return urls


QUERIED = {"text", "passage", "synopsis", "contribution", "editions_compared"}
QUERIES = ("fassung=2", "fassung=3", "sprache=en", "stand=alle", "q=Kanarienzwitscher", "reihenfolge=newest")


@pytest.mark.parametrize("route", routes(), ids=str)
def test_no_stranger_reads_a_word_that_is_not_public_anywhere(city, route):
    leaks = []
    for persona in ("guest", "pankow"):
        cache.clear()
        client = browser(city, persona)
        own_address = city.people[persona].email if persona != "guest" else None
        # What guests may not read is asked in full; for the stranger with a role elsewhere, once an address.
        urls = _variants(route, city) if persona == "guest" else {address(route, city)}
        for url in sorted(urls):
            with transaction.atomic():
                status, body = _read(client, url)
                transaction.set_rollback(True)
            assert status < 500, url
            asked = "Kanarienzwitscher" if "Kanarienzwitscher" in url else None
            leaks += [
                f"{persona} reads {secret} at {url}"
                for secret in city.secrets
                if secret in body and secret not in {own_address, asked}
            ]

    assert leaks == []


@pytest.mark.parametrize("word", ["Kanarienzwitscher", "Kanarienzwitschergehalten", "Kanarienzwitscherentwurftitel"])
def test_the_search_finds_nothing_that_is_not_public(city, word):
    _status, body = _read(browser(city, "guest"), f"/suche/?q={word}")

    assert body.count("Kanarienzwitscher") == body.count(word)
    assert city.draft.ref not in body
    assert city.held.ref not in body
    assert city.internal.ref not in body


def test_the_log_tells_of_an_internal_process_that_something_happened_and_no_word_more(city):
    acts = Act.objects.filter(ref__in=[city.internal.ref, city.internal_text.ref, city.internal_contribution.ref])

    assert acts.count() > 4
    since_it_is_internal = acts.filter(at__gt=NOW - timedelta(days=10))
    assert [act.verb for act in since_it_is_internal if act.details] == []
    _status, export = _read(browser(city, "guest"), "/protokoll/protokoll.jsonl")
    assert "Kanarienzwitscher" not in export


@pytest.mark.parametrize("persona", ["reader", "malik", "platform"])
def test_an_internal_process_works_for_its_offices_and_for_those_who_work_there(city, persona):
    client = browser(city, persona)
    text, said = city.internal_text.ref, city.internal_contribution.ref
    heard = ""
    for url in (
        "/beteiligungen/",
        f"/beteiligungen/{city.internal.ref}/",
        f"/beteiligungen/{city.internal.ref}/zusage/",
        f"/beteiligungen/{city.internal.ref}/daten.json",
        f"/texte/{text}/",
        f"/texte/{text}/{city.internal_passage.ref}/",
        f"/texte/{text}/synopse/",
        f"/texte/{text}/druck.pdf",
        f"/beitraege/{said}/",
        f"/werdegang/{said}/",
        f"/{said}",
    ):
        status, body = _read(client, url)
        assert status == 200, url
        heard += body

    assert [
        what for what in ("internfrage", "interntext", "internbeitrag") if whole_city.canary(what) not in heard
    ] == []
    assert "Nur für die genannten Stellen zu lesen:" in heard
    assert "Niemand braucht ein Konto." not in heard


def test_a_reader_of_an_internal_process_says_something_there_that_stays_inside(city):
    where = f"/texte/{city.internal_text.ref}/{city.internal_passage.ref}/comment/beitragen/"
    key = "5d1b5a5e-6a3f-4a57-8d0e-3b4f1c2d3e4f"
    sent = {"submission_key": key, "body": "Zwei Meter mehr.", "similar_seen": "on"}

    assert browser(city, "reader").post(where, sent).status_code == 302
    said = city.internal.records.get(body="Zwei Meter mehr.")
    assert said.state == RecordState.INTERNAL
    assert browser(city, "guest").get(f"/beitraege/{said.ref}/").status_code == 404


@pytest.mark.parametrize(
    "route", [route for route in routes() if "beteiligungen/" in route.pattern and "ref" in route.needs], ids=str
)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("hidden", ["draft", "internal"])
def test_a_process_in_preparation_or_inside_offices_does_not_exist_for_strangers(city, route, method, hidden):
    found = {}
    for persona in STRANGERS:
        with transaction.atomic():
            client = browser(city, persona)
            found[persona] = client.generic(method, address(route, city, ref=getattr(city, hidden).ref)).status_code
            transaction.set_rollback(True)

    assert all(_is_denied(status, persona) for persona, status in found.items()), found


def _is_denied(status: int, persona: str) -> bool:
    """Not there, not allowed, no such method; a guest may be asked to sign in first."""
    return status in {403, 404, 405} or (status == 302 and persona == "guest")


@pytest.mark.parametrize("route", [route for route in routes() if "passage_ref" in route.needs], ids=str)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_passage_of_another_process_does_not_exist_in_this_one(city, route, method):
    for persona in ("guest", "malik", "platform"):
        url = address(route, city, passage_ref=city.other_passage.ref)

        assert browser(city, persona).generic(method, url).status_code == 404, persona


def test_a_code_of_one_process_writes_nothing_in_another(city):
    client = browser(city, "code")
    url = f"/texte/{city.other_passage.part.ref}/{city.other_passage.ref}/comment/beitragen/"

    answer = client.post(
        url, {"submission_key": "5d1b5a5e-6a3f-4a57-8d0e-3b4f1c2d3e4f", "body": "Aus Mitte.", "similar_seen": "on"}
    )

    assert answer.status_code == 422
    assert not city.other.records.filter(body="Aus Mitte.").exists()


def test_the_canaries_sing_for_those_who_may_hear_them(city):
    """Or else the tests above would prove nothing."""
    heard = "".join(
        _read(browser(city, persona), url)[1]
        for persona, url in (
            ("malik", f"/beteiligungen/{city.draft.ref}/"),
            ("malik", f"/texte/{city.draft_text.ref}/vorbereiten/"),
            ("malik", f"/texte/{city.text.ref}/redaktion/naechste-fassung/"),
            ("ayse", f"/moderation/{city.held.ref}/"),
            ("ayse", f"/moderation/{city.hidden.ref}/"),
        )
    )

    expected = ("entwurftitel", "entwurftext", "arbeitsfassung", "gehalten", "ausgeblendet", "meldung", "widerspruch")
    assert [what for what in expected if whole_city.canary(what) not in heard] == []
