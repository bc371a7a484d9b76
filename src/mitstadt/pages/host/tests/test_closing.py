"""Who closes a process says what came of it; everyone reads that first, and a correction is as public."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cast import AFTER_THE_PHASE, DECIDED_ON, NOW, assembly, changed_by_two, jörg, malik
from mitstadt.ground.files.tests.bytes_that_come import photo
from mitstadt.participation.drafting.tests.builders import hosted, opened
from mitstadt.spine.amending import COMMITMENT
from mitstadt.spine.models import Act, RoomStage
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
SENTENCE = "Der Platz bekommt zwanzig Bänke und einen Brunnen."
ANSWERS = {
    "sentence": SENTENCE,
    "decided_by": "bvv-mitte",
    "decided_on": DECIDED_ON.isoformat(),
    "link": "https://example.org/beschluss-12",
}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch, AFTER_THE_PHASE)


def page(process, end: str) -> str:
    return f"/beteiligungen/{process.ref}/{end}"


def test_closing_asks_what_came_of_it_and_happens_once():
    process = hosted(opened())
    browser = visit(malik())

    form = browser.get(page(process, "leitung/abschliessen/")).content.decode()
    assert "Was wurde entschieden?" in form
    assert '<option value="bvv-mitte" selected>' in form
    empty = browser.post(page(process, "leitung/abschliessen/"))
    assert empty.status_code == 422
    assert "Der Satz fehlt noch" in empty.content.decode()
    browser.post(page(process, "leitung/abschliessen/"), ANSWERS)
    process.refresh_from_db()
    assert process.stage == RoomStage.CLOSED
    assert browser.post(page(process, "leitung/abschliessen/"), ANSWERS).status_code == 302
    assert Act.objects.filter(verb="closed").count() == 1


def test_everyone_reads_the_outcome_first_on_page_cards_and_open_data():
    process = hosted(opened())
    visit(malik()).post(page(process, "leitung/abschliessen/"), ANSWERS)

    told = visit().get(page(process, "")).content.decode()
    assert told.index(SENTENCE) < told.index("Die Zusage")
    assert "Die BVV Mitte hat am 4. April 2027 entschieden." in told
    assert "Ergebnis öffentlich berichtigen" not in told
    for cards in ("/", "/beteiligungen/?stand=alle"):
        assert SENTENCE in visit().get(cards).content.decode()
    data = json.loads(b"".join(visit().get(page(process, "daten.json"))))
    [record] = [one for one in data["records"] if one["kind"] == "decision"]
    assert (record["decided_by"], record["level"]) == (assembly().name, "district_assembly")


def test_pages_with_results_tell_who_decided_and_when():
    text = opened()
    visit(malik()).post(page(hosted(text), "leitung/abschliessen/"), ANSWERS)

    told = visit().get(reverse("synopsis", args=[text.ref])).content.decode()

    assert f"Die BVV Mitte hat am 4. April 2027 entschieden. {SENTENCE}" in told


def test_while_people_take_part_the_page_says_until_when_and_what_two_can_do(monkeypatch):
    process = hosted(opened())
    on_day(monkeypatch)
    browser = visit(malik())

    told = browser.get(page(process, "leitung/abschliessen/")).content.decode()
    assert "Zugesagt ist Zeit zum Mitmachen bis" in told
    assert page(process, "leitung/aendern/frueher-enden/") in told
    assert "Was wurde entschieden?" not in told
    assert browser.post(page(process, "leitung/abschliessen/"), ANSWERS).status_code == 422
    process.refresh_from_db()
    assert process.stage == RoomStage.OPEN


def test_while_it_is_open_every_result_says_to_whom_it_is_recommended():
    process = hosted(opened())

    assert "Empfehlung an die BVV Mitte. Sie entscheidet." in visit().get(page(process, "")).content.decode()


def test_a_correction_is_public_and_only_of_those_who_lead():
    process = hosted(opened())
    browser = visit(malik())
    browser.post(page(process, "leitung/abschliessen/"), ANSWERS)

    assert visit(jörg()).get(page(process, "leitung/ergebnis/")).status_code == 403
    form = browser.get(page(process, "leitung/ergebnis/")).content.decode()
    assert SENTENCE in form
    changed = {**ANSWERS, "sentence": "Es werden dreißig Bänke.", "reason": "Ein Zahlendreher."}
    assert browser.post(page(process, "leitung/ergebnis/"), changed).status_code == 302
    told = visit().get(page(process, "")).content.decode()
    assert "Es werden dreißig Bänke." in told
    assert "Ein Zahlendreher." in told
    assert f"<del><bdi>{SENTENCE}</bdi></del>" in told


def test_the_resolution_hangs_beside_the_outcome():
    process = hosted(opened())
    picture = SimpleUploadedFile("plan.jpg", photo(), content_type="image/jpeg")
    upload = {"documents-0-file": picture, "documents-0-description": "Der Plan des Platzes."}
    visit(malik()).post(page(process, "leitung/abschliessen/"), {**ANSWERS, **upload})

    assert 'alt="Der Plan des Platzes."' in visit().get(page(process, "")).content.decode()


def test_a_file_alone_is_a_correction_too():
    process = hosted(opened())
    browser = visit(malik())
    browser.post(page(process, "leitung/abschliessen/"), ANSWERS)
    picture = SimpleUploadedFile("plan.jpg", photo(), content_type="image/jpeg")
    upload = {"documents-0-file": picture, "documents-0-description": "Der Plan des Platzes."}
    again = {**ANSWERS, "reason": "Der Plan fehlte."}

    assert browser.post(page(process, "leitung/ergebnis/"), {**again, **upload}).status_code == 302
    assert 'alt="Der Plan des Platzes."' in visit().get(page(process, "")).content.decode()
    assert browser.post(page(process, "leitung/ergebnis/"), again).status_code == 422


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 5, 5), "Sie entscheidet am 5. Mai 2027."),
        (NOW.date(), "Sie entscheidet am 4. Mai 2027."),
        (date(2027, 5, 3), "Die Entscheidung war für den 3. Mai 2027 geplant."),
    ],
)
def test_nobody_reads_that_a_day_is_to_come_once_it_is_over(day, sentence, monkeypatch):
    on_day(monkeypatch)
    process = hosted(opened())
    changed_by_two(process, COMMITMENT, after={"decides_on": day.isoformat()})

    assert f"Empfehlung an die BVV Mitte. {sentence}" in visit().get(page(process, "")).content.decode()
