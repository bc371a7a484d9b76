"""Frau Krüger enters slips by keyboard; they count like any other, once a person, and can be taken back for an hour."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import AFTER_THE_PHASE, NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.models import Person
from mitstadt.participation.drafting.models import Contribution, CoText
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, imported, opened, passage
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.actions.erasing_for_others import decide_erasure, propose_erasure
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.models import Act, Channel, RecordState, Turn
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def text():
    return opened()


def desk(text, end=""):
    return f"/schalter/{text.ref}/{end}"


def slip(**fields):
    return {"submission_key": str(uuid4()), "channel": "paper", "form": "comment", **fields}


def entry_on(page):
    return re.search(r'name="entry" value="([^"]+)"', page.content.decode())[1]


def test_a_paper_slip_becomes_a_contribution_like_any_other(text):
    where = passage(text, "Für Kinder")
    browser = visit(krüger())
    saved = browser.post(desk(text), slip(passage=where.number, body="Auch im Winter."))
    made = Contribution.objects.get()

    assert saved.headers["Location"] == f"{desk(text)}?kanal=paper"
    assert (made.body, made.channel, made.passage) == ("Auch im Winter.", Channel.PAPER, where)
    assert made.entered_by == krüger().person
    assert made.author.email is None
    assert f"Auf den Bogen: {made.ref}." in browser.get(saved.headers["Location"]).content.decode()
    where.refresh_from_db()
    assert where.contribution_count == 1


def test_the_name_on_the_paper_stands_beside_its_words(text):
    browser = visit(krüger())
    browser.post(desk(text), slip(passage="1-1", body="Mehr Schatten.", name="  Frau  Nowak "))
    made = Contribution.objects.get()

    assert made.author.display_name == "Frau Nowak"
    assert "Frau Nowak" in browser.get(f"/werdegang/{made.ref}/").content.decode()
    erase_for(made)
    assert not Person.objects.filter(display_name="Frau Nowak").exists()


def erase_for(record):
    asked = propose_erasure(record, actor=ayşe(), reason="Brief.", now=NOW)
    decide_erasure(asked, actor=malik(), confirmed=True, now=NOW)


def test_a_name_that_sounds_like_an_office_is_refused_and_nothing_typed_is_lost(text):
    answer = visit(krüger()).post(desk(text), slip(passage="1-1", body="Mehr Schatten.", name="Bezirksamt Mitte"))

    assert answer.status_code == 422
    assert "klingt nach einem Amt" in answer.content.decode()
    assert "Mehr Schatten." in answer.content.decode()
    assert not Contribution.objects.exists()
    assert not Person.objects.filter(kind="code").exists()


def test_the_next_slip_begins_with_the_same_channel(text):
    browser = visit(krüger())
    saved = browser.post(desk(text), slip(channel="stand", passage="1-1", body="Mehr Schatten."))

    assert 'value="stand" selected' in browser.get(saved.headers["Location"]).content.decode()


@pytest.mark.parametrize("typed", ["{number}", " {number} ", "{ref}", "{ref_small}"])
def test_the_passage_is_found_by_number_or_ref_however_it_is_typed(text, typed):
    where = passage(text, "Für Kinder")
    ref_small = where.ref.lower().replace("-", " ")
    sent = typed.format(number=where.number, ref=where.ref, ref_small=ref_small)
    visit(krüger()).post(desk(text), slip(passage=sent, body="Ja."))

    assert Contribution.objects.get().passage == where


def test_a_wording_from_paper_is_a_proposed_wording(text):
    where = passage(text, "Für Kinder")
    sent = slip(passage=where.number, form="wording", wording="Für Kinder gibt es Sand.", body="Wasser ist teuer.")
    visit(krüger()).post(desk(text), sent)
    made = Contribution.objects.get()

    assert (made.form, made.wording, made.body) == ("wording", "Für Kinder gibt es Sand.", "Wasser ist teuer.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"passage": "99.9", "body": "Ja."}, "Diese Stelle gibt es nicht."),
        ({"body": "Ja."}, "Zu welcher Stelle?"),
        ({}, "Auf dem Bogen steht noch nichts."),
        ({"form": "wording", "passage": "1-1"}, "Der neue Wortlaut fehlt."),
        ({"passage": "1-1", "wording": "Neu."}, "Wählen Sie „Wortlaut“."),
        ({"supports": "2222-2223"}, "„22222223“ ist kein Kennzeichen."),
        ({"supports": "7K3Q-M9XD"}, "7K3Q-M9XD ist hier kein öffentlicher Beitrag."),
        ({"passage": "1-1", "body": "Ja.", "code": "XXXX"}, "Diesen Code kennen wir nicht."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(text, fields, sentence):
    refused = visit(krüger()).post(desk(text), slip(**fields))
    page = refused.content.decode()

    assert refused.status_code == 422
    assert sentence in page
    for value in fields.values():
        assert value in page
    assert not Contribution.objects.exists()
    assert not Person.objects.filter(kind="code").exists()


def test_one_slip_supports_several_in_any_spelling(text):
    where = passage(text, "Für Kinder")
    first, second = comment_at(where, actor=ida()), comment_at(where, actor=jörg())
    line = f"{first.ref.lower().replace('-', ' ')}, {second.ref}"
    visit(krüger()).post(desk(text), slip(supports=line))

    for said in (first, second):
        said.refresh_from_db()
        assert said.support_count == 1
    support = Turn.objects.get(record=first)
    assert (support.channel, support.entered_by) == (Channel.PAPER, krüger().person)


def test_the_same_code_counts_once_however_many_slips_bear_it(text):
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    [secret] = issue_codes(text.home, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)
    browser = visit(krüger())
    for _time in range(2):
        saved = browser.post(desk(text), slip(supports=said.ref, code=secret.lower()))

    said.refresh_from_db()
    assert said.support_count == 1
    assert "1 zählte schon." in browser.get(saved.headers["Location"]).content.decode()
    assert Turn.objects.get().person == redeem(secret, now=NOW).person


def test_a_code_of_another_process_is_refused(text):
    other = opened(title="Anderswo?")
    [secret] = issue_codes(other.room, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)
    refused = visit(krüger()).post(desk(text), slip(passage="1-1", body="Ja.", code=secret))

    assert refused.status_code == 422
    assert "Der Code auf dem Bogen gilt anderswo." in refused.content.decode()
    assert not Contribution.objects.exists()


def test_a_form_sent_twice_is_entered_once(text):
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(krüger())
    sent = slip(passage="1-1", body="Ja.", supports=said.ref)
    for _time in range(2):
        browser.post(desk(text), sent)

    said.refresh_from_db()
    assert Contribution.objects.filter(entered_by=krüger().person).count() == 1
    assert said.support_count == 1
    assert Person.objects.filter(kind="code").count() == 1


def test_the_last_slip_can_be_taken_back_whole(text):
    supported = comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(krüger())
    saved = browser.post(desk(text), slip(passage="1-1", body="Vertippt.", supports=supported.ref))
    browser.post(desk(text, "zuruecknehmen/"), {"entry": entry_on(browser.get(saved.headers["Location"]))})

    made = Contribution.objects.get(entered_by=krüger().person)
    supported.refresh_from_db()
    assert made.state == RecordState.WITHDRAWN
    assert supported.support_count == 0
    assert Act.objects.filter(verb="undid_entry", ref=made.ref).exists()
    assert "zurückgenommen" in browser.get(desk(text)).content.decode()


def test_after_an_hour_or_by_a_colleague_it_is_not_taken_back(text, monkeypatch):
    browser = visit(krüger())
    saved = browser.post(desk(text), slip(passage="1-1", body="Richtig so."))
    entry = entry_on(browser.get(saved.headers["Location"]))
    visit(with_role(person("Kollege"), Role.DESK_CLERK)).post(desk(text, "zuruecknehmen/"), {"entry": entry})
    on_day(monkeypatch, NOW + timedelta(minutes=61))
    browser.post(desk(text, "zuruecknehmen/"), {"entry": entry})

    assert Contribution.objects.get().state == RecordState.PUBLISHED
    assert "Die Stunde zum Zurücknehmen ist vorbei." in browser.get(desk(text)).content.decode()


def test_a_colleague_takes_back_no_support_that_somebody_else_entered(text):
    supported = comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(krüger())
    saved = browser.post(desk(text), slip(passage="1-1", body="", supports=supported.ref))
    entry = entry_on(browser.get(saved.headers["Location"]))

    visit(with_role(person("Kollege"), Role.DESK_CLERK)).post(desk(text, "zuruecknehmen/"), {"entry": entry})

    supported.refresh_from_db()
    assert supported.support_count == 1


def test_a_forged_mark_takes_nothing_back(text):
    assert visit(krüger()).post(desk(text, "zuruecknehmen/"), {"entry": "1:2:3"}).status_code == 404
    assert visit(krüger()).get(desk(text, "zuruecknehmen/")).status_code == 405


def test_slips_that_the_post_brings_late_still_count_and_then_no_more(text, monkeypatch):
    browser = visit(krüger())
    on_day(monkeypatch, text.phases.get().closes_at + timedelta(days=2))
    assert browser.post(desk(text), slip(passage="1-1", body="Kam mit der Post.")).status_code == 302
    on_day(monkeypatch, AFTER_THE_PHASE)
    refused = browser.post(desk(text), slip(passage="1-1", body="Kam viel zu spät."))

    assert refused.status_code == 422
    assert "Kam viel zu spät." in refused.content.decode()
    assert "Die Frist endete" in refused.content.decode()


def test_the_list_of_today_shows_ones_own_slips_only(text):
    visit(with_role(person("Kollege"), Role.DESK_CLERK)).post(desk(text), slip(passage="1-1", body="Vom Kollegen."))
    visit(krüger()).post(desk(text), slip(passage="1-1", body="Von Frau Krüger."))
    page = visit(krüger()).get(desk(text, "heute/")).content.decode()

    assert "Von Frau Krüger." in page
    assert "Vom Kollegen." not in page
    assert "1 Bogen" in page


def test_the_list_takes_as_many_queries_for_few_slips_as_for_many(text):
    browser = visit(krüger())
    counts = []
    for _round in range(2):
        for _one in range(4):
            browser.post(desk(text), slip(passage="1-1", body="Ja."))
        browser.get(desk(text))
        with CaptureQueriesContext(connection) as queries:
            browser.get(desk(text, "heute/"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 14


@pytest.mark.parametrize("who", [None, jörg, ayşe])
def test_nobody_else_enters(text, who):
    browser = visit(who() if who else None)
    for page in (desk(text), desk(text, "heute/"), "/schalter/"):
        assert browser.get(page).status_code == 403
    assert browser.post(desk(text), slip(passage="1-1", body="Ja.")).status_code == 403
    assert browser.post(desk(text, "zuruecknehmen/"), {"entry": "x"}).status_code == 403
    assert not Contribution.objects.exists()


def test_a_clerk_of_another_office_does_not_enter_here(text):
    nina = with_role(person("Nina"), Role.DESK_CLERK, office("Bezirksamt Pankow", "ba-pankow"))

    assert visit(nina).get(desk(text)).status_code == 403
    assert visit(nina).get("/schalter/").status_code == 403
    assert visit(malik()).get("/schalter/").status_code == 200


def test_the_desk_leads_to_the_texts_that_are_open(text):
    assert f'href="{desk(text)}"' in visit(krüger()).get("/schalter/").content.decode()


def test_the_address_of_a_process_leads_to_its_one_text(text):
    assert visit(krüger()).get(f"/beteiligungen/{text.home.ref}/schalter/").headers["Location"] == desk(text)


def test_a_process_with_two_texts_lets_the_clerk_choose():
    first = imported()
    second = imported(hosted(first), words="Grünplan\n\nBäume am Ufer.\n")
    open_process(hosted(first), actor=malik(), now=NOW)
    browser = visit(krüger())
    page = browser.get(f"/beteiligungen/{first.home.ref}/schalter/").content.decode()

    assert all(f'href="{desk(text)}"' in page for text in (first, second))
    where = passage(CoText.objects.get(pk=second.pk), "Bäume")
    browser.post(desk(second), slip(passage=where.number, body="Mehr Ufer."))
    assert Contribution.objects.get().part_id == second.pk
    assert "Mehr Ufer." in browser.get(desk(second, "heute/")).content.decode()
    assert "Mehr Ufer." not in browser.get(desk(first, "heute/")).content.decode()


def test_what_supports_in_another_text_is_no_contribution_here():
    first = imported()
    second = imported(hosted(first))
    open_process(hosted(first), actor=malik(), now=NOW)
    said = comment_at(passage(CoText.objects.get(pk=second.pk), "Für Kinder"), actor=ida())
    refused = visit(krüger()).post(desk(first), slip(supports=said.ref))

    assert refused.status_code == 422
    assert f"{said.ref} ist hier kein öffentlicher Beitrag." in refused.content.decode()
