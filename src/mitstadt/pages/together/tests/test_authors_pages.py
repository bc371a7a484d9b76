"""Invite somebody who wrote it too, say yes, and leave again: by account, by code, with nobody's address asked."""

import re

import pytest

from cast import NOW, ida, jörg, malik, office, person
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Membership, OrganisationKind, Role
from mitstadt.spine.actions import limits
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.models import Authorship, Record, RecordState
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def said():
    return contribution(running_process(), actor=jörg())


def as_(client, actor):
    client.force_login(actor.person)
    return client


def page(response):
    return response.content.decode()


def code_on(response):
    return CODE.search(page(response))[0]


def page_of(said):
    return f"/eintraege/{said.ref}/"


def test_jörg_invites_and_ida_says_yes(client, said):
    shown = as_(client, jörg()).post(f"{page_of(said)}verfasst-von/", {"do": "invite"})
    code = code_on(shown)
    assert f"/mitschreiben/?code={code}" in page(shown)
    assert code not in page(client.get(f"{page_of(said)}verfasst-von/"))

    asked = as_(client, ida()).get(f"/mitschreiben/?code={code}")
    assert said.body in page(asked)
    assert not Authorship.objects.filter(confirmed_at__isnull=False).exists()
    receipt = client.post("/mitschreiben/", {"code": code, "confirm": "yes"}, follow=True)
    assert "Ihr Name steht jetzt dabei." in page(receipt)
    assert "angekommen." not in page(receipt)
    assert "Jörg und Ida" in page(client.get(page_of(said)))
    trail = page(client.get(f"/werdegang/{said.ref}/"))
    assert "Jörg und Ida" not in trail
    assert re.search(r">\s*Jörg ", trail)


def test_a_guest_joins_and_gets_a_code_to_come_back(client, said):
    code = invite(said, actor=jörg(), now=NOW)
    receipt = client.post("/mitschreiben/", {"code": code, "confirm": "yes"}, follow=True)
    assert receipt.status_code == 200
    assert CODE.search(page(receipt))
    assert Record.objects.get(pk=said.pk).further_authors == 1


@pytest.mark.parametrize("code", ["", "falsch", "AAAA-AAAA-AAAA-AAAA"])
def test_a_code_that_is_none_is_answered_with_a_sentence(client, code):
    answer = client.post("/mitschreiben/", {"code": code})
    assert answer.status_code == 422
    assert "Einladung" in page(answer)


def test_codes_cannot_be_tried_out_without_end_and_a_right_one_is_never_refused(client, said, monkeypatch):
    monkeypatch.setattr("mitstadt.pages.together.authors.CODES_PER_HOUR", 1)
    client.post("/mitschreiben/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    refused = page(client.post("/mitschreiben/", {"code": "AAAA-AAAA-AAAA-AAAA"}))
    assert "Von diesem Anschluss kam gerade sehr viel" in refused
    assert "So geht es sofort weiter" in refused
    assert client.post("/mitschreiben/", {"code": invite(said, actor=jörg(), now=NOW)}).status_code == 200
    assert limits.CODES_PER_HOUR > 1


def test_strangers_invite_nobody(client, said):
    assert as_(client, ida()).post(f"{page_of(said)}verfasst-von/", {"do": "invite"}).status_code == 403
    assert not Authorship.objects.exists()


def test_open_invitations_are_taken_back(client, said):
    code = invite(said, actor=jörg(), now=NOW)
    as_(client, jörg()).post(f"{page_of(said)}verfasst-von/", {"do": "revoke"})
    assert client.post("/mitschreiben/", {"code": code}).status_code == 422


def test_ida_stands_there_for_her_organisation(client, said):
    bund = office("BUND Mitte", "bund-mitte", kind=OrganisationKind.CIVIL_SOCIETY)
    Membership.objects.create(person=person("Ida"), organisation=bund, role=Role.CONTRIBUTOR)
    code = invite(said, actor=jörg(), now=NOW)
    asked = as_(client, ida()).get(f"/mitschreiben/?code={code}")
    assert "BUND Mitte" in page(asked)
    client.post("/mitschreiben/", {"code": code, "confirm": "yes", "organisation": bund.pk})
    assert "Jörg und BUND Mitte" in page(client.get(page_of(said)))


def test_an_organisation_of_others_is_no_choice(client, said):
    bund = office("BUND Mitte", "bund-mitte", kind=OrganisationKind.CIVIL_SOCIETY)
    Membership.objects.create(person=person("Ida"), organisation=office(), role=Role.CONTRIBUTOR)
    code = invite(said, actor=jörg(), now=NOW)
    answer = as_(client, ida()).post("/mitschreiben/", {"code": code, "confirm": "yes", "organisation": bund.pk})
    assert answer.status_code == 422
    assert not Authorship.objects.filter(confirmed_at__isnull=False).exists()


def test_who_wrote_it_with_others_is_told_what_erasing_means(client, said):
    join(invite(said, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    form = page(as_(client, ida()).get(f"{page_of(said)}zuruecknehmen/"))
    assert "mit anderen geschrieben" in form
    assert "withdraw" not in form
    client.post(f"{page_of(said)}zuruecknehmen/", {"deed": "erase"})
    left = page(client.get(page_of(said)))
    assert said.body in left
    assert "Ida" not in left.split("<main")[1]


def test_who_is_asked_says_yes_on_the_page_itself(client, said):
    target = contribution(said.room, actor=ida())
    merge([said], target, actor=malik(), reason="Dasselbe.", now=clock.now())
    shown = page(as_(client, jörg()).get(page_of(target)))
    assert "Unter diesem Text stehen" in shown
    client.post(f"{page_of(target)}zustimmen/")
    assert "Ida und Jörg" in page(client.get(page_of(target)))
    assert client.get(f"{page_of(target)}zustimmen/").status_code == 403


@pytest.mark.parametrize("state", [RecordState.HIDDEN, RecordState.WITHDRAWN, RecordState.HELD, RecordState.INTERNAL])
def test_an_invitation_shows_no_words_that_its_reader_may_not_read(client, said, state):
    code = invite(said, actor=jörg(), now=NOW)
    Record.objects.filter(pk=said.pk).update(state=state)

    for asked in (client.get(f"/mitschreiben/?code={code}"), as_(client, ida()).get(f"/mitschreiben/?code={code}")):
        assert asked.status_code == 422
        assert said.body not in page(asked)
        assert "Jörg" not in page(asked)
