"""The pages of those who lead people: accounts, roles, invitations and pauses, no further than one leads."""

import re
from datetime import timedelta

import pytest

from cast import NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.pauses import pause_author
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import AccountErasure, Pause, RoleInvitation
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
MITTE = "/organisationen/ba-mitte/menschen/"


def lead():
    return with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))


def link_in(outbox):
    return re.search(r"https?://[^/]+(/\S*einladung-zur-aufgabe/\S+)", outbox[-1].body)[1]


def test_the_invited_read_what_it_is_set_up_an_account_and_are_at_work(mailoutbox):
    visit(malik()).post(MITTE, {"email": "neu@example.org", "role": "moderator"})
    browser, link = visit(), link_in(mailoutbox)

    page = browser.get(link).content.decode()
    assert "Moderation, Bezirksamt Mitte" in page
    nameless = browser.post(link, {"display_name": ""})
    assert nameless.status_code == 422
    assert "Der Name fehlt." in nameless.content.decode()
    assert browser.post(link, {"display_name": "Neue Kollegin"}).headers["Location"] == "/arbeitsplatz/"
    assert browser.get("/moderation/").status_code == 200
    assert browser.get(link).status_code == 404


def test_who_has_an_account_signs_in_first_and_another_account_is_told_so(mailoutbox):
    visit(malik()).post(MITTE, {"email": "spaet@example.org", "role": "moderator"})
    link = link_in(mailoutbox)
    late = Person.objects.create_account(email="spaet@example.org", display_name="Spät")

    assert f"/konto/login/?next={link}".replace("/", "%2F")[:10] in visit().get(link).content.decode().replace(
        "/", "%2F"
    )
    assert "anderen Adresse angemeldet" in visit(jörg()).get(link).content.decode()
    assert visit(jörg()).post(link).status_code == 422
    visit(actor_for(late)).post(link)
    assert Membership.objects.get(person=late).role == Role.MODERATOR


def test_an_invitation_stands_in_the_list_lapses_and_is_taken_back(monkeypatch, mailoutbox):
    browser = visit(malik())
    browser.post(MITTE, {"email": "neu@example.org", "role": "moderator"})
    assert "gilt bis 18. Mai 2027" in browser.get(MITTE).content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=15))
    assert "gilt nicht mehr" in browser.get(MITTE).content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = RoleInvitation.objects.get()

    neighbour = with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))
    assert visit(neighbour).post(f"/einladungen/{made.pk}/zuruecknehmen/").status_code == 404
    browser.post(f"/einladungen/{made.pk}/zuruecknehmen/")
    assert visit().get(link_in(mailoutbox)).status_code == 404


def test_a_role_rests_with_a_reason_and_holds_again_with_one_click():
    given = Membership.objects.get(person=ayşe().person)
    browser, page = visit(malik()), f"{MITTE}{given.pk}/"

    assert browser.post(page, {"reason": "", "do": "rest"}).status_code == 422
    browser.post(page, {"reason": "Elternzeit.", "do": "rest"})
    assert "Elternzeit." in browser.get(MITTE).content.decode()
    assert visit(actor_for(ayşe().person)).get("/moderation/").status_code == 403
    browser.post(page, {"reason": "", "do": "resume"})
    assert visit(actor_for(person("Ayşe"))).get("/moderation/").status_code == 200


def test_a_role_of_another_office_is_not_there():
    other = Membership.objects.get(person=lead().person)

    assert visit(malik()).get(f"{MITTE}{other.pk}/").status_code == 404


def test_whoever_lost_their_task_is_led_where_they_read_what_happened(mailoutbox):
    clerk = krüger()
    task = Membership.objects.get(person=clerk.person)
    visit(malik()).post(f"{MITTE}{task.pk}/", {"do": "end", "reason": "Sie arbeitet jetzt im Bürgeramt."})

    led_to = re.search(r"https?://[^/]+(/meine-seite/\S+)", mailoutbox[-1].body)[1]
    browser = visit(actor_for(clerk.person))
    assert browser.get(led_to).status_code == 200
    assert "Ihr Konto hat hier keine Aufgabe." in browser.get("/arbeitsplatz/").content.decode()


def test_a_moderator_pauses_whoever_wrote_it_and_learns_no_name():
    said = contribution(running_process(), actor=jörg())
    browser = visit(ayşe())
    assert "jrg@example.org" not in browser.get(f"/eintraege/{said.ref}/pausieren/").content.decode()

    browser.post(f"/eintraege/{said.ref}/pausieren/", {"reason": "Beleidigt andere."})

    listed = browser.get("/pausen/").content.decode()
    assert "Beleidigt andere." in listed
    assert "Jörg" not in listed


def test_the_paused_read_why_object_once_and_are_let_write_again():
    said = contribution(running_process(), actor=jörg())
    made = pause_author(said, actor=ayşe(), reason="Beleidigt andere.", now=NOW)
    his = visit(actor_for(person("Jörg")))

    assert "Sie können gerade nicht überall schreiben." in his.get("/meine-seite/").content.decode()
    assert "Beleidigt andere." in his.get("/meine-seite/pausen/").content.decode()
    assert his.post("/meine-seite/pausen/", {"pause": made.pk, "text": ""}).status_code == 422
    his.post("/meine-seite/pausen/", {"pause": made.pk, "text": "Es war ein Zitat."})
    assert "Es war ein Zitat." in visit(malik()).get(f"/pausen/{made.pk}/").content.decode()

    visit(malik()).post(f"/pausen/{made.pk}/", {"reason": "Stimmt."})
    assert not Person.objects.get(pk=jörg().person.pk).is_paused
    assert "Stimmt." in his.get("/meine-seite/pausen/").content.decode()


def test_nobody_objects_to_the_pause_of_another_or_sees_it():
    made = pause_author(contribution(running_process(), actor=jörg()), actor=ayşe(), reason="Beleidigt.", now=NOW)

    visit(ida()).post("/meine-seite/pausen/", {"pause": made.pk, "text": "Nein."})

    assert Pause.objects.get().objection == ""
    neighbour = with_role(person("Svenja"), Role.MODERATOR, office("Bezirksamt Pankow", "ba-pankow"))
    assert visit(neighbour).get(f"/pausen/{made.pk}/").status_code == 404
    assert visit(krüger()).get("/pausen/").status_code == 403


def test_who_leads_the_platform_finds_an_account_pauses_and_deletes_it():
    browser, who = visit(lead()), ida().person
    assert "Ida" not in browser.get("/menschen/").content.decode()
    assert "Ida" in browser.get("/menschen/?suche=IDA@example.org").content.decode()

    browser.post(f"/menschen/{who.pk}/pausieren/", {"reason": "Zugang verloren."})
    assert "Zugang verloren." in browser.get(f"/menschen/{who.pk}/").content.decode()
    assert browser.post(f"/menschen/{who.pk}/loeschen/", {"words": "keep", "reason": "Von Ida."}).status_code == 422
    browser.post(f"/menschen/{who.pk}/loeschen/", {"words": "keep", "reason": "Brief vom 3. Mai."})
    page = browser.get(f"/menschen/{who.pk}/loeschen/").content.decode()
    assert "Vorschlag zurücknehmen" in page
    assert "Ja, löschen" not in page
    yes = {"do": "confirm", "asked": AccountErasure.objects.get().pk}
    assert browser.post(f"/menschen/{who.pk}/loeschen/", yes).status_code == 422
    assert Person.objects.get(pk=who.pk).is_active
    second = visit(with_role(person("Selma"), Role.OWNER, office("Senatskanzlei", "skzl")))
    assert f"/menschen/{who.pk}/loeschen/" in second.get("/arbeitsplatz/").content.decode()
    assert "Brief vom 3. Mai." in second.get(f"/menschen/{who.pk}/loeschen/").content.decode()
    assert second.post(f"/menschen/{who.pk}/loeschen/", {**yes, "asked": "0"}).status_code == 422
    second.post(f"/menschen/{who.pk}/loeschen/", yes)
    assert not Person.objects.get(pk=who.pk).is_active
    assert browser.get(f"/menschen/{who.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["", "1/", "1/pausieren/", "1/loeschen/"])
def test_accounts_are_for_who_leads_the_platform_alone(page):
    assert visit(malik()).get(f"/menschen/{page}").status_code == 403
    assert visit().get(f"/menschen/{page}").status_code == 403
