"""A record of a room outside every process is commented, supported, followed, reported, hidden, answered and found."""

import pytest

from cast import NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from html_client import CityClient
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.site.tests.second import verbs
from mitstadt.site.tests.second.actions import ask_for_unit
from mitstadt.site.tests.second.tests.second_city import opened_catalogue, unit
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.moderation import report
from mitstadt.spine.actions.rooms import begin_room, close_room, open_room, show_to
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import actor_for
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Channel, Comment, Notice, ReportReason, RoomRole, Visibility

pytestmark = pytest.mark.django_db
BY_CODE = "django.contrib.auth.backends.ModelBackend"
KEY = "0d5e5a5e-6a3f-4a57-8d0e-3b4f1c2d3e4f"


@pytest.fixture(autouse=True)
def _time_of_the_cast(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def catalogue():
    return opened_catalogue()


@pytest.fixture
def lesson(catalogue):
    return unit(catalogue)


def browser(actor=None):
    client = CityClient(unique_titles=False)
    if actor:
        client.force_login(actor.person, backend=BY_CODE)
    return client


def read(address, actor=None, status=200):
    page = browser(actor).get(address)
    assert page.status_code == status, address
    return page.content.decode()


def test_the_room_has_a_page_with_what_it_holds_and_so_has_each_record(catalogue, lesson):
    page = read(f"/raeume/{catalogue.ref}/")

    assert "Was man bei uns lernen kann." in page
    assert f'href="/eintraege/{lesson.ref}/"' in page
    assert "Menschen und Aufgaben" not in page
    assert f'href="/raeume/{catalogue.ref}/"' in read(f"/eintraege/{lesson.ref}/")


def test_a_guest_comments_and_supports_and_gets_a_receipt_with_a_code(lesson):
    guest = browser()

    sent = guest.post(
        f"/eintraege/{lesson.ref}/kommentieren/", {"text": "Gern auch abends.", "stance": "for", "submission_key": KEY}
    )
    guest.post(f"/eintraege/{lesson.ref}/unterstuetzen/")

    receipt = guest.get(sent.url)
    assert "Ihr Teilnahmecode" in receipt.content.decode()
    lesson.refresh_from_db()
    assert (lesson.comment_count, lesson.support_count, lesson.guest_support_count) == (1, 0, 1)
    assert "Gern auch abends." in guest.get(f"/eintraege/{lesson.ref}/").content.decode()
    assert "Unterstützung zurücknehmen" in guest.get(f"/eintraege/{lesson.ref}/").content.decode()
    guest.post(f"/eintraege/{lesson.ref}/nicht-mehr-unterstuetzen/")
    lesson.refresh_from_db()
    assert lesson.guest_support_count == 0


def test_the_room_itself_is_talked_about_where_it_declares_that(catalogue):
    assert browser(jörg()).get(f"/eintraege/{catalogue.ref}/kommentieren/").status_code == 200
    comment(catalogue, actor=jörg(), text="Mehr davon!", now=NOW)

    assert "Mehr davon!" in read(f"/raeume/{catalogue.ref}/")
    with pytest.raises(Refused, match="kind_takes_no_such_deed"):
        support(catalogue, actor=jörg(), now=NOW)


def test_who_follows_hears_of_comments_and_of_the_answer(lesson):
    follower, office_page = browser(ida()), browser(malik())
    follower.post("/folgen/eintrag/", {"was": lesson.ref})
    comment(lesson, actor=jörg(), text="Wann?", now=NOW)

    answered = office_page.post(
        f"/eintraege/{lesson.ref}/beantworten/", {"decision": "noted", "reason": "Im Herbst wieder."}
    )

    assert answered.url == f"/eintraege/{lesson.ref}/"
    assert set(Notice.objects.filter(person=ida().person).values_list("event", flat=True)) == {
        "commented",
        "answered_noted",
    }
    assert "Im Herbst wieder." in read(f"/eintraege/{lesson.ref}/")
    assert "Im Herbst wieder." in read(f"/werdegang/{lesson.ref}/")
    assert "Karten lesen" in follower.get("/meine-seite/folge-ich/").content.decode()


def test_only_those_who_answer_here_answer_and_an_empty_reason_is_given_back(lesson):
    address = f"/eintraege/{lesson.ref}/beantworten/"
    stranger = with_role(person("Petra"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    for who in (None, jörg(), ayşe(), stranger):
        assert browser(who).get(address).status_code == 403
    assert browser(malik()).post(address, {"decision": "not", "reason": ""}).status_code == 422


def test_a_report_stands_in_the_queue_of_its_host_and_what_is_hidden_comes_back_after_an_appeal(catalogue):
    asked = ask_for_unit(catalogue, actor=jörg(), title="Löten für alle", now=NOW)
    browser(ida()).post(f"/melden/{asked.ref}/", {"reason": "advertising", "text": "Werbung"})
    pankow = with_role(person("Noor"), Role.MODERATOR, office("Bezirksamt Pankow", "ba-pankow"))
    assert asked.ref in read("/moderation/", ayşe())
    assert asked.ref in read(f"/moderation/?prozess={catalogue.ref}", ayşe())
    assert browser(pankow).get("/moderation/").status_code == 403
    assert browser(pankow).get(f"/moderation/{asked.ref}/").status_code == 404

    verdict = {"verdict": "hide", "rule": "advertising", "reason": "Das ist Werbung."}
    browser(ayşe()).post(f"/moderation/{asked.ref}/", verdict)
    assert browser().get(f"/eintraege/{asked.ref}/").url == f"/werdegang/{asked.ref}/"
    assert "Löten" not in read(f"/werdegang/{asked.ref}/")
    assert read(f"/eintraege/{asked.ref}/", malik())
    browser(jörg()).post(f"/widerspruch/{asked.ref}/", {"text": "Es ist keine Werbung."})
    second = with_role(person("Mina"), Role.MODERATOR)
    browser(second).post(f"/moderation/{asked.ref}/", {"upheld": "ja", "reason": "Stimmt."})

    assert "Löten für alle" in read(f"/eintraege/{asked.ref}/")


def test_the_room_itself_is_reported_to_its_own_moderators(catalogue):
    report(catalogue, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW)

    assert catalogue.ref in read("/moderation/", ayşe())
    assert catalogue.ref in read(f"/moderation/?prozess={catalogue.ref}", ayşe())


def test_it_is_found_and_stands_in_log_and_trail_in_its_own_words(lesson):
    assert lesson.ref in read("/suche/?q=Bauplan")
    assert "Lerneinheit veröffentlicht" in read("/protokoll/")
    assert "Lerneinheit veröffentlicht" in read(f"/protokoll/{lesson.ref}/")
    assert f'href="/raeume/{lesson.room.ref}/"' in read(f"/werdegang/{lesson.ref}/")
    assert Act.objects.get(verb="published_unit").actor_kind == "host"


def test_what_somebody_asked_for_is_on_their_page_and_can_be_taken_back(catalogue):
    asked = ask_for_unit(catalogue, actor=jörg(), title="Löten für alle", now=NOW)
    assert "Löten für alle" in read("/meine-seite/", jörg())

    browser(jörg()).post(f"/eintraege/{asked.ref}/zuruecknehmen/", {"deed": "erase"})

    asked.refresh_from_db()
    assert asked.state == "erased"


def test_printed_codes_of_the_room_give_full_rights_there_and_lead_there(catalogue, lesson):
    sheet = browser(krüger()).post(f"/raeume/{catalogue.ref}/codes/", {"count": "2", "channel": "paper"})
    assert sheet.status_code == 200
    [secret] = issue_codes(catalogue, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)
    linh = actor_for(redeem(secret, now=NOW).person)

    assert support(lesson, actor=linh, now=NOW)
    assert (
        browser()
        .post("/code/", {"code": issue_codes(catalogue, actor=krüger(), count=1, channel=Channel.PAPER, now=NOW)[0]})
        .url
        == f"/raeume/{catalogue.ref}/"
    )
    assert f'href="/raeume/{catalogue.ref}/"' in read("/meine-seite/", linh)


def test_roles_are_given_in_the_room_and_hold_there(catalogue, lesson):
    person("Jörg")
    browser(malik()).post(
        f"/raeume/{catalogue.ref}/aufgaben/", {"email": jörg().person.email, "role": "moderator", "do": "give"}
    )

    assert RoomRole.objects.get().room_id == catalogue.pk
    report(lesson, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW)
    assert lesson.ref in read("/moderation/", jörg())
    assert browser(jörg()).get(f"/raeume/{catalogue.ref}/aufgaben/").status_code == 403


def test_whoever_works_there_finds_the_room_at_the_workplace(catalogue, lesson):
    report(lesson, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW)
    page = read("/arbeitsplatz/", malik())

    assert "Probierkatalog" in page
    assert "1 Beitrag wartet" in page
    assert "1 Fall in der Moderation" in page
    assert f'href="/raeume/{catalogue.ref}/aufgaben/"' in page


def test_a_room_is_seen_by_its_host_alone_until_it_opens_and_takes_nothing_after_it_closed(catalogue, lesson):
    draft = begin_room(
        type(catalogue)(title="Noch geheim", host=office()), actor=malik(), verb=verbs.BEGAN_CATALOGUE, now=NOW
    )
    assert browser(jörg()).get(f"/raeume/{draft.ref}/").status_code == 404
    assert "Noch geheim" in read(f"/raeume/{draft.ref}/", malik())
    with pytest.raises(Refused, match="record_not_public"):
        ask_for_unit(draft, actor=malik(), title="Zu früh", now=NOW)
    for who in (krüger(), jörg()):
        with pytest.raises(Refused, match="needs_role"):
            open_room(draft, actor=who, verb=verbs.OPENED_CATALOGUE, now=NOW)

    close_room(catalogue, actor=malik(), verb=verbs.CLOSED_CATALOGUE, now=NOW)

    lesson = type(lesson).objects.get(pk=lesson.pk)
    for deed in (
        lambda: comment(lesson, actor=jörg(), text="Zu spät.", now=NOW),
        lambda: support(lesson, actor=jörg(), now=NOW),
    ):
        with pytest.raises(Refused, match="room_closed"):
            deed()
    assert "Karten lesen" in read(f"/raeume/{catalogue.ref}/")


def test_only_who_may_prepare_for_the_office_begins_a_room(catalogue):
    for who in (jörg(), krüger()):
        with pytest.raises(Refused, match="needs_role"):
            begin_room(type(catalogue)(title="Meins", host=office()), actor=who, verb=verbs.BEGAN_CATALOGUE, now=NOW)


def test_an_internal_catalogue_is_read_by_the_offices_it_names_and_by_nobody_else():
    street = office("Straßenamt", "strassenamt")
    reader = with_role(person("Rosa"), Role.CONTRIBUTOR, street)
    catalogue = opened_catalogue_for([street])
    lesson = unit(catalogue, "Nur für uns")
    remark = comment(lesson, actor=reader, text="Intern gesagt.", now=NOW)

    for address in (f"/raeume/{catalogue.ref}/", f"/eintraege/{lesson.ref}/"):
        assert browser(jörg()).get(address).status_code == 404
        assert "Nur für uns" in read(address, reader)
    assert remark.state == "internal"
    assert lesson.ref not in read("/suche/?q=Bauplan")
    assert "Nur für uns" not in read("/protokoll/")


def opened_catalogue_for(readers):
    from mitstadt.site.tests.second.models import Catalogue

    draft = begin_room(Catalogue(title="Intern", host=office()), actor=malik(), verb=verbs.BEGAN_CATALOGUE, now=NOW)
    show_to(draft, Visibility.INTERNAL, readers, actor=malik(), now=NOW)
    opened = open_room(draft, actor=malik(), verb=verbs.OPENED_CATALOGUE, now=NOW)
    return Catalogue.objects.get(pk=opened.pk)


def test_comments_on_comments_are_refused_in_every_room(lesson):
    remark = comment(lesson, actor=ida(), text="Ja.", now=NOW)

    with pytest.raises(Refused, match="kind_takes_no_such_deed"):
        comment(remark, actor=jörg(), text="Und noch tiefer.", now=NOW)
    page = browser(jörg()).post(f"/eintraege/{remark.ref}/kommentieren/", {"text": "Tiefer.", "stance": "for"})
    assert page.status_code == 422
    assert Comment.objects.count() == 1
    reply = comment(lesson, actor=jörg(), text="Genau.", reply_to=remark, now=NOW)
    with pytest.raises(Refused, match="reply_to_reply"):
        comment(lesson, actor=ida(), text="Und tiefer.", reply_to=reply, now=NOW)


def test_pages_of_what_a_room_holds_and_of_what_people_say_to_it_are_turned_apart(catalogue):
    for number in range(26):
        unit(catalogue, f"Lektion {number}")
    comment(catalogue, actor=jörg(), text="Mehr davon!", now=NOW)

    first, second = read(f"/raeume/{catalogue.ref}/"), read(f"/raeume/{catalogue.ref}/?blatt=2")

    assert "Lektion 25<" in first
    assert "Lektion 25<" not in second
    assert "Lektion 0<" in second
    assert "Mehr davon!" in first
    assert "Mehr davon!" in second
    assert "Mehr davon!" in read(f"/raeume/{catalogue.ref}/?seite={'9' * 5000}")


@pytest.mark.parametrize("typed", ["9" * 20, "9" * 5_000, "-1", "1.5", "²"])
def test_a_number_that_is_none_shows_the_first_page(catalogue, typed):
    assert read(f"/raeume/{catalogue.ref}/?seite={typed}")
