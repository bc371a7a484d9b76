"""Answers travel light, and safely: compressed without giving a secret away, and not twice to a guest who has them."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from cast import ayşe, ida, jörg, malik
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.delivery import CompressionMiddleware, FreshnessMiddleware
from mitstadt.ui.requests import show_a_secret
from visits import on_day, visit

pytestmark = pytest.mark.django_db
READS_GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def said():
    return comment_at(passage(opened(), "Der Platz"), actor=jörg(), body="Mehr Schatten.")


def page_of(said):
    return f"/beitraege/{said.ref}/"


def compressed(response, **headers):
    """What the middleware makes of an answer."""
    request = RequestFactory().get("/", **(headers or READS_GZIP))
    request.resolver_match = None
    return CompressionMiddleware(lambda _request: response).process_response(request, response)


# Compression


def test_a_page_is_compressed_for_who_can_read_that_and_says_so_to_caches(client):
    plain = visit().get("/seiten/datenschutz/")
    packed = client.get("/seiten/datenschutz/", **READS_GZIP)

    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/json", "application/jsonl", "text/csv; charset=utf-8"]
)
def test_a_streamed_export_is_compressed_piece_by_piece(content_type):
    pieces = [b"eins;zwei\n" * 200, b"drei;vier\n" * 200]

    answer = compressed(StreamingHttpResponse(iter(pieces), content_type=content_type))

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer.streaming_content)) == b"".join(pieces)


@pytest.mark.parametrize("content_type", ["text/event-stream", "application/pdf", "image/png", "application/zip"])
def test_event_streams_and_what_is_compressed_already_stay_as_they_are(content_type):
    assert "Content-Encoding" not in compressed(StreamingHttpResponse(iter([b"x" * 900]), content_type=content_type))


def test_a_short_answer_is_not_worth_it():
    assert "Content-Encoding" not in compressed(HttpResponse("kurz"))


def test_the_key_of_a_form_and_the_length_of_its_page_differ_each_time(client, said):
    """An attacker who measures compressed pages (BREACH) learns nothing: the key is masked, the padding is random."""
    packed = [client.get(page_of(said), **READS_GZIP).content for _ in range(12)]
    keys = {gzip.decompress(page).split(b'csrfmiddlewaretoken" value="')[1][:64] for page in packed}

    assert len(keys) == 12
    assert len({len(page) for page in packed}) > 3


def test_a_page_that_shows_a_code_is_never_compressed(client, said):
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    page = client.get("/meine-seite/", **READS_GZIP)

    assert "code-note__code" in page.content.decode()
    assert "Content-Encoding" not in page
    assert page["Cache-Control"] == "private, no-store"


def test_the_pages_of_the_sign_in_are_never_compressed(client):
    assert "Content-Encoding" not in client.get("/konto/login/", **READS_GZIP)


# Freshness


@pytest.mark.parametrize("address", ["/", "/beteiligungen/", "/seiten/datenschutz/", "/zusagen/"])
def test_a_guest_who_has_the_page_is_told_that_it_still_holds(client, address):
    first = client.get(address)

    again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_compressed_or_not_the_page_is_the_same_one(client):
    packed = client.get("/seiten/datenschutz/", **READS_GZIP)

    assert packed["ETag"].startswith('W/"')
    assert client.get("/seiten/datenschutz/", HTTP_IF_NONE_MATCH=packed["ETag"], **READS_GZIP).status_code == 304


def test_a_page_that_changed_is_sent_again(client, said):
    first = client.get(page_of(said))
    visit(ida()).post(f"/eintraege/{said.ref}/unterstuetzen/")

    again = client.get(page_of(said), HTTP_IF_NONE_MATCH=first["ETag"])

    assert again.status_code == 200
    assert "1 Mensch unterstützt das" in again.content.decode()


def test_a_page_with_forms_holds_for_the_browser_whose_keys_it_has_and_for_no_other(client, said):
    first = client.get(page_of(said))
    other = type(client)()

    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(page_of(said), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert other.get(page_of(said), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.parametrize("who", [ida, malik, ayşe])
@pytest.mark.parametrize("address", ["/", "/beteiligungen/", "/meine-seite/"])
def test_whoever_is_signed_in_leaves_nothing_in_a_cache(who, address):
    page = visit(who()).get(address)

    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page


def test_what_the_last_deed_said_is_kept_nowhere(client, said):
    signed_in = client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    assert signed_in["Cache-Control"] == "private, no-store"


def test_a_secret_has_no_mark_even_where_no_session_is():
    def shown(request):
        show_a_secret(request)
        return HttpResponse("7K3Q-M9XD")

    assert "ETag" not in FreshnessMiddleware(shown)(RequestFactory().get("/"))
