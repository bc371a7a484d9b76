"""Mails are left to a worker: after the change is kept, sealed while they wait, the same mail however often tried."""

import smtplib
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mitstadt.ground.mail.mailbox import kept_mails, read_mail
from mitstadt.ground.mail.sealing import Envelope, opened, sealed
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.models import Person
from mitstadt.ground.tasks import operating
from mitstadt.ground.tasks.worker import run_until_empty
from mitstadt.methods.shared.errors import MethodError

pytestmark = pytest.mark.django_db
MAILBOX = "mitstadt.ground.mail.backend.MailboxBackend"


@pytest.fixture(autouse=True)
def a_real_queue(settings):
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }
    settings.EMAIL_BACKEND = "mitstadt.ground.mail.backend.QueueBackend"
    settings.MAIL_CARRIER = MAILBOX


def refuses(code: int):
    who = "linh@example.org"

    class Carrier:
        def send_messages(self, messages):
            raise smtplib.SMTPRecipientsRefused({who: (code, who.encode())})

    return lambda *_args, **_kwargs: Carrier()


def test_a_mail_leaves_when_the_change_is_kept_and_not_otherwise(settings):
    with transaction.atomic():
        send(Letter("linh@example.org", "Nie", "Nichts"))
        transaction.set_rollback(True)
    send(Letter("linh@example.org", "Ihr Link", "Grüße", html="<p>Grüße</p>"))
    assert kept_mails(settings.MAILBOX) == []

    assert run_until_empty() == 1

    [name] = kept_mails(settings.MAILBOX)
    got = read_mail(settings.MAILBOX, name)
    assert (got.to, got.subject, got.text.strip()) == ("linh@example.org", "Ihr Link", "Grüße")
    assert not DBTaskResult.objects.exists(), "nothing of a mail is kept"


def test_while_it_waits_nobody_reads_it_in_the_database():
    send(Letter("linh@example.org", "Ihr Link", "http://127.0.0.1/konto/?code=K7W9PQ"))

    kept = str(DBTaskResult.objects.get().args_kwargs)
    assert "linh" not in kept
    assert "K7W9PQ" not in kept


def test_a_mail_to_sign_in_overtakes_the_digests():
    for to in ("ida@example.org", "joerg@example.org"):
        send(Letter(to, "Neues", "…", headers={"List-Unsubscribe": "<http://127.0.0.1/>"}))
    send(Letter("linh@example.org", "Ihr Link", "…"))

    first = DBTaskResult.objects.ready().first()
    assert opened(first.args_kwargs["args"][0]).to == ["linh@example.org"]


def test_the_same_mail_carried_twice_is_one_mail(settings):
    letter = EmailMultiAlternatives("Ihr Link", "Grüße", to=["linh@example.org"])
    envelope = Envelope.of(letter)
    for _attempt in range(2):
        mail.get_connection(MAILBOX).send_messages([opened(sealed(envelope)).mail()])

    assert len(kept_mails(settings.MAILBOX)) == 1
    assert message_from_bytes(envelope.raw)["Message-ID"]


def test_an_address_that_does_not_exist_is_not_tried_again_and_not_shown(monkeypatch, caplog):
    monkeypatch.setattr("mitstadt.ground.mail.tasks.get_connection", refuses(550))
    send(Letter("linh@example.org", "Ihr Link", "…"))
    run_until_empty()

    [dead] = operating.dead_tasks()
    assert dead.reason == "Hopeless: the mail server refuses the address (550)"
    assert "linh" not in caplog.text


def test_a_mail_server_that_asks_for_patience_is_asked_again(monkeypatch):
    monkeypatch.setattr("mitstadt.ground.mail.tasks.get_connection", refuses(450))
    send(Letter("linh@example.org", "Ihr Link", "…"))
    run_until_empty()

    assert operating.dead_tasks() == []
    assert "linh" not in DBTaskResult.objects.get().traceback


def test_without_a_mail_server_a_sign_in_is_answered_and_its_mail_waits(client, settings):
    Person.objects.create_account(email="leitung@example.org", display_name="Leitung")
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there

    answer = client.post("/konto/login/code/", {"email": "leitung@example.org"})
    run_until_empty()

    assert answer.status_code == 302
    assert operating.dead_tasks() == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_key_that_was_changed_opens_no_old_mail_unless_it_is_named_as_the_one_before(settings):
    text = sealed(Envelope("stadt@example.org", ["linh@example.org"], b"x"))
    settings.SECRET_KEY, old = "another", settings.SECRET_KEY

    with pytest.raises(MethodError, match="MITSTADT_SECRET_KEY"):
        opened(text)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert opened(text).raw == b"x"
