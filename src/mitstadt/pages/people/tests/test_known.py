"""What is known about a person: every table that points to them has its sentences, on the page and in the download."""

import json
from typing import Any

import pytest
from django.apps import apps

from cast import NOW, ida, jörg, malik
from mitstadt.ground.people.models import Person
from mitstadt.pages.people.kept import NOT_TOLD, PERSON_FIELDS, kept_about
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.moderation import report
from mitstadt.spine.models import AlertOff, Channel, Report, ReportReason
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
PAGE = "/meine-seite/was-wir-wissen/"


def downloaded(browser: Any) -> Any:
    """What the file says."""
    return json.loads(b"".join(browser.post("/meine-seite/daten/").streaming_content))


def pointing_to_people() -> set[str]:
    """Every column of the city that leads to a person, also through a table of its own."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Person and field.model is model
    }


def test_every_column_that_points_to_a_person_is_told():
    covered = {name for kept in kept_about() for name in kept.covers}

    assert pointing_to_people() - covered == set(), "declare it in personal.Kept: what, why, how long, what can be done"
    assert covered - pointing_to_people() == set()


def test_every_field_of_the_account_itself_is_told():
    fields = {field.name for field in Person._meta.local_concrete_fields}

    assert fields - {*PERSON_FIELDS, *NOT_TOLD} == set()


def test_every_section_says_why_how_long_and_what_can_be_done():
    for kept in kept_about():
        assert all(str(words).strip() for words in (kept.what, kept.why, kept.how_long, kept.can)), kept.key


def test_the_download_has_the_sections_of_the_page_and_no_other_list():
    browser = visit(jörg())
    data = downloaded(browser)

    assert {kept.key for kept in kept_about()} <= set(data)
    assert data["person"]["email"] == "jrg@example.org"


def test_one_reads_what_there_is_and_what_there_is_not():
    said = contribution(running_process(), actor=jörg())
    page = visit(jörg()).get(PAGE).content.decode()

    there, empty = page.split('id="nichts"')
    assert "Ihre Beiträge und Kommentare" in there
    assert "Ihre Meldungen an die Moderation" in empty
    assert said.body not in page


def test_who_has_a_code_reads_the_same():
    code = issue_codes(running_process(), actor=malik(), count=1, channel=Channel.PAPER, now=NOW)[0]
    browser = visit()
    browser.post("/code/", {"code": code})

    assert "Ihr Teilnahmecode, nicht lesbar" in browser.get(PAGE).content.decode().split('id="nichts"')[0]


def test_the_text_of_ones_own_reports_can_be_deleted_and_the_case_goes_on():
    other = contribution(running_process(), actor=ida())
    report(other, actor=jörg(), reason=ReportReason.OTHER, text="Ich wohne nebenan.", now=NOW)
    browser = visit(jörg())
    assert "Den Text meiner Meldungen löschen" in browser.get(PAGE).content.decode()

    browser.post(f"{PAGE}meldungen/")

    assert Report.objects.get().text == ""
    assert Report.objects.get().case.decided_at is None
    assert "Den Text meiner Meldungen löschen" not in browser.get(PAGE).content.decode()


def test_one_can_check_ones_own_words_against_the_log():
    said = contribution(running_process(), actor=jörg())
    data = downloaded(visit(jörg()))

    [content] = [one for one in data["log_contents"] if one["record__ref"] == said.ref]
    assert content["content"]["body"] == said.body
    assert len(content["salt"]) == 32


def test_which_mails_about_roles_one_wants_is_kept():
    browser = visit(malik())
    browser.post(
        "/meine-seite/mails-zu-aufgaben/", {"wanted": ["report", "appeal", "due", "waiting", "erasure", "proposal"]}
    )

    assert list(AlertOff.objects.values_list("kind", flat=True)) == ["first"]
    page = browser.get("/meine-seite/mails-zu-aufgaben/").content.decode()
    assert "Ihre Aufgaben ändern sich" in page
