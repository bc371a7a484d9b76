"""Sessions and factors at rest: a copy of the database lets nobody in and shows no code."""

import base64
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.core.management import call_command
from django.test import override_settings

from cast import person
from mitstadt.ground.people.devices import device_of, device_words
from mitstadt.ground.people.factors import open_factor, seal_factor
from mitstadt.ground.people.models import Session
from mitstadt.ground.people.sessions import SessionStore, end_sessions, kept_key
from mitstadt.ground.sealing import Unreadable, seal, unseal

pytestmark = pytest.mark.django_db
CODE = "58JT-VVX2-KT7C-R459"


def kept() -> str:
    """All that the database holds of sessions, also what base64 hides."""
    text = ""
    for row in Session.objects.values():
        text += repr(row)
        data = row["session_data"].removeprefix("sealed:")
        text += base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)).decode("latin-1")
    return text


def a_session(**held) -> SessionStore:
    session = SessionStore()
    session.update(held)
    session.create()
    session.save()
    return session


def test_what_a_session_holds_is_read_by_the_browser_with_its_key_alone():
    session = a_session(codes={"KT7C-R459": CODE})

    assert SessionStore(session.session_key)["codes"] == {"KT7C-R459": CODE}
    assert CODE not in kept()
    assert session.session_key not in kept()


def test_the_key_that_the_database_keeps_opens_no_session():
    session = a_session(secret="x")

    stolen = SessionStore(kept_key(session.session_key))

    assert stolen.get("secret") is None
    assert SessionStore(session.session_key).exists(session.session_key)


def test_a_session_sealed_with_another_pepper_is_empty_and_breaks_nothing():
    session = a_session(secret="x")

    with override_settings(CODE_PEPPER=b"another pepper of some length"):
        again = SessionStore(session.session_key)
        assert again.get("secret") is None


def test_a_session_ends_for_the_one_who_ends_it_and_not_for_others():
    ida, jörg = person("Ida"), person("Jörg")
    first, second = (a_session(_auth_user_id=str(ida.pk)) for _ in range(2))
    other = a_session(_auth_user_id=str(jörg.pk))

    assert end_sessions(ida, but=first.session_key) == 1

    assert SessionStore(first.session_key).get("_auth_user_id") == str(ida.pk)
    assert SessionStore(second.session_key).get("_auth_user_id") is None
    assert SessionStore(other.session_key).get("_auth_user_id") == str(jörg.pk)


def test_sessions_that_are_over_are_cleared_and_open_no_more():
    session = a_session(secret="x")
    session.set_expiry(-1)
    session.save()

    assert SessionStore(session.session_key).get("secret") is None
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_a_seal_opens_for_its_purpose_alone():
    sealed = seal("Zebra", purpose="one")

    assert unseal(sealed, purpose="one") == "Zebra"
    for wrong in (sealed, "Zebra", "sealed:Zebra"):
        with pytest.raises(Unreadable):
            unseal(wrong, purpose="another")


def test_the_secret_of_an_app_is_sealed_in_the_database_and_still_checks_codes():
    TOTP.activate(person("Ida"), "JBSWY3DPEHPK3PXP")

    row = Authenticator.objects.get()

    assert "JBSWY3DPEHPK3PXP" not in str(row.data)
    assert open_factor(row.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_a_factor_sealed_with_another_pepper_fits_no_code_that_anyone_can_compute():
    sealed = seal_factor("JBSWY3DPEHPK3PXP")

    with override_settings(CODE_PEPPER=b"another pepper of some length"):
        made_up = {open_factor(sealed) for _ in range(3)}

    assert len(made_up) == 3
    assert all(len(base64.b32decode(one)) == 20 for one in made_up)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0", "Firefox auf Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/124.0 Safari/537 Edg/124.0", "Edge auf Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4) Version/17.4 Mobile Safari/604.1", "Safari auf iPhone"),
        ("curl/8", "ein Browser, den wir nicht erkennen"),
        ("", "ein Browser, den wir nicht erkennen"),
    ],
)
def test_a_browser_is_named_in_two_plain_words(user_agent, words):
    assert device_words(device_of(user_agent)) == words


def test_an_upgrade_takes_open_sessions_over_sealed_and_seals_what_apps_share():
    ida = person("Ida")
    plain = PlainStore()
    plain.update({"_auth_user_id": str(ida.pk), "codes": {"KT7C-R459": CODE}})
    plain.create()
    plain.save()
    over = PlainStore()
    over.set_expiry(-1)
    over.create()
    Authenticator.objects.create(user=ida, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    Authenticator.objects.create(user=ida, type="recovery_codes", data={"seed": "ab12", "used_mask": 3})
    upgrade = import_module("mitstadt.ground.people.migrations.0003_sealed_sessions_and_events")

    upgrade.seal_what_stood_open(apps, None)

    assert SessionStore(plain.session_key)["codes"] == {"KT7C-R459": CODE}
    assert Session.objects.get().person == ida
    assert not PlainStore().exists(plain.session_key)
    totp, codes = Authenticator.objects.order_by("pk")
    assert open_factor(totp.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert (open_factor(codes.data["seed"]), codes.data["used_mask"]) == ("ab12", 3)
    upgrade.seal_what_stood_open(apps, None)
    assert open_factor(Authenticator.objects.get(pk=totp.pk).data["secret"]) == "JBSWY3DPEHPK3PXP"
