"""What a format declares appears on the pages of the host and in the download, without a page that knows the format."""

import json
from dataclasses import replace

import pytest
from django import forms

from cast import ida, malik, prepared_process
from mitstadt.pages.people.download import everything_about
from mitstadt.spine import formats
from mitstadt.spine.checks import check_declarations
from mitstadt.spine.deeds import Deed
from mitstadt.spine.formats import Due, DueList
from mitstadt.spine.tests.trial_format import TRIAL, contribution, part_in, running_process, trial_part
from visits import on_day, visit

pytestmark = pytest.mark.django_db


class MostForm(forms.Form):
    """A setting of a format."""

    most = forms.IntegerField(label="Wie viele Proben je Mensch?", min_value=1, max_value=9)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def declared(monkeypatch, **more):
    monkeypatch.setitem(formats._formats, "trial", replace(TRIAL, **more))


def test_a_setting_of_the_format_is_asked_for_kept_and_told(monkeypatch):
    part = trial_part(prepared_process())
    declared(monkeypatch, settings_form=MostForm)
    browser, page = visit(malik()), f"/teile/{part.ref}/leitung/"
    sent = {"title": "Sammeln", "access": "anyone", "most": "3"}

    assert "Wie viele Proben je Mensch?" in browser.get(f"{page}angaben/").content.decode()
    assert browser.post(f"{page}angaben/", sent).headers["Location"] == page
    part.refresh_from_db()
    assert part.settings == {"most": 3}
    assert 'value="3"' in browser.get(f"{page}angaben/").content.decode()
    refused = browser.post(f"{page}angaben/", {**sent, "title": "Neu", "most": "10"})
    assert refused.status_code == 422
    assert 'value="Neu"' in refused.content.decode()
    part.refresh_from_db()
    assert (part.title, part.settings) == ("Sammeln", {"most": 3})


def test_the_dashboard_shows_the_ages_of_what_waits_and_the_lists_of_the_format(monkeypatch):
    process = running_process()
    contribution(process, actor=ida())
    lists = [DueList("Doppelte", [Due(7, "sind fast gleich", "/doppelte/")])]
    declared(monkeypatch, board=lambda part, now: lists, waiting=lambda part: f"/proben/{part.ref}/?stand=offen")
    page = visit(malik()).get(f"/beteiligungen/{process.ref}/leitung/").content.decode()

    assert f'<a href="/proben/{part_in(process).ref}/?stand=offen"><strong>1</strong> in dieser Woche' in page
    assert '<a href="/doppelte/"><strong>7</strong> sind fast gleich</a>' in page
    assert "Doppelte" in page


def test_what_a_format_keeps_about_a_person_is_in_the_download(monkeypatch):
    declared(monkeypatch, personal=lambda person: {"votes": [{"on": "7K3Q-M9XD", "by": person.display_name}]})
    told = json.loads("".join(everything_about(ida().person)))

    assert told["trial_votes"] == [{"on": "7K3Q-M9XD", "by": "Ida"}]


def test_a_format_without_slips_has_no_desk():
    process = running_process()
    part = part_in(process)

    assert visit(malik()).get(f"/schalter/{part.ref}/").status_code == 404
    page = visit(malik()).get(f"/beteiligungen/{process.ref}/schalter/").content.decode()
    assert "Hier gibt es nichts zu erfassen" in page
    assert "Bögen erfassen" not in visit(malik()).get(f"/beteiligungen/{process.ref}/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"contribution_kinds": frozenset({"song"})}, {"opens": frozenset({Deed.MODERATE})}, {"work_label": ""}]
)
def test_a_format_that_names_what_nobody_declared_stops_the_start(monkeypatch, wrong):
    declared(monkeypatch, **wrong)

    assert {error.id for error in check_declarations()} == {"mitstadt.E010"}
