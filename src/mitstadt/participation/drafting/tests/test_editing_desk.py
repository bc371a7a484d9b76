"""Editors answer one contribution or many at once, sort them, and take wordings over."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import NOW, ayşe, ida, jörg, krüger, malik, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Taking
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.models import Act, Answer, AnswerDecision
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def text():
    return opened()


def desk(text, query=""):
    return f"/texte/{text.ref}/redaktion/{query}"


def test_many_are_answered_at_once_with_one_reason(text):
    where = passage(text, "Für Kinder")
    said = [comment_at(where, actor=ida()), comment_at(where, actor=jörg())]
    other = comment_at(where, actor=jörg(), body="Etwas anderes.")
    browser = visit(malik())
    done = browser.post(
        desk(text, "?stand=offen"),
        {"ref": [one.ref for one in said], "decision": "partly", "reason": "Die Lampen kommen 2028.", "do": "answer"},
    )

    assert done.headers["Location"] == desk(text, "?stand=offen")
    assert [one.answer_state for one in Contribution.objects.filter(pk__in=[s.pk for s in said])] == ["partly"] * 2
    other.refresh_from_db()
    assert other.answer_state == ""
    assert Answer.objects.get().body == "Die Lampen kommen 2028."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"decision": "not", "reason": ""}, "Die Begründung fehlt."),
        ({"decision": "", "reason": "Weil."}, "Die Entscheidung fehlt."),
        ({"decision": "not", "reason": "Weil.", "ref": []}, "Es ist kein Beitrag ausgewählt."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_and_ticked_stays(text, sent, sentence):
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    refused = visit(malik()).post(desk(text), {"ref": [said.ref], "do": "answer", **sent})
    page = refused.content.decode()

    assert refused.status_code == 422
    assert sentence in page
    assert sent["reason"] in page
    assert ("checked" in page.split(f'value="{said.ref}"')[1].split(">")[0]) == ("ref" not in sent)
    said.refresh_from_db()
    assert said.answer_state == ""


def test_earlier_reasons_are_offered_and_fill_the_form(text):
    where = passage(text, "Für Kinder")
    for number in range(7):
        said = comment_at(where, actor=ida())
        answer(
            [said],
            room=text.home,
            actor=malik(),
            decision=AnswerDecision.NOTED,
            reason=f"Grund {number}.",
            now=NOW + timedelta(minutes=number),
        )
    waiting = comment_at(where, actor=jörg())
    page = visit(malik()).post(desk(text), {"ref": [waiting.ref], "reuse": "1", "decision": "noted"}).content.decode()

    assert page.count('class="reasons__one"') == 5
    assert "Grund 6." in page
    assert ">\nGrund 5.</textarea>" in page
    waiting.refresh_from_db()
    assert waiting.answer_state == ""


def test_a_wording_goes_into_the_next_edition_and_nothing_is_public_before(text):
    water = passage(text, "Für Kinder")
    said = wording_for(water, "Für Kinder gibt es Wasser und Sand.", actor=ida())
    page = visit(malik()).post(desk(text), {"take_over": said.ref, f"reason-{said.ref}": "Klarer."}, follow=True)

    said.refresh_from_db()
    assert said.answer_state == ""
    assert not Answer.objects.exists()
    assert "Die Antwort wird mit der nächsten Fassung öffentlich." in page.content.decode()
    assert "für die nächste Fassung vorgemerkt" in page.content.decode()
    assert Taking.objects.get().reason == "Klarer."
    assert "übernommen" not in visit().get(f"/werdegang/{said.ref}/").content.decode()
    assert text.working_passages.get(predecessors=water).words == "Für Kinder gibt es Wasser und Sand."


def test_no_browser_holds_a_deed_back_for_what_only_another_deed_needs(text):
    comment_at(passage(text, "Für Kinder"), actor=ida())

    assert re.search(r'<form[^>]*id="antworten"[^>]* novalidate', visit(malik()).get(desk(text)).content.decode())


def test_a_comment_cannot_be_taken_over(text):
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    refused = visit(malik()).post(desk(text), {"take_over": said.ref})

    assert refused.status_code == 422
    assert "schlägt keinen Wortlaut vor" in refused.content.decode()


def test_a_theme_is_set_for_all_that_are_ticked_and_the_log_says_so(text):
    where = passage(text, "Für Kinder")
    said = [comment_at(where, actor=ida()), comment_at(where, actor=jörg())]
    browser = visit(malik())
    browser.post(desk(text), {"ref": [one.ref for one in said], "do": "theme", "theme_to_set": " Licht  nachts "})

    assert set(Contribution.objects.values_list("theme", flat=True)) == {"Licht nachts"}
    assert Act.objects.get(verb="set_theme").details["theme"] == "Licht nachts"
    assert said[0].ref in browser.get(desk(text, "?thema=Licht+nachts")).content.decode()


def test_the_list_is_narrowed_by_passage_theme_form_state_and_word(text):
    where, platz = passage(text, "Für Kinder"), passage(text, "Der Platz")
    one = comment_at(where, actor=ida(), body="Mehr Wasserspiele.")
    two = wording_for(platz, "Der Platz lädt ein.", actor=jörg(), body="Kürzer.")
    three = contribute(
        platz, actor=ida(), said=Said(form=ContributionForm.QUESTION, body="Wann?", theme="Zeit"), now=NOW
    )
    answer([three], room=text.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Bald.", now=NOW)
    browser = visit(malik())

    def shown(query):
        page = browser.get(desk(text, query)).content.decode()
        return {number for number, said in enumerate([one, two, three], 1) if f'id="b-{said.ref}"' in page}

    assert shown("") == {1, 2, 3}
    assert shown(f"?absatz={where.number}") == {1}
    assert shown("?art=wording") == {2}
    assert shown("?thema=Zeit") == {3}
    assert shown("?stand=offen") == {1, 2}
    assert shown("?stand=noted") == {3}
    assert shown("?wort=wasserspiele") == {1}
    assert shown("?stand=offen&art=comment&wort=Zebra") == set()


def test_refs_of_another_text_are_not_answered_from_here(text):
    foreign = comment_at(passage(opened(title="Anderswo?"), "Für Kinder"), actor=ida())
    refused = visit(malik()).post(
        desk(text), {"ref": [foreign.ref], "decision": "not", "reason": "Weil.", "do": "answer"}
    )

    assert refused.status_code == 422
    foreign.refresh_from_db()
    assert foreign.answer_state == ""


def test_the_desk_takes_as_many_queries_for_few_contributions_as_for_many(text):
    where = passage(text, "Für Kinder")
    browser = visit(malik())
    browser.get(desk(text))
    counts = []
    for _round in range(2):
        for number in range(5):
            said = wording_for(where, f"Für Kinder gibt es {number} Brunnen.", actor=ida())
        answer([said], room=text.home, actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=NOW)
        with CaptureQueriesContext(connection) as queries:
            browser.get(desk(text))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 26


def test_a_near_and_a_broken_promise_stand_above_the_list(text, monkeypatch):
    comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(malik())
    on_day(monkeypatch, NOW + timedelta(days=50))
    assert "Noch 8 Tage bis zum versprochenen 1. Juli 2027" in browser.get(desk(text)).content.decode()
    on_day(monkeypatch, NOW + timedelta(days=70))
    assert "1 Beitrag wartet noch." in browser.get(desk(text)).content.decode()


def test_a_case_officer_answers_but_does_not_write_the_text(text):
    said = wording_for(passage(text, "Für Kinder"), "Für Kinder gibt es Sand.", actor=ida())
    officer = with_role(person("Olaf"), Role.CASE_OFFICER)
    browser = visit(officer)

    assert "Wortlaut übernehmen" not in browser.get(desk(text)).content.decode()
    assert browser.post(desk(text), {"take_over": said.ref}).status_code == 422
    assert not text.working_passages.exists()
    browser.post(desk(text), {"ref": [said.ref], "decision": "not", "reason": "Zu teuer.", "do": "answer"})
    said.refresh_from_db()
    assert said.answer_state == "not"


@pytest.mark.parametrize("who", [None, jörg, ayşe, krüger])
def test_nobody_else_answers(text, who):
    said = comment_at(passage(text, "Für Kinder"), actor=ida())
    browser = visit(who() if who else None)

    assert browser.get(desk(text)).status_code == 403
    sent = {"ref": [said.ref], "decision": "not", "reason": "Weil.", "do": "answer"}
    assert browser.post(desk(text), sent).status_code == 403
    said.refresh_from_db()
    assert said.answer_state == ""


def test_all_of_a_page_are_ticked_by_one_button_and_what_was_typed_stays(text):
    where = passage(text, "Für Kinder")
    said = [comment_at(where, actor=who) for who in (ida(), jörg())]
    page = visit(malik()).post(desk(text), {"do": "tick", "reason": "Danke an alle.", "decision": "noted"})
    body = page.content.decode()

    assert page.status_code == 200
    assert all(re.search(rf'value="{one.ref}"\s+checked', body) for one in said)
    assert "Danke an alle." in body
    assert "Die Entscheidung fehlt" not in body


@pytest.mark.parametrize("typed", ["9" * 20, "9" * 5_000])
def test_a_number_that_is_none_is_no_error_of_ours(text, typed):
    assert visit().get(f"/texte/{text.ref}/?fassung={typed}").status_code == 200
    assert visit(malik()).post(desk(text), {"reuse": typed}).status_code == 422
