"""A link of the operator signs one account in, once, within an hour."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.management import CommandError, call_command

from cast import person
from mitstadt.ground.people.models import AccountEvent, EventKind, Session
from mitstadt.pages.people.sign_in_links import VALID_FOR_S, sign_in_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def robert():
    return person("Robert Anders")


def _path(someone) -> str:
    return "/" + sign_in_link(someone).split("/", 3)[3]


def test_the_link_asks_and_then_signs_in_and_leads_to_the_workplace(client, robert):
    link = _path(robert)

    asked = client.get(link)
    assert "Robert Anders" in asked.text
    assert "_auth_user_id" not in client.session
    answer = client.post(link)

    assert answer["Location"] == "/arbeitsplatz/"
    assert client.session["_auth_user_id"] == str(robert.pk)


def test_it_signs_in_only_once(client, robert):
    link = _path(robert)
    client.post(link)
    client.logout()

    assert client.post(link).status_code == 410
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("somebody_else_is_there", [False, True])
def test_it_counts_as_a_sign_in_that_its_owner_reads_of_and_that_nobody_asks_about_again(
    client, robert, somebody_else_is_there
):
    if somebody_else_is_there:
        client.force_login(person("Ida Klein"))
    client.post(_path(robert))

    assert AccountEvent.objects.get(person=robert).kind == EventKind.SIGNED_IN
    assert Session.objects.get(person=robert).began_at
    assert client.get("/meine-seite/loeschen/").status_code == 200


def test_it_ends_after_an_hour(client, robert, monkeypatch):
    link = _path(robert)
    later = time.time() + VALID_FOR_S + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("change", [{"email": "neu@example.org"}, {"is_active": False}, {"password": "x"}])
def test_it_ends_when_the_account_changes(client, robert, change):
    link = _path(robert)
    type(robert).objects.filter(pk=robert.pk).update(**change)

    assert client.post(link).status_code == 410


def test_a_link_that_was_changed_signs_nobody_in(client, robert):
    link = _path(robert)

    assert client.post(link.replace(link[12], "A" if link[12] != "A" else "B", 1)).status_code == 410


def test_it_tells_neither_address_nor_session(robert):
    payload = signing.b64_decode(_path(robert).split("/")[2].split(":")[0].encode()).decode()

    assert "robert" not in payload
    assert robert.get_session_auth_hash() not in payload


def test_a_second_factor_is_still_asked_for(client, robert):
    Authenticator.objects.create(user=robert, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = client.post(_path(robert))

    assert "/2fa/" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_the_command_prints_it_and_knows_who_is_not_there(client, robert, capsys):
    call_command("sign_in_link", "Robert.Anders@example.org")
    link = capsys.readouterr().out.strip()
    assert client.post("/" + link.split("/", 3)[3]).status_code == 302

    with pytest.raises(CommandError, match="No account"):
        call_command("sign_in_link", "nobody@example.org")
