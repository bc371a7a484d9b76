"""The demo's mailbox: readable, escaped, and nowhere but in a demo."""

import pytest
from django.core.mail import EmailMessage

from mitstadt.ground.mail.backend import MailboxBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.DEMO = True
    settings.MAILBOX = tmp_path / "mails"
    return settings.MAILBOX


def keep(subject="Ihr Link", body="Guten Tag,\n\nhttp://testserver/konto/login/code/confirm/?code=ABC\n"):
    MailboxBackend().send_messages([EmailMessage(subject, body, "stadt@example.org", ["linh@example.org"])])


def test_linh_reads_her_mail_and_follows_its_link(client, mailbox):
    keep()

    page = client.get("/mails/").content.decode()
    name = next(mailbox.glob("*.eml")).stem
    letter = client.get(f"/mails/{name}/").content.decode()

    assert "Ihr Link" in page
    assert "linh@example.org" in page
    assert 'href="http://testserver/konto/login/code/confirm/?code=ABC"' in letter


def test_the_newest_mail_stands_first_and_pages_follow(client, mailbox, monkeypatch):
    for number in range(31):
        keep(subject=f"Mail {number:02}")

    first, second = client.get("/mails/"), client.get("/mails/?seite=2")

    assert first.content.count(b"own-list__row") == 30
    assert second.content.count(b"own-list__row") == 1


def test_a_mail_with_a_script_is_shown_as_text(client, mailbox):
    keep(subject="<script>alert(1)</script>", body='<script>alert(2)</script> http://x.example/"><script>')

    name = next(mailbox.glob("*.eml")).stem
    for path in ("/mails/", f"/mails/{name}/"):
        assert b"<script>alert" not in client.get(path).content


@pytest.mark.parametrize("bytes_", [b"", b"\xff\xfe\x00", b"Subject: =?utf-8?q?=ff?=\nDate: gestern\n\n\xff"])
def test_a_broken_mail_breaks_no_page(client, mailbox, bytes_):
    mailbox.mkdir()
    (mailbox / "20270504T100000000000-0123abcd.eml").write_bytes(bytes_)

    assert client.get("/mails/").status_code == 200
    assert client.get("/mails/20270504T100000000000-0123abcd/").status_code == 200


def test_there_is_no_mailbox_outside_a_demo(client, mailbox, settings):
    keep()
    name = next(mailbox.glob("*.eml")).stem
    settings.DEMO = False

    strict = type(client).__mro__[1]()
    assert strict.get("/mails/").status_code == 404
    assert strict.get(f"/mails/{name}/").status_code == 404


@pytest.mark.parametrize("name", ["nothing", "20270504T100000000000-0123abcd", "secret_key"])
def test_only_mails_are_read(client, mailbox, name):
    (mailbox.parent / "secret_key.eml").write_text("secret")

    assert type(client).__mro__[1]().get(f"/mails/{name}/").status_code == 404


def test_an_empty_mailbox_says_what_to_do(client, mailbox):
    assert "Noch keine Post" in client.get("/mails/").content.decode()
