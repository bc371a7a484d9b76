"""Who prepares a process sees each of its parts: who takes part, its phases and what they open; and opens it."""

from datetime import timedelta

import pytest

from cast import NOW, ayşe, ida, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.tests.builders import hosted, imported, opened
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Act
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.parts import parts_of
from visits import on_day, visit

pytestmark = pytest.mark.django_db
PAGES = ["", "angaben/", "phasen/neu/", "phasen/1/"]
DAYS = {"first_day": "2027-05-03", "last_day": "2027-06-30"}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def address(part, end=""):
    return f"/teile/{part.ref}/leitung/{end}"


def planned_beside(process):
    """A second text that Malik plans in the open process."""
    page = f"/beteiligungen/{process.ref}/leitung/teile/neu/"
    saved = visit(malik()).post(page, {"format": "drafting", "title": "Zweiter Text", **DAYS})
    part = parts_of(process)[-1]
    assert saved.headers["Location"] == address(part)
    return part


def filled(part, words="Grünplan\n\nBäume am Ufer.\n"):
    read = computations.read_pasted(words)
    return import_text(CoText.objects.get(pk=part.pk), actor=malik(), read=read, source_name="plan.txt", now=NOW)


@pytest.mark.parametrize("end", PAGES)
def test_the_pages_of_a_part_are_sound_for_malik_and_closed_for_others(end):
    part = imported()
    elsewhere = with_role(person("Nina"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    assert visit(malik()).get(address(part, end)).status_code == 200
    for stranger in (None, jörg(), elsewhere):
        assert visit(stranger).get(address(part, end)).status_code == 404
    assert visit(ayşe()).get(address(part, end)).status_code == 403
    assert visit(ayşe()).post(address(part, "oeffnen/")).status_code == 403


def test_who_takes_part_is_said_for_each_part_until_it_opens():
    first = opened()
    second = planned_beside(hosted(first))
    facts = {"title": "Ufer", "body": "Nur das Ufer.", "access": "account", "checks_first": "on"}

    assert visit(malik()).post(address(second, "angaben/"), facts).headers["Location"] == address(second)
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.title, second.body, second.access, second.checks_first) == ("Ufer", "Nur das Ufer.", "account", True)
    assert (first.access, first.checks_first) == (Access.ANYONE, False)
    assert visit(malik()).get(address(first, "angaben/")).headers["Location"] == address(first)
    page = visit(malik()).get(address(first)).content.decode()
    assert "Regeln zum Mitmachen öffentlich ändern" in page
    assert "angaben/" not in page


def test_facts_without_a_name_come_back_with_what_was_typed():
    part = imported()
    page = visit(malik()).post(address(part, "angaben/"), {"title": "", "body": "Steht schon.", "access": "code"})

    assert page.status_code == 422
    assert "Steht schon." in page.content.decode()


def test_a_second_phase_opens_only_what_was_ticked():
    text = opened()
    days = {"first_day": "2027-06-10", "last_day": "2027-06-20"}
    sent = {"title": "Nur unterstützen", "deeds": ["support"], "reason": "Es ist noch Zeit.", **days}
    visit(malik()).post(address(text, "phasen/neu/"), sent)
    later, [part] = NOW + timedelta(days=40), parts_of(text.home)

    assert permit(ida(), Deed.SUPPORT, part, now=later)
    assert not permit(ida(), Deed.CONTRIBUTE, part, now=later)
    page = visit(malik()).get(address(text)).content.decode()
    assert "10. Juni 2027 bis 20. Juni 2027" in page
    assert "Nur unterstützen" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"deeds": []}, "Wählen Sie mindestens eines."),
        ({"deeds": ["moderate"]}, "moderate"),
        ({"last_day": "2027-05-01"}, "Das Ende liegt vor dem Beginn."),
    ],
)
def test_a_phase_that_makes_no_sense_is_refused_with_a_sentence(wrong, sentence):
    text = opened()
    sent = {"title": "Mehr", "deeds": ["support"], "reason": "Es ist noch Zeit.", **DAYS, **wrong}
    page = visit(malik()).post(address(text, "phasen/neu/"), sent)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert text.phases.count() == 1


def test_a_phase_is_moved_with_a_reason_and_the_log_says_so():
    text = opened()
    assert visit(malik()).post(address(text, "phasen/1/"), DAYS).status_code == 422
    visit(malik()).post(address(text, "phasen/1/"), {**DAYS, "reason": "Die Ferien beginnen später."})

    assert text.phases.get().closes_at.isoformat() == "2027-06-30T22:00:00+00:00"
    assert Act.objects.filter(verb="moved_phase", ref=text.ref).exists()
    assert visit(malik()).get(address(text, "phasen/2/")).status_code == 404


def test_a_part_planned_in_an_open_process_opens_by_its_own_button_once_it_is_ready():
    process = hosted(opened())
    part = planned_beside(process)
    browser = visit(malik())
    opening = address(part, "oeffnen/")

    assert opening not in browser.get(address(part)).content.decode()
    browser.post(opening)
    assert "Ein Teil ist noch nicht vorbereitet: Zweiter Text." in browser.get(address(part)).content.decode()
    filled(part)
    assert opening in browser.get(address(part)).content.decode()
    browser.post(opening)
    assert visit().get(f"/texte/{part.ref}/").status_code == 200
    assert Act.objects.filter(verb="opened_part", ref=part.ref).count() == 1
    assert visit(malik()).get(opening).status_code == 405


def test_the_dashboard_leads_to_every_part_and_tells_the_waiting_of_each():
    process = hosted(opened())
    part = planned_beside(process)
    page = visit(malik()).get(f"/beteiligungen/{process.ref}/leitung/").content.decode()

    for one in parts_of(process):
        assert f'href="{address(one)}"' in page
    assert "in Vorbereitung" in page
    assert part.title in page
