"""What one takes home: ref and code told apart, on a page, on paper, in a file; the code of a support; one mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from cast import LATER, NOW, ida, jörg, malik
from mitstadt.ground import clock
from mitstadt.pages.voices.tests.test_voices import typed
from mitstadt.spine.actions import answer_mails
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST
from mitstadt.spine.models import AnswerDecision, AnswerMail, Comment, Record, RecordState
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
ADDRESS = "linh@example.org"


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def linh(process):
    return participant(GUEST, process, now=NOW)[0]


@pytest.fixture
def said(process, linh):
    return contribution(process, actor=linh, body="Eine Bank am Brunnen.")


def as_(client, actor):
    client.force_login(actor.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client, said, linh, address=ADDRESS) -> str:
    """The path of the link in the mail."""
    as_(client, linh).post(f"/beleg/{said.ref}/mail/", {"address": address})
    return re.search(r"http://127.0.0.1:8000(/mail-zur-antwort/\S+)", str(mail.outbox[-1].body))[1]


def answered(said, process, **more):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.TAKEN_UP, reason="Kommt im Mai.", now=LATER)


# --- receipt ---


def test_a_guest_reads_what_is_for_whom_and_takes_both_home(client, process):
    said = contribution(process, actor=jörg())
    client.post(f"/eintraege/{said.ref}/kommentieren/", typed(), follow=True)
    made = Comment.objects.get()

    page = client.get(f"/beleg/{made.ref}/")
    words = " ".join(page.content.decode().split())
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", words)[1]
    assert "Schreiben Sie beide auf" in words
    assert f'data-copy="{code}"' in words
    assert f'data-copy="{made.ref}"' in words

    for where in ("drucken", "datei"):
        taken = client.get(f"/beleg/{made.ref}/{where}/")
        assert code in taken.content.decode()
        assert made.ref in taken.content.decode()
        assert taken.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in taken.headers["Content-Disposition"]


def test_the_code_of_one_person_stands_on_no_receipt_of_another(client, process, said, linh):
    client.post(f"/eintraege/{said.ref}/kommentieren/", typed(), follow=True)

    for where in ("", "drucken/", "datei/"):
        assert not re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", client.get(f"/beleg/{said.ref}/{where}").content.decode())


def test_after_the_first_support_a_guest_sees_the_code_once_and_goes_on_where_they_were(client, process, said):
    stood = f"http://testserver/beteiligungen/{process.ref}/beitraege/?antwort=open"
    first = client.post(f"/eintraege/{said.ref}/unterstuetzen/", {"stays": "1"}, headers={"Referer": stood})
    page = client.get(first.headers["Location"]).content.decode()
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", page)[1]
    assert f'href="/beteiligungen/{process.ref}/beitraege/?antwort=open#{said.ref}"' in page

    other = contribution(process, actor=jörg(), body="Noch eine.")
    second = client.post(f"/eintraege/{other.ref}/unterstuetzen/")
    assert "unterstuetzt" not in second.headers["Location"]

    elsewhere = Client()
    elsewhere.post("/code/", {"code": code})
    elsewhere.post(f"/eintraege/{said.ref}/nicht-mehr-unterstuetzen/")
    said.refresh_from_db()
    assert said.guest_support_count == 0, "with the code it was taken back"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_nobody_is_led_away_by_the_page_with_the_code(client, said, back):
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    page = client.get(f"/eintraege/{said.ref}/unterstuetzt/", {"von": back}).content.decode()
    ways = re.findall(r'href="([^"]*)"', page)
    assert not [way for way in ways if way.startswith(("http", "//", "javascript", "\\\\")) and "evil" in way]
    assert f'href="/eintraege/{said.ref}/"' in page


def test_in_place_the_code_comes_with_the_control(client, said):
    first = client.post(f"/eintraege/{said.ref}/unterstuetzen/", headers={"HX-Request": "true"})

    assert re.search(r"<code>[0-9A-Z-]{19}</code>", first.content.decode())
    assert first.headers["Cache-Control"] == "private, no-store"


def test_who_supports_nothing_sees_no_code(client, said, linh):
    assert client.get(f"/eintraege/{said.ref}/unterstuetzt/").status_code == 302


# --- one mail ---


def test_linh_gets_one_mail_when_the_answer_is_there_and_the_address_is_forgotten(client, process, said, linh):
    link = asked(client, said, linh)
    client.get(link)
    assert AnswerMail.objects.get().confirmed_at is None, "a program that looks at mails confirms nothing"

    assert "Bestätigt" in client.post(link).content.decode()
    answered(said, process)

    assert [letter.to for letter in mail.outbox] == [[ADDRESS], [ADDRESS]]
    last = mail.outbox[-1]
    assert last.subject == f"Die Antwort auf {said.ref} ist da"
    assert "Kommt im Mai." in last.body
    assert not AnswerMail.objects.exists()

    answer_mails.send_when_answered([said.pk])
    assert len(mail.outbox) == 2, "once, and never again"


def test_an_answer_that_came_before_the_link_was_opened_is_sent_with_it(client, process, said, linh):
    link = asked(client, said, linh)
    answered(said, process)
    assert len(mail.outbox) == 1, "nothing goes to an address that nobody confirmed"

    client.post(link)

    assert len(mail.outbox) == 2


def test_the_address_lies_sealed(client, said, linh):
    asked(client, said, linh)

    assert ADDRESS not in str(AnswerMail.objects.values().get())


def test_a_known_address_is_answered_like_an_unknown_one(client, said, linh):
    pages = []
    for address in ("ida@example.org", "niemand@example.org"):
        ida()
        pages.append(as_(client, linh).post(f"/beleg/{said.ref}/mail/", {"address": address}, follow=True))

    said_to = [re.findall(r"Wir haben Ihnen geschrieben[^<]*", page.content.decode()) for page in pages]
    assert said_to[0] == said_to[1] != []
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_nobody_floods_somebody_elses_address_and_nobody_learns_that_it_is_full(client, process, linh):
    for n in range(5):
        said = contribution(process, actor=linh, body=f"Bank {n}.")
        page = as_(client, linh).post(f"/beleg/{said.ref}/mail/", {"address": ADDRESS}, follow=True)
        assert "Wir haben Ihnen geschrieben" in page.content.decode()

    assert len(mail.outbox) == answer_mails.TO_ONE_ADDRESS_PER_HOUR


def test_one_connection_asks_for_so_many_and_no_more(client, process, said, linh, monkeypatch):
    monkeypatch.setattr(answer_mails, "ASKED_PER_HOUR", 1)
    asked(client, said, linh)

    page = client.post(f"/beleg/{said.ref}/mail/", {"address": "andere@example.org"})

    assert page.status_code == 422
    assert "andere@example.org" in page.content.decode(), "what was typed stays"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["", "linh", "a@b\nBcc: x@y.org", "linh@example.org, ida@example.org", "a" * 300])
def test_what_is_no_address_gets_no_mail(client, said, linh, address):
    assert as_(client, linh).post(f"/beleg/{said.ref}/mail/", {"address": address}).status_code == 422
    assert not mail.outbox


def test_only_who_wrote_it_without_an_account_asks(client, process, said):
    mine = contribution(process, actor=jörg())
    for who, record in ((None, said), (ida(), said), (jörg(), mine)):
        browser = as_(Client(), who) if who else Client()
        assert browser.post(f"/beleg/{record.ref}/mail/", {"address": ADDRESS}).status_code == 422
    assert not AnswerMail.objects.exists()


def test_asked_again_the_earlier_link_leads_nowhere(client, said, linh):
    first = asked(client, said, linh)
    second = asked(client, said, linh, "neu@example.org")

    assert client.post(first).status_code == 404
    assert client.post(second).status_code == 200
    assert AnswerMail.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "..%2F"])
def test_a_made_up_link_leads_nowhere(client, token):
    assert client.get(f"/mail-zur-antwort/{token}/").status_code == 404
    assert client.post(f"/mail-zur-antwort/{token}/").status_code == 404


def test_a_link_lapses_and_the_address_goes(client, said, linh, monkeypatch):
    link = asked(client, said, linh)
    later = NOW + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert client.post(link).status_code == 404
    assert answer_mails.forget_old_mails(now=later) == 1


def test_the_link_deletes_the_address_at_any_time(client, process, said, linh):
    link = asked(client, said, linh)
    client.post(link)

    assert "gelöscht" in client.post(link, {"loeschen": "1"}).content.decode()
    answered(said, process)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("deed", [withdraw, erase])
def test_what_is_taken_back_takes_the_address_with_it(client, said, linh, deed):
    asked(client, said, linh)

    deed(said, actor=linh, now=NOW)

    assert not AnswerMail.objects.exists()


def test_the_end_of_the_code_takes_the_address_with_it(client, said, linh):
    asked(client, said, linh)

    delete_account(linh, erase_words=False, now=NOW)

    assert not AnswerMail.objects.exists()


def test_words_that_were_hidden_stand_in_no_mail(client, process, said, linh):
    client.post(asked(client, said, linh))
    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN, answer_state="taken_up")

    answer_mails.send_when_answered([said.pk])

    assert len(mail.outbox) == 1
    assert not AnswerMail.objects.exists()


def test_it_stands_in_what_we_know_about_a_person_with_a_code(client, said, linh):
    asked(client, said, linh)

    page = as_(client, linh).get("/meine-seite/was-wir-wissen/").content.decode()

    assert "eine Mail" in page
    assert ADDRESS not in page
