"""Whatever is typed, pasted, uploaded or sent: a sentence or a plain refusal, never a crash; nothing typed is lost."""

import io
import random
import zipfile
from collections.abc import Callable
from html import escape
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from forms_on_page import PageForm, form_with, forms_on
from hostile import HOSTILE
from html_client import faults, read
from matrix_addresses import Route, address, routes
from matrix_visitors import browser, finish
from real_data import real_file
from scale import scaled

pytestmark = pytest.mark.usefixtures("db")

# Who finds the form of a page open, tried in this order.
_FILLERS = ("guest", "joerg", "malik", "krueger", "platform")
QUERIES = (
    "seite",
    "fassung",
    "sprache",
    "reihenfolge",
    "stand",
    "gebiet",
    "q",
    "art",
    "antwort",
    "kennzeichen",
    "kanal",
    "absatz",
    "thema",
    "wort",
    "stapel",
    "prozess",
    "code",
    "next",
    "von",
    "bis",
    "x",
    "y",
    "ansicht",
    "blatt",
    "ab",
)
# What every form is sent; the thorough run sends more.
SOME = (*HOSTILE[:: scaled(100, 10)], "9999-12-31", "\x00", '<script>alert("x")</script>')
# The last is a number of more digits than Python reads.
QUERY_VALUES = (*HOSTILE[:: scaled(30, 5)], "9" * 5_000)
SAID = HOSTILE[:: scaled(3, 1)]


def _send(client: Client, url: str, data: dict[str, object], *, method: str = "post"):
    cache.clear()
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        body = b"" if response.streaming else response.content
        finish(response)
        transaction.set_rollback(True)
    return response.status_code, body.decode("utf-8", errors="replace")


def _complaints(answer: tuple[int, str], value: str, where: str) -> list[str]:
    status, body = answer
    found = [f"{status} at {where} for {value[:60]!r}"] if status >= 500 or status not in _PLAIN else []
    if '<script>alert("x")' in body or "<img src=x" in body or "<svg/onload" in body:
        found.append(f"markup is passed through at {where} for {value[:60]!r}")
    return found


_PLAIN = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}


@pytest.mark.parametrize("value", QUERY_VALUES, ids=range(len(QUERY_VALUES)))
def test_no_address_trips_over_a_query(city, value):
    """Every reading page, with every parameter we know set to nonsense at once."""
    client, found = browser(city, "malik"), []
    for name in ("home", "processes", "search", "lookup", "promises", "text", "passage", "contribution", "editing_desk",
                 "moderation", "synopsis", "desk_part", "text_preview", "next_edition", "editions_compared", "code",
                 "my_page", "workplace"):  # fmt: skip
        url = address(ROUTES[name], city)
        found += _complaints(_send(client, url, dict.fromkeys(QUERIES, value[:6_000]), method="get"), value, url)

    assert found == []


ROUTES = {route.name: route for route in routes()}


@pytest.mark.parametrize(
    "route", [r for r in routes() if r.name not in {"account_logout", "mfa_activate_totp"}], ids=str
)
def test_every_form_of_the_city_answers_every_nonsense_in_a_sentence(city, route):
    """The forms are found on the pages themselves, so that a new one is tried without being named here."""
    found = []
    for client, url, form in _forms(route, city):
        for value in SOME:
            target = form.action or url
            typed = {**form.filled(**dict.fromkeys(form.typed, value)), **form.first_choices()}
            found += _complaints(_send(client, target, typed), value, target)
        everything = {*form.values, *form.typed, *form.chosen}
        for value in SOME[:: scaled(3, 2)]:
            found += _complaints(_send(client, form.action or url, dict.fromkeys(everything, value)), value, url)

    assert found == []


def _forms(route: Route, city) -> list[tuple[Client, str, PageForm]]:
    seen: set[frozenset[str]] = set()
    found = []
    url = address(route, city)
    for persona in _FILLERS:
        client = browser(city, persona)
        with transaction.atomic():
            response = client.get(url)
            html = (
                "" if response.streaming or response.status_code != 200 else response.content.decode("utf-8", "replace")
            )
            finish(response)
            transaction.set_rollback(True)
        for form in forms_on(html):
            fields = frozenset({*form.values, *form.typed, *form.chosen} - {"csrfmiddlewaretoken"})
            if form.method == "post" and (form.typed or form.chosen) and fields not in seen:
                seen.add(fields)
                found.append((client, url, form))
    return found


@pytest.mark.parametrize("value", SAID, ids=range(len(SAID)))
def test_a_contribution_of_any_signs_is_taken_or_refused_with_the_words_kept(city, value):
    client = browser(city, "joerg")
    url = address(ROUTES["contribute"], city)
    data = {
        "submission_key": uuid4(),
        "body": value,
        "theme": value[:70],
        "quote": value[:50],
        "start": "3",
        "similar_seen": "on",
    }

    status, body = _send(client, url, data)

    assert _complaints((status, body), value, url) == []
    assert status in {302, 422}
    if status == 422 and value.isprintable():
        assert escape(value) in body.replace("&quot;", "&quot;")


def test_a_form_with_errors_keeps_every_field_and_says_what_is_wrong(city):
    client = browser(city, "guest")
    url = reverse("contribute", args=[city.text.ref, city.passage.ref, "wording"])
    form = form_with(client.get(url).content.decode(), "wording")

    answer = client.post(url, form.filled(wording="x" * 20_001, body="Mein Grund bleibt stehen.", theme="Lärm"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "x" * 20_001 in page
    assert "Mein Grund bleibt stehen." in page
    assert 'value="Lärm"' in page
    assert "error-summary" in page


def test_a_body_of_fifty_megabytes_is_refused_without_a_crash(city):
    client = browser(city, "guest")
    url = reverse("contribute", args=[city.text.ref, city.passage.ref, "comment"])

    answer = client.generic("POST", url, b"body=" + b"x" * 50_000_000, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {400, 413}
    assert faults(read(answer.content.decode())) == []


def test_ten_thousand_fields_are_refused_without_a_crash(city):
    answer = browser(city, "guest").post(reverse("code"), {f"f{n}": "x" for n in range(10_000)})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=x", "x/y"]
)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe\x00", b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nx']
)
def test_a_body_in_the_wrong_format_is_a_form_without_answers(city, content_type, body):
    for name in ("contribute", "code", "report", "account_login"):
        answer = browser(city, "guest").generic("POST", address(ROUTES[name], city), body, content_type=content_type)
        assert answer.status_code in {200, 400, 403, 422}, name


def test_a_form_without_its_key_is_refused_and_what_was_typed_is_shown(city):
    client = Client(enforce_csrf_checks=True)
    url = reverse("contribute", args=[city.text.ref, city.passage.ref, "comment"])

    answer = client.post(url, {"body": "Ein langer Gedanke <b>über</b> Bänke.", "password": "geheim-und-lang"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ein langer Gedanke &lt;b&gt;über&lt;/b&gt; Bänke." in page
    assert "geheim-und-lang" not in page
    assert faults(read(page)) == []


@pytest.mark.parametrize(
    "path", ["gibt-es-nicht/", "beteiligungen/2222-2222/", "admin/", "%00/", "..%2f..%2fetc/passwd", "a" * 3_000]
)
def test_an_address_that_leads_nowhere_is_a_page_with_ways_on(city, path):
    answer = browser(city, "guest").get(f"/{path}")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert faults(read(page)) == []
    assert "Zur Startseite" in page


# --- texts that come in as files -------------------------------------------------------------------------------------


def _word(document: bytes, **more: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml", b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        file.writestr("word/document.xml", document)
        for name, content in more.items():
            file.writestr(name, content)
    return packed.getvalue()


_NS = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BILLION = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 100 + b'"><!ENTITY c "' + b"&b;" * 100 + b'">]><w:document '
    + _NS + b"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)  # fmt: skip
_FOREIGN = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document ' + _NS + b"><w:body>&a;</w:body></w:document>"
)
# More than the door takes: refused before anything is read of it.
TOO_LARGE = "zu-gross.txt"
# What takes long to make is made by its test.
FILES: dict[str, bytes | Callable[[], bytes]] = {
    "leer.txt": b"",
    "nur-null.txt": b"\x00" * 10_000,
    "utf16-ohne-marke.txt": "Überschrift\n\nEin Absatz.".encode("utf-16-le"),
    "utf16.txt": "Überschrift\n\nEin Absatz.".encode("utf-16"),
    "latin1.txt": "Überschrift\n\nEin Absatz für alle.".encode("latin-1"),
    "gemischt.txt": "Ein Absatz für alle.\n\n".encode() + "Ein zweiter für alle.".encode("latin-1"),
    "abgebrochen.txt": "Ein Absatz für alle – ".encode()[:-2],
    "bild.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
    "exe.docx": b"MZ" + bytes(range(256)) * 50,
    "pdf.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj",
    "rtlo\u202etxt.exe": b"Ein Absatz.",
    "steuerzeichen.txt": b"Ein\x07 Absatz\x1b[31m rot\x0c\n\nZwei\x0b",
    "rechts-links.txt": "Ein \u202egesiwthcil\u202c Absatz.\n\n\u2067x\u2069".encode(),
    "script.html": b"<script>alert(1)</script><style>*{}</style><h1 onclick=x()>Titel</h1><p>Ein <b>Absatz</b>.",
    "tief.html": b"<div>" * 50_000 + b"<p>unten</p>",
    "kaputt.html": b"<p><table><tr><p>a</td></table></p></p><h2>b<h3>c</h2>" * 500,
    "formel.md": b"# A\n\n" + b"$" * 5_000 + b"\n\n" + b"[" * 20_000,
    "eine-zeile.txt": b"wort " * 300_000,
    "viele-zeilen.txt": b"a\n\n" * 8_000,
    "keine-leerzeichen.txt": b"x" * 1_000_000,
    "kein-zip.docx": b"PK\x03\x04" + b"\x00" * 100,
    "leeres-zip.docx": b"PK\x05\x06" + b"\x00" * 18,
    "ohne-dokument.docx": _word(b"")[:-60],
    "kein-xml.docx": _word(b"Das ist kein XML"),
    "bombe.docx": lambda: _word(b"<w:document " + _NS + b">" + b" " * 400_000_000 + b"</w:document>"),
    "lachen.docx": _word(_BILLION),
    "fremd.docx": _word(_FOREIGN),
    "ausbruch.docx": _word(b"<w:document " + _NS + b"/>", **{"../../../tmp/ausbruch": b"x"}),
    "ohne-endung": b"Ein Absatz.",
    "tabelle.csv": b"a;b\n1;2\n",
    ("n" * 300) + ".txt": b"Ein Absatz.",
    TOO_LARGE: lambda: b"Ein Absatz.\n\n" * 4_000_000,
}


def _broken(count: int) -> dict[str, bytes]:
    """A sound Word file, a sound page and a sound text, each with some bytes changed, always the same ones."""
    rng = random.Random(7)
    paragraph = b"<w:p><w:r><w:t>Ein Absatz mit Worten.</w:t></w:r></w:p>"
    sound = {
        "docx": _word(b"<w:document " + _NS + b"><w:body>" + paragraph * 20 + b"</w:body></w:document>"),
        "html": b"<html><body><h1>Titel</h1>" + b"<p>Ein Absatz mit <b>Worten</b>.</p>" * 20,
        "md": b"# Titel\n\n" + "Ein Absatz für *alle*.\n\n- Punkt\n\n".encode() * 20,
        "txt": "Titel\n\nEin Absatz für alle.\n\n".encode() * 20,
    }
    files = {}
    for number in range(count):
        kind = rng.choice(sorted(sound))
        data = bytearray(sound[kind])
        for _change in range(rng.choice((1, 3, 20, 200))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.choice((len(data), len(data), rng.randrange(len(data))))
        files[f"kaputt-{number}.{kind}"] = bytes(data[:cut])
    return files


@pytest.fixture
def loading(city):
    """Where Malik loads a text into the process in preparation."""
    return browser(city, "malik"), reverse("text_import", args=[city.draft_text.ref])


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_text_gets_a_sentence_and_a_readable_one_is_read(loading, name):
    client, url = loading
    made = FILES[name]

    answer = client.post(url, {"file": SimpleUploadedFile(name, made() if callable(made) else made), "pasted": ""})

    if name == TOO_LARGE:
        assert (answer.status_code, "höchstens" in answer.content.decode()) == (413, True)
        return
    assert answer.status_code in {302, 400, 422}, name
    if answer.status_code == 422:
        page = answer.content.decode()
        assert "error-summary" in page
        assert "Traceback" not in page
    if answer.status_code == 302:
        preview = client.get(answer.headers["Location"])
        assert preview.status_code == 200
        assert b"<script>alert" not in preview.content
        assert b"root:" not in preview.content


def test_broken_files_are_read_or_refused(loading):
    client, url = loading
    statuses = {}
    for name, data in _broken(scaled(40, 400)).items():
        with transaction.atomic():
            statuses[name] = client.post(url, {"file": SimpleUploadedFile(name, data), "pasted": ""}).status_code
            transaction.set_rollback(True)

    assert {name: status for name, status in statuses.items() if status not in {302, 422}} == {}


def test_pasted_words_stay_when_a_file_was_chosen_too(loading):
    client, url = loading

    answer = client.post(url, {"file": SimpleUploadedFile("a.txt", b"Ein Absatz."), "pasted": "Mein langer Text."})

    assert answer.status_code == 422
    assert "Mein langer Text." in answer.content.decode()


def test_the_text_of_the_mission_comes_in_whole(loading):
    client, url = loading
    path = real_file("../mission/zukunftsperspektiven-faehigkeiten.txt")

    answer = client.post(url, {"file": SimpleUploadedFile(path.name, path.read_bytes()), "pasted": ""}, follow=True)

    assert answer.status_code == 200
