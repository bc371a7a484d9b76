"""Who leads a process sees what is due first, and every deed there is asked for and recorded."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import (
    AFTER_THE_PHASE,
    NOW,
    ayşe,
    ida,
    jörg,
    krüger,
    malik,
    office,
    person,
    petra,
    prepared_process,
    with_role,
)
from mitstadt.ground.codes import parse_code
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, opened, passage
from mitstadt.spine.actions.amendments import confirm
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.codes import redeem
from mitstadt.spine.actors import actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import (
    Act,
    Amendment,
    AnswerDecision,
    CommitmentChange,
    ParticipationCode,
    RoleInvitation,
    RoomRole,
)
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.parts import parts_of
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
PAGES = ["", "aufgaben/", "codes/", "zusage/", "zusage/geld/", "teile/neu/", "abschliessen/"]


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def address(process, end=""):
    return f"/beteiligungen/{process.ref}/leitung/{end}"


def test_the_dashboard_leads_from_what_waits_to_the_work():
    text = opened()
    where = passage(text, "Für Kinder")
    comment_at(where, actor=ida())
    comment_at(where, actor=jörg())
    page = visit(malik()).get(address(text.home)).content.decode()

    assert f"/redaktion/?absatz={where.number}&amp;stand=offen" in page
    assert "<strong>2</strong>" in page
    assert "Versprochen ist eine Antwort für alle bis 1. Juli 2027." in page


def test_a_second_text_is_a_part_of_its_own_that_nobody_sees_before_it_opens():
    process = hosted(opened())
    days = {"first_day": "2027-05-01", "last_day": "2027-06-20"}
    visit(malik()).post(address(process, "teile/neu/"), {"format": "drafting", "title": "Zweiter Text", **days})

    first, second = parts_of(process)
    assert (first.is_up, second.is_up, second.title) == (True, False, "Zweiter Text")
    assert "Zweiter Text" not in visit().get(f"/beteiligungen/{process.ref}/").content.decode()
    assert visit().get(f"/texte/{second.ref}/").status_code == 404


def test_an_overdue_promise_stands_on_top(monkeypatch):
    text = opened()
    comment_at(passage(text, "Für Kinder"), actor=ida())
    on_day(monkeypatch, NOW + timedelta(days=60))

    assert "Überfällig: Am 1. Juli 2027" in visit(malik()).get(address(text.home)).content.decode()


def test_the_dashboard_takes_as_many_queries_for_one_contribution_as_for_many():
    text = opened()
    browser = visit(malik())
    browser.get(address(text.home))
    counts = []
    for _round in range(2):
        for _one in range(4):
            comment_at(passage(text, "Für Kinder"), actor=ida())
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(text.home))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 24


def test_the_workplace_takes_as_many_queries_for_one_process_as_for_many():
    opened()
    browser = visit(malik())
    with CaptureQueriesContext(connection) as few:
        browser.get("/arbeitsplatz/")
    for number in range(3):
        prepared_process(f"Frage {number}?")
    with CaptureQueriesContext(connection) as many:
        page = browser.get("/arbeitsplatz/")

    assert len(few) == len(many)
    assert "Frage 2?" in page.content.decode()


def test_the_workplace_shows_no_process_of_another_office():
    prepared_process("Was plant Pankow?", host=office("Bezirksamt Pankow", "ba-pankow"))
    opened()

    assert "Was plant Pankow?" not in visit(ayşe()).get("/arbeitsplatz/").content.decode()
    assert visit(jörg()).get("/arbeitsplatz/").status_code == 403


def test_whoever_comes_to_the_workplace_before_signing_in_does_so_first():
    answer = visit().get("/arbeitsplatz/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/login/?next=/arbeitsplatz/")
    assert "Anmelden und hierher zurück" in visit().get(address(opened().home)).content.decode()


@pytest.mark.parametrize("end", PAGES)
def test_the_pages_of_the_host_are_sound_for_malik_and_closed_for_others(end):
    process = hosted(opened())
    elsewhere = with_role(person("Nina"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    assert visit(malik()).get(address(process, end)).status_code == 200
    for stranger in (None, jörg(), elsewhere):
        answer = visit(stranger).get(address(process, end))
        assert answer.status_code == 403
        assert "eine Aufgabe in dieser Beteiligung" in answer.content.decode()
        assert visit(stranger).post(address(process, end), {"count": 1, "channel": "paper"}).status_code == 403
    assert not ParticipationCode.objects.exists()


@pytest.mark.parametrize("end", ["aufgaben/", "zusage/", "abschliessen/", "teile/neu/"])
def test_who_moderates_or_enters_does_not_lead(end):
    process = hosted(opened())

    for colleague in (ayşe(), krüger()):
        assert visit(colleague).get(address(process)).status_code == 200
        assert visit(colleague).get(address(process, end)).status_code == 403
        assert visit(colleague).post(address(process, end), {}).status_code == 403


def test_codes_are_shown_once_as_words_and_as_marks_to_scan():
    process = hosted(opened())
    browser = visit(krüger())
    sheet = browser.post(address(process, "codes/"), {"count": 3, "channel": "stand"})
    page = sheet.content.decode()
    codes = [part.split("<")[0] for part in page.split('class="code-slip__code">')[1:]]

    assert len(codes) == 3
    assert page.count('class="qr"') == 3
    assert all(parse_code(code) == code for code in codes)
    assert redeem(codes[0], now=NOW).room_id == process.pk
    assert "no-store" in sheet.headers["Cache-Control"]
    assert codes[0] not in browser.get(address(process, "codes/")).content.decode()


def test_too_many_codes_at_once_are_refused():
    process = hosted(opened())

    assert visit(malik()).post(address(process, "codes/"), {"count": 501, "channel": "paper"}).status_code == 422
    assert not ParticipationCode.objects.exists()


def test_a_sheet_says_where_a_code_is_typed_and_is_a_file_too():
    sheet = visit(malik()).post(address(hosted(opened()), "codes/"), {"count": 2, "channel": "paper"})
    page = sheet.content.decode()

    assert "eingeben auf 127.0.0.1:8000/code/" in page
    [table] = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    rows = unquote(table).strip("\ufeff").splitlines()
    assert len(rows) == 3
    assert all(code in page for code in (row.split(",")[0] for row in rows[1:]))


def test_a_jammed_batch_is_printed_anew_and_the_old_one_is_told_as_invalid():
    process = hosted(opened())
    browser = visit(malik())
    browser.post(address(process, "codes/"), {"count": 3, "channel": "paper"})
    assert "Stapel 1" in browser.get(address(process, "codes/")).content.decode()
    assert browser.post(address(process, "codes/1/"), {"reason": "", "do": "anew"}).status_code == 422

    anew = browser.post(address(process, "codes/1/"), {"reason": "Papierstau", "do": "anew"}).content.decode()

    assert anew.count('class="code-slip__code"') == 3
    listed = browser.get(address(process, "codes/")).content.decode()
    assert "Codes: 3, benutzt: 0, ungültig: 3." in listed
    assert "Papierstau" in listed
    assert browser.get(address(process, "codes/9/")).status_code == 404


def test_malik_gives_ida_the_moderation_and_ends_it_again():
    process = hosted(opened())
    who = ida().person
    browser = visit(malik())
    browser.post(address(process, "aufgaben/"), {"email": "IDA@example.org", "role": "moderator", "do": "give"})

    assert permit(actor_for(who), Deed.MODERATE, process, now=NOW)
    assert "ida@example.org" in browser.get(address(process, "aufgaben/")).content.decode()
    act = Act.objects.get(verb="assigned_role")
    assert (act.ref, act.details) == (process.ref, {"role": "moderator"})

    given = RoomRole.objects.get(person=who)
    browser.post(address(process, f"aufgaben/{given.pk}/"), {"reason": "Die Zeit ist um.", "do": "end"})
    assert not RoomRole.objects.exists()


def test_whoever_has_no_account_is_invited_by_mail_and_can_be_uninvited(mailoutbox):
    process = hosted(opened())
    browser = visit(malik())
    browser.post(address(process, "aufgaben/"), {"email": "neu@example.org", "role": "editor"})

    assert "neu@example.org" in browser.get(address(process, "aufgaben/")).content.decode()
    assert mailoutbox[-1].to == ["neu@example.org"]
    made = RoleInvitation.objects.get()
    browser.post(f"/einladungen/{made.pk}/zuruecknehmen/")
    assert "neu@example.org" not in browser.get(address(process, "aufgaben/")).content.decode()


def test_an_editor_of_one_process_cannot_make_herself_its_owner():
    process = hosted(opened())
    RoomRole.objects.create(room=process, person=ida().person, role=Role.EDITOR)
    answer = visit(actor_for(ida().person)).post(
        address(process, "aufgaben/"), {"email": "ida@example.org", "role": "owner", "do": "give"}
    )

    assert answer.status_code == 403
    assert RoomRole.objects.count() == 1


def test_the_commitment_changes_in_public_with_a_reason():
    process = hosted(opened())
    browser = visit(malik())
    refused = browser.post(address(process, "zusage/geld/"), {"value": "Nichts mehr.", "reason": ""})

    assert refused.status_code == 422
    assert "Nichts mehr." in refused.content.decode()
    browser.post(address(process, "zusage/geld/"), {"value": "Nichts mehr.", "reason": "Der Haushalt ist gesperrt."})
    assert not CommitmentChange.objects.exists()
    confirm(Amendment.objects.get(), actor=petra(), now=NOW)
    change = CommitmentChange.objects.get()
    assert (change.field, change.after, change.reason) == ("money", "Nichts mehr.", "Der Haushalt ist gesperrt.")


def test_an_unchanged_commitment_is_said_to_be_unchanged():
    process = hosted(opened())
    answer = visit(malik()).post(
        address(process, "zusage/geld/"), {"value": process.commitment.money, "reason": "Nur so."}
    )

    assert answer.status_code == 422
    assert "Es hat sich nichts geändert." in answer.content.decode()


def test_the_promise_is_kept_only_when_everyone_has_an_answer_and_nobody_can_still_write(monkeypatch):
    text = opened()
    process = text.home
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(malik())
    browser.post(address(process, "gehalten/"))

    process.commitment.refresh_from_db()
    assert process.commitment.kept_at is None
    assert "Noch ohne Antwort: 1." in browser.get(address(process)).content.decode()

    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=NOW)
    assert "Erklären: Die Zusage ist gehalten" not in browser.get(address(process)).content.decode()
    browser.post(address(process, "gehalten/"))
    process.commitment.refresh_from_db()
    assert process.commitment.kept_at is None
    assert "machen noch Menschen mit" in browser.get(address(process)).content.decode()

    on_day(monkeypatch, AFTER_THE_PHASE)
    assert "Erklären: Die Zusage ist gehalten" in browser.get(address(process)).content.decode()
    browser.post(address(process, "gehalten/"))
    process.commitment.refresh_from_db()
    assert process.commitment.kept_at == AFTER_THE_PHASE


def test_the_deeds_of_a_button_need_post_and_the_role():
    process = hosted(opened())

    assert visit(malik()).get(address(process, "gehalten/")).status_code == 405
    for stranger in (None, jörg(), ayşe()):
        assert visit(stranger).post(address(process, "gehalten/")).status_code == 403
