"""Whoever likes paper gets the promise, the text and forms to tear off; it counts like any other way."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cast import NOW, ayşe, jörg, krüger, malik
from html_client import CityClient
from mitstadt.ground.sheets.faults import faults_of
from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.participation.drafting.paper.sections import sections_of
from mitstadt.participation.drafting.paper.slip import printed_slip, slip_sheet
from mitstadt.participation.drafting.queries.reading import reading
from mitstadt.participation.drafting.tests.builders import hosted, imported, opened, passage
from mitstadt.spine.actions.codes import redeem
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.models import ParticipationCode, Translation
from mitstadt.ui.sheets.paper.layout import layout_of

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def _pdf(text, **query) -> Any:
    response = CityClient().get(reverse("text_paper", args=[text.ref]), query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def _words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def _alternatives(reader: Any) -> list[str]:
    """All alternative texts in the tree of tags."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        children = below if isinstance(below, list) else [below]
        waiting += [child.get_object() for child in children if hasattr(child.get_object(), "get")]
    return found


def _signed_in(actor) -> Client:
    client = CityClient()
    client.force_login(actor.person)
    return client


def test_the_edition_holds_the_promise_the_text_with_numbers_and_refs_and_where_to_hand_in():
    text = opened()
    host = text.home.host
    host.contact = "Rathaus Wedding, Müllerstraße 146"
    host.save()

    words = _words(_pdf(text))

    bench = passage(text, "Der Platz")
    for expected in ("Die alten Bäume bleiben.", "400.000 Euro", bench.number, bench.ref, "Rathaus Wedding"):
        assert expected in words
    assert words.count("Ihr Beitrag zum Abschnitt") == 2


STATUTE = """Badesatzung

§ 1 Zweck

(1) Das Baden ist frei.

(2) Es ist verboten,

a) zu rufen,

b) zu rennen.

§ 2 Zeiten

Immer.
"""


def test_numbers_that_a_text_brings_along_stand_once_and_take_no_bullet():
    text = imported(words=STATUTE)
    open_process(hosted(text), actor=malik(), now=NOW)
    text.refresh_from_db()

    words = _words(_pdf(text))
    page = CityClient().get(f"/texte/{text.ref}/").content.decode()

    for mark in ("§ 1 Zweck", "(1) Das Baden", "a) zu rufen,"):
        assert mark in words
    assert not re.search(r"1 § 1|• \(|• a\)|• b\)", words)
    assert ">§ 1 Zweck</a>" in page
    items = re.findall(r'<li class="passage ([^"]*)"', page)
    assert items
    assert all("passage--marked" in item for item in items)


def test_the_edition_is_tagged_and_its_codes_are_told_to_those_who_do_not_see_them():
    text = opened()

    reader = _pdf(text)

    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "de"
    assert reader.metadata.title == "Leitbild Leopoldplatz"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    told = _alternatives(reader)
    links = [words for words in told if re.fullmatch(r"QR-Code zu http://\S+/[2-9A-Z]{4}-[2-9A-Z]{4}", words)]
    assert len(links) == 3
    assert set(told) - set(links) == {"QR-Code für die Erfassung dieser Seite"}


def test_each_section_gets_its_own_form_and_no_passage_is_left_out():
    text = opened()
    shown = reading(text)

    sections = sections_of(shown.passages)

    assert [section.first.words for section in sections] == ["Aufenthalt", "Wege"]
    told = [number for section in sections for number in section.numbers]
    assert told == [row.passage.number for row in shown.passages if row.passage.shape != "title"]


def test_a_text_without_headings_is_one_section():
    text = imported(words="Nur ein Absatz, der für sich steht.\n\nUnd noch einer, der ihm folgt.")
    open_process(hosted(text), actor=malik(), now=NOW)
    text.refresh_from_db()

    assert "Anfang des Textes" in _words(_pdf(text))


def test_large_print_is_large():
    text = opened()

    def largest(reader: PdfReader) -> float:
        sizes: list[float] = []

        def note(words: str, _cm: object, _tm: object, _font: object, size: float) -> None:
            if "Leitbild" in words:
                sizes.append(size)

        reader.pages[0].extract_text(visitor_text=note)
        return max(sizes)

    assert largest(_pdf(text, groesse="gross")) > 1.5 * largest(_pdf(text))


def test_a_version_in_plain_language_is_printed_in_its_place():
    text = opened()
    bench = passage(text, "Der Platz")
    Translation.objects.create(record_id=bench.pk, language="de-simple", body="Hier kann man gut sitzen.")

    assert "Hier kann man gut sitzen." in _words(_pdf(text, sprache="de-simple"))
    assert "Hier kann man gut sitzen." not in _words(_pdf(text))


def test_an_english_version_speaks_english_to_screen_readers():
    text = opened()
    Translation.objects.create(record_id=passage(text, "Der Platz").pk, language="en", body="Sit in the shade.")

    reader = _pdf(text, sprache="en")

    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Sit in the shade." in _words(reader)


def test_the_host_prints_copies_with_a_code_each_and_every_code_works():
    text = opened()
    address = reverse("text_paper_with_codes", args=[text.ref])

    response = _signed_in(malik()).post(address, {"count": "3"})

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    codes = set(re.findall(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", _words(PdfReader(io.BytesIO(response.content)))))
    assert len(codes) == 3
    assert ParticipationCode.objects.filter(room_id=text.room_id).count() == 3
    assert all(redeem(code, now=NOW).room_id == text.room_id for code in codes)


def test_too_many_copies_are_refused_with_what_was_typed_kept():
    text = opened()
    address = reverse("text_paper_with_codes", args=[text.ref])

    response = _signed_in(malik()).post(address, {"count": "120", "with_text": "on"})

    assert response.status_code == 422
    assert 'value="120"' in response.content.decode()
    assert not ParticipationCode.objects.exists()


@pytest.mark.parametrize("who", [None, jörg, krüger, ayşe])
def test_only_the_host_prints_codes(who):
    text = opened()
    client = _signed_in(who()) if who else CityClient()

    response = client.post(reverse("text_paper_with_codes", args=[text.ref]), {"count": "3"})

    may = who is krüger
    assert (response.status_code == 200) is may
    assert ParticipationCode.objects.exists() is may


def test_the_form_for_copies_is_a_sound_page():
    text = opened()

    assert _signed_in(malik()).get(reverse("text_paper_with_codes", args=[text.ref])).status_code == 200


def test_a_text_in_preparation_is_not_printed_for_strangers():
    text = imported()

    assert Client().get(reverse("text_paper", args=[text.ref])).status_code == 404


def test_a_slip_is_one_leaf_and_what_it_asks_is_what_the_desk_keys():
    slip = printed_slip("Aufenthalt", "1 – 1-2", asks_code=True)
    layout = layout_of(slip, ["de"])

    assert faults_of(slip) == []
    assert len(layout.pages) == 2
    assert {question.key for question in slip_sheet().questions} == {"passage", "form", "body", "wording"}
    assert [question.key for question in slip.questions][:4] == [question.key for question in slip_sheet().questions]
    assert {box.option for page in layout.pages for box in page.boxes} == set(ContributionForm.values)


def test_each_slip_begins_on_a_leaf_of_its_own():
    reader = _pdf(opened())

    begin = [
        number for number, page in enumerate(reader.pages, 1) if "Ihr Beitrag zum Abschnitt" in page.extract_text()
    ]
    assert len(begin) == 2
    assert all(number % 2 for number in begin)
