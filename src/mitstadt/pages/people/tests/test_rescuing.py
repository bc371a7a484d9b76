"""Somebody lost the phone or the address: the operator helps on the command line, and it cannot be done in silence."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail

from cast import person
from mitstadt.ground.commands import Typed
from mitstadt.ground.people.models import AccountEvent, EventKind
from mitstadt.methods.shared.errors import MethodError
from mitstadt.pages.people.rescuing import run
from visits import visit

pytestmark = pytest.mark.django_db


def rescue(address="ida@example.org", *, take_off=False, end=False, new=None):
    return run(Typed(address=address, take_off_second_factor=take_off, end_sessions=end, new_address=new))


@pytest.fixture
def ida():
    someone = person("Ida")
    EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    TOTP.activate(someone, "JBSWY3DPEHPK3PXP")
    return someone


@pytest.fixture
def browser(ida):
    client = visit()
    client.force_login(ida, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_lost_device_is_taken_off_told_and_signed_out(ida, browser):
    rescue(take_off=True)

    assert not Authenticator.objects.exists()
    assert browser.get("/meine-seite/").status_code == 302
    assert [letter.to for letter in mail.outbox] == [["ida@example.org"]]
    assert AccountEvent.objects.filter(person=ida, kind=EventKind.FACTOR_TAKEN_OFF).exists()


def test_a_new_address_is_told_to_both(ida, browser):
    rescue(new=" Neu@example.org ")

    ida.refresh_from_db()
    assert ida.email == "neu@example.org"
    assert EmailAddress.objects.get(user=ida).email == "neu@example.org"
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ida@example.org", "neu@example.org"]
    assert Authenticator.objects.exists()
    assert browser.get("/meine-seite/").status_code == 302


def test_sessions_end_and_nothing_else_does(ida, browser):
    rescue(end=True)

    assert browser.get("/meine-seite/").status_code == 302
    assert Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing_asked"),
        ({"address": "nobody@example.org", "end": True}, "no_such_account"),
        ({"new": "kein"}, "no_address"),
        ({"new": "jrg@example.org", "take_off": True}, "address_taken"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(ida, asked, code):
    person("Jörg")

    with pytest.raises(MethodError) as told:
        rescue(**asked)

    assert told.value.code == code
    assert Authenticator.objects.exists()
    assert not mail.outbox
