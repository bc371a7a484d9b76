"""One calm place to change an open process: each act with its reason, two people where it weighs, and all see it."""

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, changed_by_two, closed_early, jörg, krüger, malik, person, petra, prepared_process, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.amendments import confirm
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.erasing_for_others import propose_erasure
from mitstadt.spine.actions.parts import plan_phase
from mitstadt.spine.actions.processes import write_commitment
from mitstadt.spine.amending import CANCEL, COMMITMENT
from mitstadt.spine.models import Amendment, Channel, Process
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process, trial_part
from visits import on_day, visit

pytestmark = pytest.mark.django_db
WHY = "Der Anlass ist entfallen."


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def process():
    return running_process()


def lead(process, end="") -> str:
    return f"/beteiligungen/{process.ref}/leitung/{end}"


def words(address, actor=None) -> str:
    return visit(actor).get(address).content.decode()


def test_the_dashboard_has_one_row_for_all_changes_and_the_list_names_each(process):
    dashboard = words(lead(process), malik())
    assert "Was man ändern kann" in dashboard
    assert "Beteiligung abschließen" not in dashboard

    offers = words(lead(process, "aendern/"), malik())
    for named in ("Zusage ändern", "Frage und Erklärung berichtigen", "Gebiet", "übergeben", "Absagen", "Früher enden"):
        assert named in offers, named
    assert "Wieder öffnen" not in offers


def test_a_lone_leader_is_told_what_to_do_and_with_a_second_one_no_longer(process):
    alone = "hier leitet außer Ihnen niemand"
    for page in ("aendern/", "aendern/absagen/", "zusage/geld/"):
        assert alone in words(lead(process, page), malik()), page
        assert lead(process, "aufgaben/") in words(lead(process, page), malik())
    petra()

    for page in ("aendern/", "aendern/absagen/", "zusage/geld/"):
        assert alone not in words(lead(process, page), malik()), page


def test_cancelling_is_proposed_by_one_and_confirmed_by_another_with_one_click_and_everyone_reads_why(process):
    second = petra()
    form = lead(process, "aendern/absagen/")
    assert "So steht es dann öffentlich" in words(form, malik())
    assert visit(malik()).post(form, {"reason": ""}).status_code == 422
    visit(malik()).post(form, {"reason": WHY})
    assert WHY not in words(f"/beteiligungen/{process.ref}/")
    made = Amendment.objects.get()
    proposal = f"/beteiligungen/{process.ref}/vorschlaege/{made.pk}/"

    assert "Das haben Sie selbst vorgeschlagen." in words(proposal, malik())
    assert visit(malik()).post(proposal, {"do": "confirm"}).status_code == 422
    assert visit(jörg()).get(proposal).status_code == 404
    assert proposal in words("/arbeitsplatz/", second)
    assert proposal in words("/arbeitsplatz/", malik()).partition("Von Ihnen vorgeschlagen")[2]
    visit(second).post(proposal, {"do": "confirm"})

    page = words(f"/beteiligungen/{process.ref}/")
    assert "Abgesagt am 4. Mai 2027." in page
    assert WHY in page
    assert "Zwei Menschen haben das entschieden." in page
    assert "Abgesagt" in words("/zusagen/")
    assert WHY in visit().get(f"/{process.ref}", follow=True).content.decode()
    assert "Beteiligung abgesagt" in words("/protokoll/")
    assert visit(second).get(proposal).status_code == 404


def test_a_proposal_that_is_dropped_changes_nothing(process):
    visit(malik()).post(lead(process, "aendern/absagen/"), {"reason": WHY})
    made = Amendment.objects.get()
    assert "Vorschlag zurücknehmen" in words(f"/beteiligungen/{process.ref}/vorschlaege/{made.pk}/", malik())
    assert "Fallen lassen" in words(f"/beteiligungen/{process.ref}/vorschlaege/{made.pk}/", petra())

    visit(malik()).post(f"/beteiligungen/{process.ref}/vorschlaege/{made.pk}/", {"do": "decline"})

    assert Process.objects.get(pk=process.pk).cancelled_at is None
    assert WHY not in words(f"/beteiligungen/{process.ref}/")


def test_a_correction_shows_before_and_now_and_what_was_typed_survives_a_missing_reason(process):
    form = lead(process, "aendern/berichtigen/")
    typed = {"title": "Wie wird der Leopoldplatz?", "body": "Worum es geht.", "reason": ""}
    refused = visit(malik()).post(form, typed)
    assert refused.status_code == 422
    assert "Wie wird der Leopoldplatz?" in refused.content.decode()

    visit(malik()).post(form, {**typed, "reason": "Ein Wort war zu viel."})

    page = words(f"/beteiligungen/{process.ref}/")
    assert "<del><bdi>Wie soll der Leopoldplatz werden?</bdi></del>" in page
    assert "<ins><bdi>Wie wird der Leopoldplatz?</bdi></ins>" in page
    assert "Ein Wort war zu viel." in page


def test_the_care_of_an_open_process_and_of_its_part_is_tightened_in_public(process):
    part = part_in(process)
    visit(malik()).post(lead(process, "aendern/umgang/"), {"four_eyes": "on", "reason": "Es wird gestritten."})
    care = {"access": "account", "checks_first": "on", "reason": "Es kam viel Werbung."}
    visit(malik()).post(f"/teile/{part.ref}/leitung/aendern/", care)

    process.refresh_from_db()
    part = part_in(process)
    assert (process.four_eyes, part.access, part.checks_first) == (True, "account", True)
    page = words(f"/beteiligungen/{process.ref}/")
    for said in ("Es wird gestritten.", "Es kam viel Werbung.", "Beiträge werden vorher gelesen."):
        assert said in page


def test_a_changed_day_stands_on_the_board_with_the_day_that_was_promised_first(process):
    changed_by_two(process, COMMITMENT, after={"answer_by": "2027-08-01"}, reason="Mehr Beiträge als gedacht.")

    assert "Zuerst versprochen bis 1. Juli 2027." in words("/zusagen/")
    assert "Mehr Beiträge als gedacht." in words(f"/beteiligungen/{process.ref}/zusage/")


def test_a_phase_of_an_open_part_moves_with_a_reason_and_days_that_break_the_promise_are_refused(process):
    form = f"/teile/{part_in(process).ref}/leitung/phasen/1/"
    days = {"first_day": "2027-05-03", "last_day": "2027-06-20"}
    assert visit(malik()).post(form, days).status_code == 422
    late = visit(malik()).post(form, {**days, "last_day": "2027-07-01", "reason": WHY})
    assert "Versprochen ist eine Antwort für alle bis 1. Juli 2027." in late.content.decode()

    visit(malik()).post(form, {**days, "reason": "Die Ferien beginnen später."})

    page = words(f"/beteiligungen/{process.ref}/")
    assert "Sammeln: 3. Mai 2027 bis 20. Juni 2027" in page
    assert "Die Ferien beginnen später." in page


def test_one_proposes_an_earlier_end_another_confirms_it_and_then_the_process_can_be_closed(process, monkeypatch):
    form = lead(process, "aendern/frueher-enden/")
    second = petra()
    assert "Abschließen</bdi>" not in words(lead(process, "aendern/"), malik())
    for day, refused in (("2027-05-03", "Dieser Tag ist vorbei"), ("2027-06-03", "Ohnehin endet es am 3. Juni 2027")):
        again = visit(malik()).post(form, {"last_day": day, "reason": WHY})
        assert again.status_code == 422
        assert refused in again.content.decode()
        assert WHY in again.content.decode()

    visit(malik()).post(form, {"last_day": "2027-05-10", "reason": WHY})
    proposal = f"/beteiligungen/{process.ref}/vorschlaege/{Amendment.objects.get().pk}/"
    assert proposal in words("/arbeitsplatz/", second)
    assert "Sammeln: 3. Mai 2027 bis 10. Mai 2027" in words(proposal, second)
    visit(second).post(proposal, {"do": "confirm"})

    told = words(f"/beteiligungen/{process.ref}/")
    assert "Zeit zum Mitmachen gekürzt" in told
    assert WHY in told
    on_day(monkeypatch, NOW + timedelta(days=7))
    assert "Abschließen</bdi>" in words(lead(process, "aendern/"), malik())


def test_moving_the_end_nearer_on_its_own_page_becomes_a_proposal_and_further_is_done_at_once(process):
    page = f"/teile/{part_in(process).ref}/leitung/phasen/1/"
    assert "Kürzer, das entscheiden zwei" in words(page, malik())

    visit(malik()).post(page, {"first_day": "2027-05-03", "last_day": "2027-06-10", "reason": WHY})
    assert Amendment.objects.get().what == "move_phase"
    visit(malik()).post(page, {"first_day": "2027-05-03", "last_day": "2027-05-20", "reason": WHY})

    waiting = Amendment.objects.get(what="shorten")
    assert waiting.is_waiting
    assert "Sammeln: 3. Mai 2027 bis 20. Mai 2027" in words(lead(process, "aendern/"), malik())


def test_a_planned_phase_is_dropped_by_two_after_a_page_that_says_what_goes(process):
    part = part_in(process)
    days: dict[str, Any] = {"opens_at": NOW + timedelta(days=31), "closes_at": NOW + timedelta(days=40)}
    plan_phase(part, actor=malik(), title="Noch einmal", now=NOW, reason=WHY, **days)
    form = f"/teile/{part.ref}/leitung/phasen/2/streichen/"
    assert form in words(f"/teile/{part.ref}/leitung/", malik())
    assert "Noch einmal" in words(form, malik())

    visit(malik()).post(form, {"reason": "Der Saal ist besetzt."})
    assert part.phases.count() == 2
    confirm(Amendment.objects.get(what="shorten"), actor=petra(), now=NOW)

    assert [phase.title for phase in part.phases.all()] == ["Sammeln"]
    assert "Der Saal ist besetzt." in words(f"/beteiligungen/{process.ref}/")


def test_a_planned_part_is_dropped_after_one_more_look(process):
    second = trial_part(process)
    form = f"/teile/{second.ref}/leitung/streichen/"
    assert form in words(f"/teile/{second.ref}/leitung/", malik())
    assert "Das geht mit" in words(form, malik())

    visit(malik()).post(form)

    assert second not in parts_of(process)
    assert second.ref not in words(lead(process), malik())


def test_a_draft_is_put_aside_after_one_more_look_and_brought_back_from_the_workplace():
    draft = prepared_process(title="Nur ein Versuch?")
    form = lead(draft, "verwerfen/")
    assert "Die alten Bäume bleiben." in words(form, malik())
    visit(malik()).post(form)

    assert "Verworfene Entwürfe" in words("/arbeitsplatz/", malik())
    assert "Zurückholen" in words(lead(draft), malik())
    assert "Vorbereiten</h2>" not in words(lead(draft), malik())
    visit(malik()).post(lead(draft, "zurueckholen/"))

    assert "Verworfene Entwürfe" not in words("/arbeitsplatz/", malik())


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_after_the_end_nothing_that_is_over_is_offered(process, end):
    issue_codes(process, actor=malik(), count=2, channel=Channel.PAPER, now=NOW)
    if end == "closed":
        closed_early(process, now=NOW - timedelta(hours=1))
    else:
        changed_by_two(process, CANCEL, after={"stage": "closed"}, reason=WHY, now=NOW - timedelta(days=4))

    page = words(lead(process), malik())
    for over in ("jetzt bis", "erschieben", "Codes drucken", "Bögen erfassen", "planen", "offen bis"):
        assert over not in page, over
    assert visit(malik()).get(lead(process, "codes/")).status_code == 403
    offers = words(lead(process, "aendern/"), malik())
    assert "Wieder öffnen" in offers
    assert "Absagen" not in offers.replace("Absagen, wieder öffnen", "")


def test_days_that_clash_are_all_said_at_once_where_they_can_be_mended():
    draft = prepared_process()
    trial_part(draft)
    early = NOW.date() + timedelta(days=9)
    write_commitment(draft, actor=malik(), fields={"answer_by": early}, now=NOW)

    clash = "„Sammeln“ geht bis 3. Juni 2027, die Antwort ist bis 13. Mai 2027 versprochen."
    for page in ("pruefen/", "vorbereiten/antwort/", "vorbereiten/phase/"):
        assert clash in words(lead(draft, page), malik()), page
    assert clash not in words(lead(draft, "vorbereiten/geld/"), malik())
    assert "Beteiligung öffnen" not in words(lead(draft, "pruefen/"), malik())
    refused = visit(malik()).post(lead(draft, "pruefen/"))
    assert refused.status_code == 422
    assert clash in refused.content.decode()


def test_an_editor_is_shown_no_changes_and_gets_none(process):
    editor = with_role(person("Eva"), Role.EDITOR)

    assert "Was man ändern kann" not in words(lead(process), editor)
    for page in ("aendern/", "aendern/absagen/", "aendern/berichtigen/"):
        assert visit(editor).get(lead(process, page)).status_code == 403, page


def test_the_workplace_says_what_waits_for_oneself_and_what_one_can_take_back(process):
    said = contribution(process, actor=jörg())
    propose_erasure(said, actor=malik(), reason="Auf Wunsch.", now=NOW)
    erasure = f"/eintraege/{said.ref}/loeschen/"

    mine, theirs = words("/arbeitsplatz/", malik()), words("/arbeitsplatz/", petra())

    assert erasure in mine.partition("Von Ihnen vorgeschlagen")[2]
    assert "Das wartet auf Ihr Ja oder Nein" not in mine
    assert erasure in theirs.partition("Das wartet auf Ihr Ja oder Nein")[2]
    assert "Von Ihnen vorgeschlagen" not in theirs
    assert erasure not in words("/arbeitsplatz/", krüger())
    assert "Vorschlag zurücknehmen" in words(erasure, malik())
