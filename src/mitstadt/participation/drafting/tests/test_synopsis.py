"""A committee reads passage by passage what was said, what was answered, and what stands in the text now."""

import csv
import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from cast import LATER, NOW, ayşe, ida, jörg, malik
from html_client import CityClient
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, insert_after, revise
from mitstadt.participation.drafting.models import CoText, Edition, Shape
from mitstadt.participation.drafting.synopsis import as_pdf, sections
from mitstadt.participation.drafting.synopsis.queries import all_voices, synopsis_of
from mitstadt.participation.drafting.synopsis.rows import Course
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions import moderation, supports, withdrawal
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.models import AnswerDecision, ModerationVerdict, Record, RecordState, ReportReason
from mitstadt.ui.print import press, typesetting
from mitstadt.ui.print.spreadsheets import harmless
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def _two_editions() -> CoText:
    """A wording was taken up, a question answered, a passage dropped, one added."""
    text = opened()
    bench, kids = passage(text, "Der Platz"), passage(text, "Für Kinder")
    taken = wording_for(bench, f"{bench.body} Sie haben Lehnen.", actor=jörg(), body="Meine Mutter braucht sie.")
    supports.support(taken, actor=ida(), now=NOW)
    heard = comment_at(kids, actor=ida(), body="Bitte Wasser, das man hört.")
    take_over(taken, actor=malik(), reason="Das leuchtet ein.", now=NOW)
    partly = AnswerDecision.PARTLY
    answer([heard], room=text.home, actor=malik(), decision=partly, reason="Wird geprüft.", now=NOW)
    row = text.working_passages.get(words__startswith="Radfahrende")
    insert_after(
        text, actor=malik(), after_id=row.pk, level=2, shape=Shape.PARAGRAPH, words="Im Winter wird geräumt.", now=NOW
    )
    dropped = text.working_passages.get(words__startswith="Für Kinder")
    revise(text, actor=malik(), edits=[PassageEdit(dropped.pk, drop=True)], now=NOW)
    publish_edition(text, actor=malik(), now=LATER)
    return CoText.objects.get(pk=text.pk)


def _file(text: CoText, extension: str, **query: str) -> bytes:
    response = CityClient().get(reverse("synopsis_file", args=[text.ref, extension]), query)
    assert response.status_code == 200
    assert f"synopse-{text.ref}.{extension}" in response["Content-Disposition"]
    return b"".join(response) if response.streaming else response.content


def test_every_passage_says_what_became_of_it_and_by_whom():
    text = _two_editions()

    rows = {row.place.words: row for row in synopsis_of(text).rows}

    bench = next(row for words, row in rows.items() if words.startswith("Der Platz"))
    assert bench.course is Course.CHANGED
    assert bench.results[0].words.endswith("Sie haben Lehnen.")
    assert [taken.author for taken in bench.taken_up] == ["Jörg"]
    assert rows["Für Kinder gibt es Wasser zum Spielen."].course is Course.DROPPED
    assert rows["Im Winter wird geräumt."].course is Course.NEW
    assert rows["Aufenthalt"].course is Course.KEPT


def test_a_new_passage_stands_behind_the_one_it_follows():
    text = _two_editions()

    words = [row.place.words for row in synopsis_of(text).rows]

    assert words[-2].startswith("Radfahrende")
    assert words[-1] == "Im Winter wird geräumt."


def test_the_newest_edition_is_told_only_where_someone_spoke():
    text = _two_editions()
    comment_at(passage(text, "Im Winter"), actor=jörg(), body="Auch der Radweg?")

    newest = [row for row in synopsis_of(text).rows if row.place.edition == 2 and not row.is_new]

    assert [row.place.words for row in newest] == ["Im Winter wird geräumt."]
    assert newest[0].course is Course.STANDS


def test_the_page_shows_old_text_contribution_answer_and_new_text():
    text = _two_editions()

    page = CityClient().get(reverse("synopsis", args=[text.ref])).content.decode()

    for words in ("Meine Mutter braucht sie.", "Das leuchtet ein.", "Wird geprüft.", "Im Winter wird geräumt."):
        assert words in page
    assert "Von Fassung 1 zu Fassung 2" in page
    assert "Aufgenommen von: Jörg" in page


def test_the_page_costs_the_same_number_of_queries_however_much_is_said(django_assert_num_queries):
    text = _two_editions()
    address = reverse("synopsis", args=[text.ref])
    with django_assert_num_queries(14):
        CityClient().get(address)
    roads = passage(text, "Radfahrende")
    said = [comment_at(roads, actor=jörg(), body=f"Beitrag {number}") for number in range(30)]
    for number, one in enumerate(said[:8]):
        decision = AnswerDecision.NOTED
        answer([one], room=text.home, actor=malik(), decision=decision, reason=f"Grund {number}", now=NOW)

    with django_assert_num_queries(14):
        CityClient().get(address)


def test_a_long_passage_runs_on_over_pages_and_nothing_is_lost():
    text = opened()
    roads = passage(text, "Radfahrende")
    refs = {comment_at(roads, actor=jörg(), body=f"Beitrag {number}").ref for number in range(90)}
    address = reverse("synopsis", args=[text.ref])

    first, second = (CityClient().get(address, {"seite": page}).content.decode() for page in ("1", "2"))

    assert "Fortsetzung der Beiträge zu dieser Stelle" in second
    assert {ref for ref in refs if ref in first} | {ref for ref in refs if ref in second} == refs
    assert not {ref for ref in refs if ref in first} & {ref for ref in refs if ref in second}


def test_the_table_opens_in_a_german_spreadsheet_and_runs_nothing():
    text = _two_editions()
    comment_at(passage(text, "Radfahrende"), actor=jörg(), body='=HYPERLINK("http://böse.example";"hier")')

    raw = _file(text, "csv")

    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    said = next(row for row in rows if "HYPERLINK" in row["Beitrag"])
    assert said["Beitrag"].startswith("'=")
    taken = next(row for row in rows if row["Antwort"] == "übernommen")
    assert taken["Neuer Text"].endswith("Sie haben Lehnen.")
    assert taken["Unterstützungen"] == "1"
    assert taken["Stelle"] == "Stelle 1-1"


def test_the_open_data_hold_every_passage_and_contribution():
    text = _two_editions()

    data = json.loads(_file(text, "json"))

    assert data["format"] == "mitstadt synopsis"
    assert data["counts"]["contributions"] == 2
    bench = next(row for row in data["passages"] if row["course"] == "changed")
    [said] = bench["contributions"]
    assert said["author"] == "Jörg"
    assert said["answer"]["decision"] == "taken_up"
    assert said["taken_up_in"] == [bench["results"][0]["ref"]]


def test_the_word_file_has_headings_repeating_header_rows_a_language_and_properties():
    text = _two_editions()
    comment_at(passage(text, "Radfahrende"), actor=jörg(), body="<w:p> & \x07 Ende")

    document = Document(io.BytesIO(_file(text, "docx")))

    assert document.core_properties.title == "Synopse: Leitbild Leopoldplatz"
    assert document.core_properties.language == "de-DE"
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert "Stelle 1-1" in headings
    assert len(document.tables) == 3
    for table in document.tables:
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "<w:p> &  Ende" in said
    assert any("Das leuchtet ein." in words for words in said)


def test_the_pdf_is_tagged_and_says_its_language_and_title():
    text = _two_editions()
    comment_at(passage(text, "Radfahrende"), actor=jörg(), body="Bilder 😀, 漢字, \x07 und #panic() \\ *fett*")

    reader: Any = PdfReader(io.BytesIO(_file(text, "pdf")))

    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "de"
    assert "/StructTreeRoot" in catalog
    assert reader.metadata.title == "Synopse: Leitbild Leopoldplatz"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    words = "\n".join(page.extract_text() for page in reader.pages)
    assert "#panic()" in words
    assert "Das leuchtet ein." in words


def test_a_long_pdf_comes_in_volumes_that_together_hold_everything(monkeypatch):
    monkeypatch.setattr(as_pdf, "VOLUME", 10)
    text = opened()
    for number in range(12):
        comment_at(passage(text, "Radfahrende"), actor=jörg(), body=f"Beitrag{number}.")
    synopsis = synopsis_of(text)

    count = as_pdf.volume_count(synopsis)

    assert count == 2 == -(-len(sections.slots_of(synopsis)) // 10)
    words = ""
    for volume in range(1, count + 1):
        reader = PdfReader(io.BytesIO(_file(text, "pdf", teil=str(volume))))
        words += "".join(page.extract_text() for page in reader.pages)
    assert all(f"Beitrag{number}." in words for number in range(12))
    beyond = Client().get(reverse("synopsis_file", args=[text.ref, "pdf"]), {"teil": "3"})
    assert beyond.status_code == 404


def test_what_is_hidden_withdrawn_or_erased_is_counted_but_never_quoted():
    text = _two_editions()
    roads = passage(text, "Radfahrende")
    withdrawn, erased, hidden = (
        comment_at(roads, actor=jörg(), body=f"Geheimwort {name}") for name in ("eins", "zwei", "drei")
    )
    withdrawal.withdraw(withdrawn, actor=jörg(), now=NOW)
    withdrawal.erase(erased, actor=jörg(), now=NOW)
    case = moderation.open_case(hidden, now=NOW)
    hide, rule = ModerationVerdict.HIDE, ReportReason.INSULT
    moderation.decide(case, actor=ayşe(), verdict=hide, rule=rule, reason="Regel 1.", now=NOW)

    for extension in ("csv", "json"):
        assert "Geheimwort" not in _file(text, extension).decode("utf-8-sig")
    body = zipfile.ZipFile(io.BytesIO(_file(text, "docx"))).read("word/document.xml").decode()
    assert "Geheimwort" not in body
    page = CityClient().get(reverse("synopsis", args=[text.ref])).content.decode()
    assert "Geheimwort" not in page
    assert "3 weitere Beiträge sind nicht mehr zu lesen" in page


def test_a_contribution_that_is_taken_back_while_the_export_runs_is_left_out():
    text = opened()
    roads = passage(text, "Radfahrende")
    going = comment_at(roads, actor=jörg(), body="gleich weg")
    comment_at(roads, actor=ida(), body="bleibt")
    synopsis = synopsis_of(text)
    withdrawal.withdraw(going, actor=jörg(), now=NOW)

    told = [voice.body for _row, voices in all_voices(synopsis, synopsis.rows) for voice in voices]

    assert told == ["bleibt"]


@pytest.mark.parametrize("extension", ["pdf", "docx", "csv", "json"])
def test_a_draft_leaves_in_no_form(extension):
    text = opened()
    Record.objects.filter(pk=text.pk).update(state=RecordState.DRAFT)
    for address in (
        reverse("synopsis", args=[text.ref]),
        reverse("synopsis_file", args=[text.ref, extension]),
    ):
        assert Client().get(address).status_code == 404


def test_the_working_copy_never_leaves():
    text = opened()
    begin_next_edition(text, actor=malik(), now=NOW)
    text.working_passages.filter(words__startswith="Der Platz").update(words="Noch nicht öffentlich.")

    assert "Noch nicht öffentlich." not in _file(text, "json").decode()
    assert Edition.objects.filter(text=text).count() == 1


def test_an_unknown_form_of_file_does_not_exist():
    text = opened()

    assert Client().get(reverse("synopsis_file", args=[text.ref, "exe"])).status_code == 404


def test_what_no_typeface_has_shows_as_a_box_and_the_page_says_so() -> None:
    folder = Path(typesetting.__file__).parent
    fonts = folder.parent / "print_fonts"
    data = {"said": "👍 مرحبا שלום 中文"}

    with tempfile.TemporaryDirectory() as name:
        shutil.copy(folder / "city.typ", name)
        assert press.printable(data, Path(name), fonts) == {"said": "👍 مرحبا שלום ▯▯", "lacks_signs": True}
        assert press.printable({"said": "👍"}, Path(name), fonts) == {"said": "👍"}


@pytest.mark.parametrize("typed", ["=1+1", "＝1+1", "\u3000＋cmd", " ＠SUM(1)", "-2", "|x"])
def test_a_spreadsheet_calculates_nothing_that_a_person_typed(typed: str) -> None:
    assert harmless(typed).startswith("'")


def test_words_of_people_run_in_their_own_direction() -> None:
    text = _two_editions()
    comment_at(passage(text, "Radfahrende"), actor=jörg(), body="نريد مقاعد.\n\nBänke.")

    page = visit().get(f"/texte/{text.ref}/{passage(text, 'Radfahrende').ref}/").content.decode()

    assert '<p dir="auto">نريد مقاعد.</p>' in page
    assert '<p dir="auto">Bänke.</p>' in page


def test_one_bundled_answer_is_told_once_on_a_page():
    text = opened()
    where = passage(text, "Für Kinder")
    both = [comment_at(where, actor=ida(), body="Bitte Wasser."), comment_at(where, actor=jörg(), body="Bitte Sand.")]
    answer(both, room=text.home, actor=malik(), decision=AnswerDecision.NOT, reason="Das kostet zu viel.", now=NOW)

    page = visit().get(reverse("synopsis", args=[text.ref])).content.decode()

    assert page.count("Das kostet zu viel.") == 1
    assert page.count("Dieselbe Antwort wie bei") == 1
