"""A host goes from a question to an open process, one page at a time, and never opens with a promise half made."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import NOW, assembly, ayşe, jörg, krüger, malik, office, person, prepared_process, with_role
from mitstadt.ground.areas.actions.shipped import load_shipped_city
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.pages.host.steps import STEPS
from mitstadt.participation.drafting.tests.builders import WORDS, hosted, imported
from mitstadt.spine.models import Process, RoomStage
from mitstadt.spine.queries.parts import parts_of
from visits import on_day, visit

pytestmark = pytest.mark.django_db

QUESTION = {"title": "Wo fehlen Bänke?", "body": "Viele Ältere sagen, dass Bänke fehlen."}
ANSWERS = {
    "offen": {"value": "Wo die Bänke stehen."},
    "fest": {"value": "Zwanzig Bänke."},
    "entscheidung": {"value": "bvv-mitte"},
    "entscheidungstag": {"value": ""},
    "mitsprache": {"value": "consult"},
    "verwendung": {"value": "Sie gehen in den Aufstellplan."},
    "antwort": {"value": "2027-08-01"},
    "geld": {"value": "30.000 Euro."},
    "phase": {
        "format": "drafting",
        "title": "Gemeinsam schreiben",
        "first_day": "2027-05-10",
        "last_day": "2027-06-10",
    },
    "zugang": {"access": "code"},
    "umgang": {"four_eyes": "on"},
}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def address(process: Process, end: str) -> str:
    return f"/beteiligungen/{process.ref}/leitung/{end}"


def loading(process, end="laden/"):
    """Where words are brought into the text of the process."""
    return f"/texte/{parts_of(process)[0].ref}/vorbereiten/{end}"


def test_malik_goes_from_a_question_to_an_open_process():
    browser = visit(malik())
    assembly()
    begun = browser.post("/beteiligungen/neu/", QUESTION)
    process = Process.objects.get()

    assert begun.headers["Location"] == address(process, "vorbereiten/gebiet/")
    assert browser.post(begun.headers["Location"], {"gebiet": ""}).headers["Location"] == address(
        process, "vorbereiten/offen/"
    )
    for step, answer in ANSWERS.items():
        assert browser.post(address(process, f"vorbereiten/{step}/"), answer).status_code == 302
    browser.post(loading(process), {"pasted": WORDS})
    assert browser.get(address(process, "pruefen/")).status_code == 200
    assert browser.post(address(process, "pruefen/")).headers["Location"] == address(process, "")

    process.refresh_from_db()
    assert process.stage == RoomStage.OPEN
    [part] = parts_of(process)
    assert (part.access, process.four_eyes, part.checks_first) == ("code", True, False)
    assert process.commitment.money == "30.000 Euro."
    assert (process.commitment.decided_by, process.commitment.decides_on) == (assembly(), None)
    phase = process.phases.get()
    assert (phase.opens_at.isoformat(), phase.closes_at.isoformat()) == (
        "2027-05-09T22:00:00+00:00",
        "2027-06-10T22:00:00+00:00",
    )


def test_every_step_can_be_left_and_shows_later_what_was_said():
    process = prepared_process()
    browser = visit(malik())
    for step in STEPS:
        assert browser.get(address(process, f"vorbereiten/{step.key}/")).status_code == 200

    assert "Die alten Bäume bleiben." in browser.get(address(process, "vorbereiten/fest/")).content.decode()


def test_an_incomplete_process_does_not_open_and_says_what_is_missing_with_links():
    browser = visit(malik())
    browser.post("/beteiligungen/neu/", QUESTION)
    process = Process.objects.get()

    page = browser.get(address(process, "pruefen/")).content.decode()
    refused = browser.post(address(process, "pruefen/"))

    assert f'href="{address(process, "vorbereiten/geld/")}?dann=pruefen">Welches Geld ist da?' in page
    assert "Beteiligung öffnen" not in page
    assert refused.status_code == 422
    assert "Es fehlt: was offen ist" in refused.content.decode()
    process.refresh_from_db()
    assert process.stage == RoomStage.PREPARED


def test_a_change_from_the_check_leads_back_to_the_check():
    process = prepared_process()

    answer = visit(malik()).post(address(process, "vorbereiten/geld/") + "?dann=pruefen", {"value": "Keines."})

    assert answer.headers["Location"] == address(process, "pruefen/")


def test_an_empty_answer_is_asked_for_again_and_nothing_is_lost():
    browser = visit(malik())
    answer = browser.post("/beteiligungen/neu/", {"title": "", "body": "Ein langer Text dazu."})

    assert answer.status_code == 422
    assert "Ein langer Text dazu." in answer.content.decode()
    assert not Process.objects.exists()


def test_sent_twice_the_question_begins_one_process():
    browser = visit(malik())
    key = "5f0c7d4e-9f8e-4a58-9d1f-0d8d7a3c2b10"
    for _time in range(2):
        browser.post("/beteiligungen/neu/", {**QUESTION, "submission_key": key})

    assert Process.objects.count() == 1


def test_who_works_for_two_offices_is_asked_for_which():
    second = office("Bezirksamt Neukölln", "ba-neukoelln")
    malik()
    actor = with_role(person("Malik"), Role.EDITOR, second)
    browser = visit(actor)

    assert "Für wen" in browser.get("/beteiligungen/neu/").content.decode()
    chosen = browser.post("/beteiligungen/neu/", {"organisation": "ba-neukoelln"})
    browser.post(chosen.headers["Location"], QUESTION)

    assert Process.objects.get().host == second


def test_the_area_is_found_by_its_name():
    process = prepared_process()
    load_shipped_city("berlin", now=NOW)
    browser = visit(malik())
    step = address(process, "vorbereiten/gebiet/")
    page = browser.get(f"{step}?q=Weding").content.decode()
    slug = re.search(r'name="gebiet" id="g-1"\s+value="([^"]+)"', page)[1]
    browser.post(step, {"gebiet": slug})

    process.refresh_from_db()
    assert "Wedding" in process.area.name("de")
    assert "kennen wir nicht" in browser.get(f"{step}?q=Wolkenkuckucksheim").content.decode()


def test_a_phase_that_ends_before_it_begins_is_refused_at_its_field():
    process = prepared_process()
    wrong = {**ANSWERS["phase"], "last_day": "2027-05-01"}
    answer = visit(malik()).post(address(process, "vorbereiten/phase/"), wrong)

    assert answer.status_code == 422
    assert "Das Ende liegt vor dem Beginn" in answer.content.decode()


def test_who_may_take_part_is_asked_once_there_is_something_to_take_part_in():
    answer = visit(malik()).post(address(prepared_process(), "vorbereiten/zugang/"), ANSWERS["zugang"])

    assert answer.status_code == 422
    assert "Es ist noch keine Phase geplant" in answer.content.decode()


def test_nobody_without_the_role_prepares():
    assert visit().get("/beteiligungen/neu/").status_code == 403
    for stranger in (jörg(), ayşe(), krüger()):
        answer = visit(stranger).get("/beteiligungen/neu/")
        assert answer.status_code == 403
        assert "eine Aufgabe" in answer.content.decode()


@pytest.mark.parametrize("end", ["vorbereiten/geld/", "pruefen/", "", "codes/", "aufgaben/"])
def test_a_draft_does_not_exist_for_strangers(end):
    process = prepared_process()
    elsewhere = with_role(person("Nina"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    for stranger in (None, jörg(), elsewhere):
        assert visit(stranger).get(address(process, end)).status_code == 404
        assert visit(stranger).post(address(process, end), {"value": "x"}).status_code == 404


def test_who_moderates_sees_that_the_draft_exists_but_does_not_write_it():
    process = prepared_process()

    assert visit(ayşe()).get(address(process, "vorbereiten/geld/")).status_code == 403
    assert visit(ayşe()).post(address(process, "vorbereiten/geld/"), {"value": "x"}).status_code == 403


def test_an_editor_prepares_but_does_not_open():
    process = hosted(imported())
    editor = with_role(person("Eda"), Role.EDITOR)
    browser = visit(editor)

    assert (
        "Öffnen kann die Beteiligung nur, wer sie leitet" in browser.get(address(process, "pruefen/")).content.decode()
    )
    assert browser.post(address(process, "pruefen/")).status_code == 422
    process.refresh_from_db()
    assert process.stage == RoomStage.PREPARED


def test_after_the_opening_the_steps_lead_to_the_dashboard():
    process = hosted(imported())
    browser = visit(malik())
    browser.post(address(process, "pruefen/"))

    assert browser.get(address(process, "vorbereiten/geld/")).headers["Location"] == address(process, "")
    assert browser.post(address(process, "vorbereiten/geld/"), {"value": "x"}).headers["Location"] == address(
        process, ""
    )


def test_a_file_that_cannot_be_read_is_told_in_a_sentence():
    process = hosted(imported())
    for name, data, sentence in [
        ("plan.pdf", b"%PDF-1.7 ...", "Aus dieser Datei lässt sich kein Text lesen."),
        ("plan.txt", b"   \n", "Hier steht kein Text."),
        ("plan.docx", b"PK\x03\x04broken", "Diese Word-Datei ist beschädigt"),
        ("plan.docx", b"Nur Text", "Das ist keine Word-Datei."),
    ]:
        file = SimpleUploadedFile(name, data)
        answer = visit(malik()).post(loading(process), {"file": file})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_file_over_five_megabytes_is_refused_before_it_is_read():
    process = hosted(imported())
    file = SimpleUploadedFile("plan.txt", b"a" * 5_000_001)

    answer = visit(malik()).post(loading(process), {"file": file})

    assert answer.status_code == 422
    assert "größer als 5 MB" in answer.content.decode()


def test_pasted_words_stay_when_they_are_refused():
    process = hosted(imported())
    file = SimpleUploadedFile("plan.txt", b"Text")
    answer = visit(malik()).post(loading(process), {"file": file, "pasted": "Mein langer Text"})

    assert answer.status_code == 422
    assert "Mein langer Text" in answer.content.decode()


def test_a_script_in_a_text_is_shown_as_words():
    process = hosted(imported())
    browser = visit(malik())
    browser.post(loading(process), {"pasted": "Titel\n\n</textarea><script>alert(1)</script> Ein Satz.\n"})

    assert "<script>alert" not in browser.get(loading(process, "")).content.decode()


def test_the_promise_date_may_lie_on_any_day_after_today():
    process = prepared_process()
    day = (NOW + timedelta(days=90)).date().isoformat()
    visit(malik()).post(address(process, "vorbereiten/antwort/"), {"value": day})

    process.commitment.refresh_from_db()
    assert process.commitment.answer_by.isoformat() == day


def test_nobody_opens_a_process_whose_host_cannot_be_reached():
    process = hosted(imported())
    Organisation.objects.filter(pk=process.host_id).update(contact_phone="", step_free="")
    browser = visit(malik())

    page = browser.get(address(process, "pruefen/")).content.decode()
    refused = browser.post(address(process, "pruefen/")).content.decode()

    assert 'href="/organisationen/ba-mitte/angaben/"' in page
    assert "Beteiligung öffnen" not in page
    assert "Bei der Stelle fehlt noch: Telefon, Stufenlos." in refused
    process.refresh_from_db()
    assert process.stage == RoomStage.PREPARED
