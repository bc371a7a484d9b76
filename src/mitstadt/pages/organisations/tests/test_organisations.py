"""Organisations: everyone reads what they are; who leads one says who acts for it; one command founds a city."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from cast import NOW, ayşe, closed_early, ida, jörg, malik, office, person, with_role
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions import organisations as actions
from mitstadt.spine.actions.organisations import end_membership
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, RoomHost, RoomRole
from mitstadt.spine.permits import permit
from mitstadt.spine.tests.trial_format import running_process
from visits import visit

pytestmark = pytest.mark.django_db
MITTE = "/organisationen/ba-mitte/"


def platform_leader() -> Actor:
    platform = office("Senatskanzlei", "skzl", runs_platform=True)
    return with_role(person("Robert"), Role.OWNER, platform)


def test_anyone_reads_what_an_organisation_is_and_what_it_asked(client):
    office(contact="Raum 12, montags 9 bis 12 Uhr")
    running_process(title="Wie soll der Platz werden?")

    page = client.get(MITTE).content.decode()

    assert "Raum 12, montags 9 bis 12 Uhr" in page
    assert "Wie soll der Platz werden?" in page
    assert "Bezirksamt Mitte" in client.get("/organisationen/").content.decode()


def test_who_acts_for_it_is_for_its_leaders_eyes_alone(client):
    malik()
    ida()

    assert "malik@example.org" not in client.get(MITTE).content.decode()
    assert client.get(f"{MITTE}menschen/").status_code == 403
    assert visit(ida()).get(f"{MITTE}menschen/").status_code == 403
    assert "malik@example.org" in visit(malik()).get(f"{MITTE}menschen/").content.decode()


def test_malik_gives_ida_the_moderation_and_ends_it_again():
    who, browser = ida().person, visit(malik())

    browser.post(f"{MITTE}menschen/", {"email": "IDA@example.org", "role": "moderator", "do": "give"})

    assert permit(actor_for(who), Deed.MODERATE, running_process(), now=NOW)
    act = Act.objects.get(verb="gave_membership")
    assert act.details == {"organisation": "ba-mitte", "role": "moderator"}
    assert str(who.pk) not in act.details.values()
    given = Membership.objects.get(person=who)
    browser.post(f"{MITTE}menschen/{given.pk}/", {"reason": "Die Zeit ist um.", "do": "end"})
    assert not Membership.objects.filter(person=who).exists()


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("malik@example.org", "owner", "hat diese Aufgabe hier schon"),
        ("keine-adresse", "editor", "gültige E-Mail-Adresse"),
    ],
)
def test_what_cannot_be_given_is_said_and_the_address_stays_in_the_form(email, role, sentence):
    answer = visit(malik()).post(f"{MITTE}menschen/", {"email": email, "role": role, "do": "give"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{email}"' in answer.content.decode()


def test_the_last_one_who_leads_stays_until_somebody_else_does():
    actor = malik()
    with pytest.raises(Refused, match="last_leader"):
        end_membership(office(), actor=actor, email="malik@example.org", role=Role.OWNER, now=NOW)

    with_role(person("Ida"), Role.OWNER)
    end_membership(office(), actor=actor, email="malik@example.org", role=Role.OWNER, now=NOW)

    assert not permit(actor_for(actor.person), Deed.ASSIGN_ROLES, running_process(), now=NOW)


@pytest.mark.parametrize("who", [ayşe, jörg], ids=["moderates", "no role"])
def test_no_one_makes_themselves_a_leader(who):
    malik()
    asking = who()
    answer = visit(asking).post(f"{MITTE}menschen/", {"email": asking.person.email, "role": "owner", "do": "give"})

    assert answer.status_code == 403
    assert not Membership.objects.filter(person=asking.person, role=Role.OWNER).exists()


def test_leading_one_process_or_another_office_is_not_leading_this_one():
    process = running_process()
    RoomRole.objects.create(room=process, person=ida().person, role=Role.OWNER)
    neighbour = with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    assert visit(actor_for(ida().person)).get(f"{MITTE}menschen/").status_code == 403
    assert visit(neighbour).get(f"{MITTE}menschen/").status_code == 403
    assert visit(neighbour).get("/organisationen/neu/").status_code == 403


def test_who_leads_the_platform_founds_an_organisation_and_gives_it_a_leader():
    browser, who = visit(platform_leader()), jörg().person
    facts = {"name": "Verein Grüne Müllerstraße", "kind": "civil_society", "street": ""}

    answer = browser.post("/organisationen/neu/", facts)

    assert answer.headers["Location"] == "/organisationen/verein-gruene-muellerstrasse/menschen/"
    browser.post(answer.headers["Location"], {"email": who.email, "role": "owner", "do": "give"})
    assert visit(actor_for(who)).get(answer.headers["Location"]).status_code == 200
    assert "Verein Grüne Müllerstraße" in visit(actor_for(who)).get("/arbeitsplatz/").content.decode()


def test_two_organisations_never_bear_one_name_and_never_share_an_address():
    browser = visit(platform_leader())
    office()
    twice = browser.post("/organisationen/neu/", {"name": "bezirksamt mitte", "kind": "administration"})
    assert twice.status_code == 422
    assert "mit diesem Namen gibt es schon" in twice.content.decode()

    browser.post("/organisationen/neu/", {"name": "Neu", "kind": "neighbourhood"})
    browser.post("/organisationen/neu/", {"name": "Neu!", "kind": "neighbourhood"})
    browser.post("/organisationen/neu/", {"name": "!!!", "kind": "neighbourhood"})

    slugs = set(Organisation.objects.values_list("slug", flat=True))
    assert {"neu-2", "neu-3", "organisation"} <= slugs


def test_who_is_a_moment_later_with_the_same_name_gets_a_sentence_too(monkeypatch):
    office()
    monkeypatch.setattr(actions, "_require_free_name", lambda _name: None)
    monkeypatch.setattr(actions, "_free_slug", lambda _name: "ba-mitte")

    facts = {"name": "Bezirksamt Mitte", "kind": "administration", "street": "Raum 7"}
    answer = visit(platform_leader()).post("/organisationen/neu/", facts)

    assert answer.status_code == 422
    assert "gibt es schon" in answer.content.decode()
    assert 'value="Raum 7"' in answer.content.decode()


def test_who_may_not_found_one_reads_who_may():
    assert "wer diese Plattform leitet" in visit(malik()).get("/organisationen/neu/").content.decode()


def test_what_is_said_of_it_changes_in_public_and_its_address_stays():
    browser = visit(malik())
    facts = {"name": "Bezirksamt Mitte von Berlin", "kind": "administration", "street": "Karl-Marx-Allee 31"}

    assert browser.post(f"{MITTE}angaben/", facts).headers["Location"] == MITTE
    assert "Karl-Marx-Allee 31" in browser.get(MITTE).content.decode()
    assert Act.objects.get(verb="changed_organisation").details == {"organisation": "ba-mitte"}
    again = browser.post(f"{MITTE}angaben/", facts)
    assert again.status_code == 422
    assert "nichts geändert" in again.content.decode()


def test_a_page_of_an_organisation_takes_the_same_queries_for_one_process_and_for_many(
    client, django_assert_num_queries
):
    running_process()
    client.get(MITTE)
    with django_assert_num_queries(7):
        client.get(MITTE)
    for number in range(6):
        running_process(title=f"Frage {number}?")
        office(f"Verein {number}", f"verein-{number}")
    with django_assert_num_queries(7):
        client.get(MITTE)
    with django_assert_num_queries(2):
        client.get("/organisationen/")


def test_a_city_is_founded_with_one_command_and_its_leader_signs_in_by_mail(client, capsys):
    for _again in range(2):
        call_command("found_city", organisation="Senatskanzlei", leader="Leitung@example.org", areas="none")

    assert Organisation.objects.get().runs_platform
    assert Person.objects.get().email == "leitung@example.org"
    assert "leitung@example.org leads it." in capsys.readouterr().out
    client.post("/konto/login/code/", {"email": "leitung@example.org"})
    path = re.search(r"http://127.0.0.1:8000(\S+)", str(mail.outbox[0].body))[1]
    code = re.search(r'name="code" value="([^"]+)"', client.get(path).content.decode())[1]
    client.post(path, {"code": code})
    assert "Senatskanzlei" in client.get("/arbeitsplatz/").content.decode()
    assert client.get("/organisationen/neu/").status_code == 200


def test_a_second_call_may_bring_what_the_first_left_out():
    for areas in ("none", "berlin"):
        call_command("found_city", organisation="Senatskanzlei", leader="leitung@example.org", areas=areas)

    assert Area.objects.filter(level=Level.DISTRICT).count() == 12
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"organisation": "  "}, "has no name"),
        ({"leader": "niemand"}, "is no e-mail address"),
        ({"areas": "atlantis"}, "No areas of “atlantis” are shipped"),
    ],
)
def test_a_city_that_cannot_be_founded_is_told_why_and_stays_empty(wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command(
            "found_city", **{"organisation": "Senatskanzlei", "leader": "leitung@example.org", "areas": "none", **wrong}
        )

    assert not Organisation.objects.exists()


def test_who_leads_the_platform_removes_what_was_founded_by_mistake_and_closes_what_is_in_use():
    lead = visit(with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True)))
    office("Amt aus Versehen", "versehen")
    used = office("Altes Amt", "altes-amt")
    over = closed_early(running_process())
    RoomHost.objects.create(room=over, organisation=used)

    assert "Entfernen oder schließen" in lead.get("/organisationen/versehen/").content.decode()
    assert "Entfernen oder schließen" not in visit().get("/organisationen/versehen/").content.decode()
    assert visit(malik()).get("/organisationen/versehen/schliessen/").status_code == 403
    assert "Nichts hängt an ihr." in lead.get("/organisationen/versehen/schliessen/").content.decode()
    assert lead.post("/organisationen/versehen/schliessen/", {"reason": ""}).status_code == 422
    assert (
        lead.post("/organisationen/versehen/schliessen/", {"reason": "Doppelt."})
        .headers["Location"]
        .endswith("/organisationen/")
    )
    assert lead.get("/organisationen/versehen/").status_code == 404
    lead.post("/organisationen/altes-amt/schliessen/", {"reason": "Aufgelöst."})

    page = visit().get("/organisationen/altes-amt/").content.decode()
    assert "Geschlossen am" in page
    assert "Aufgelöst." in page
    lead.post("/organisationen/altes-amt/schliessen/", {"reason": "Doch nicht."})
    assert "Geschlossen am" not in visit().get("/organisationen/altes-amt/").content.decode()
