"""The digest: quiet, grouped, never empty, never twice, and ended with one link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from cast import LATER, NOW, closed_early, ida, jörg, malik
from mitstadt.ground import clock
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.ground.people.unsubscribing import end_digest, token_for
from mitstadt.spine import own_verbs, verbs
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.digests import send_digests
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import AnswerDecision, Notice, Record
from mitstadt.spine.tasks import begin_digests
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg())


def of_jörg(**fields: object) -> None:
    Person.objects.filter(email="jrg@example.org").update(**fields)


def test_jörg_gets_one_mail_with_all_that_happened(process, said):
    other = contribution(process, actor=jörg(), body="Weniger Poller.")
    comment(said, actor=ida(), text="Wo genau?", now=NOW)
    comment(said, actor=ida(), text="Und wann?", now=NOW)
    answer([other], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Zu teuer.", now=LATER)

    sent = send_digests(now=LATER)

    assert (sent.mails, sent.failed) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == ["jrg@example.org"]
    assert "„Wo genau?“" in letter.body, "what was said, each by itself"
    assert "Ida: „Und wann?“" in letter.body, "by whom"
    assert "Es wird nicht übernommen" in letter.body
    assert letter.body.index("Zu teuer.") < letter.body.index("Wo genau?"), "the words of the host stand first"
    assert letter.body.count(process.title) == 1
    assert f"http://127.0.0.1:8000{address_of(said)}" in letter.body
    assert letter.subject == f"Neues: {process.title}"


def test_nothing_new_means_no_mail(said):
    assert send_digests(now=LATER).mails == 0
    assert not mail.outbox


def test_nothing_is_sent_twice(said):
    comment(said, actor=ida(), text="Wo?", now=NOW)

    assert send_digests(now=NOW).mails == 1
    assert send_digests(now=NOW + timedelta(days=30)).mails == 0


@pytest.mark.parametrize(("rhythm", "days"), [(DigestRhythm.DAILY, 1), (DigestRhythm.WEEKLY, 7)])
def test_mails_keep_their_rhythm(said, rhythm, days):
    of_jörg(digest_rhythm=rhythm, digest_sent_at=NOW)
    comment(said, actor=ida(), text="Wo?", now=NOW)

    assert send_digests(now=NOW + timedelta(days=days) - timedelta(hours=6)).mails == 0
    assert send_digests(now=NOW + timedelta(days=days) - timedelta(minutes=5)).mails == 1


@pytest.mark.parametrize("fields", [{"digest_rhythm": "off"}, {"is_active": False}, {"email": None}])
def test_who_wants_none_or_has_no_address_gets_none(said, fields):
    of_jörg(**fields)
    Notice.objects.create(person=said.author, record=said, event="commented", created_at=NOW)

    assert send_digests(now=LATER).mails == 0


def test_what_was_read_on_the_page_is_not_sent(said):
    comment(said, actor=ida(), text="Wo?", now=NOW)
    Notice.objects.update(seen_at=NOW)

    assert send_digests(now=LATER).mails == 0


def test_words_that_are_no_longer_public_are_not_sent(process, said):
    follow(said, actor=ida(), now=NOW)
    comment(said, actor=jörg(), text="Noch etwas.", now=NOW)
    Record.objects.filter(pk=said.pk).update(state="withdrawn")

    send_digests(now=LATER)

    letter: Any = next(letter for letter in mail.outbox if letter.to == ["ida@example.org"])
    words = letter.body + letter.alternatives[0].content
    assert "Mehr Bänke" not in words
    assert said.ref in words
    assert "nicht mehr öffentlich" in words


def test_words_of_people_are_escaped_in_html_and_reach_no_header(process):
    said = contribution(process, actor=jörg(), body="<img src=x onerror=alert(1)>\r\nBcc: all@example.org")
    of_jörg(display_name="Jörg\r\nBcc: all@example.org")
    comment(said, actor=ida(), text="Wo?", now=NOW)

    send_digests(now=NOW)

    letter: Any = mail.outbox[0]
    assert "<img" not in letter.alternatives[0].content
    assert letter.message()["Bcc"] is None
    assert letter.recipients() == ["jrg@example.org"]


def test_a_subject_is_one_line_whatever_the_city_is_called():
    send(Letter(to="ida@example.org", subject="Neu\r\nBcc: all@example.org", text="…"))

    assert mail.outbox[0].subject == "Neu Bcc: all@example.org"


def test_the_digest_speaks_the_language_of_the_person(said):
    of_jörg(language="en")
    comment(said, actor=ida(), text="Wo?", now=NOW)

    send_digests(now=NOW)

    assert f"/en/eintraege/{said.ref}/" in mail.outbox[0].body


def test_a_mail_server_that_fails_for_one_keeps_no_other_waiting_and_loses_nothing(process, said):
    other = contribution(process, actor=ida(), body="Weniger Poller.")
    for record, who in ((said, ida()), (other, jörg())):
        comment(record, actor=who, text="Wo?", now=NOW)
    sent: list[str] = []

    def deliver(letter):
        if letter.to == "ida@example.org":
            raise OSError("the mail server is away")
        sent.append(letter.to)

    run = send_digests(now=NOW, deliver=deliver)

    assert (run.mails, run.failed, sent) == (1, 1, ["jrg@example.org"])
    assert Notice.objects.filter(sent_at=None).values_list("person__email", flat=True).get() == "ida@example.org"
    assert send_digests(now=NOW, deliver=lambda letter: sent.append(letter.to)).mails == 1
    assert sent == ["jrg@example.org", "ida@example.org"]


def test_by_the_clock_everyone_who_is_due_gets_one_mail_of_their_own(said, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    comment(said, actor=ida(), text="Wo?", now=NOW)

    begin_digests.call()
    begin_digests.call()

    assert [letter.to for letter in mail.outbox] == [["jrg@example.org"]]


def test_a_crowd_of_followers_is_told_by_a_task_and_only_who_followed_by_then(said, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.notices.AT_ONCE", 0)
    follow(said, actor=malik(), now=LATER)

    comment(said, actor=ida(), text="Wo?", now=NOW)

    assert set(Notice.objects.values_list("person__email", flat=True)) == {"jrg@example.org"}


def _off_path() -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/mails-abbestellen/\S+)", str(mail.outbox[0].body))[1]


def test_the_link_at_the_foot_ends_the_mails_without_a_sign_in(client, said):
    comment(said, actor=ida(), text="Wo?", now=NOW)
    send_digests(now=NOW)
    path = _off_path()
    assert path in mail.outbox[0].extra_headers["List-Unsubscribe"]

    client.get(path)
    assert Person.objects.get(email="jrg@example.org").digest_rhythm == DigestRhythm.WEEKLY, "a scanner follows links"
    client.post(path)

    assert Person.objects.get(email="jrg@example.org").digest_rhythm == DigestRhythm.OFF
    assert "_auth_user_id" not in client.session


def test_a_made_up_link_ends_nothing(client, said):
    token = token_for(jörg().person)
    forged = token.replace(str(jörg().person.pk), str(ida().person.pk), 1)

    assert client.post(f"/mails-abbestellen/{forged}/").status_code == 404
    assert not end_digest("1")
    assert not Person.objects.filter(digest_rhythm=DigestRhythm.OFF).exists()


def test_followers_of_a_process_hear_that_it_closed(process):
    follow(process, actor=ida(), now=NOW)
    closed_early(process, now=LATER)

    send_digests(now=LATER)

    letter: Any = next(letter for letter in mail.outbox if letter.to == ["ida@example.org"])
    assert "abgeschlossen" in letter.body


def test_what_an_installed_slice_no_longer_declares_is_told_plainly():
    assert verbs.for_followers("sang_a_song") == "Es hat sich etwas getan."


@pytest.mark.parametrize("decision", AnswerDecision)
def test_every_answer_has_its_own_sentence_for_those_who_follow(decision):
    assert verbs.for_followers(f"answered_{decision.value}") == str(own_verbs.answered_as(decision).notice)
