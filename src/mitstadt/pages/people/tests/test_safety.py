"""An open browser is no account: what gives an account away asks again, is told by mail and ends other sessions."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.urls import get_resolver, reverse

from cast import person
from mitstadt.ground.people.models import AccountEvent, EventKind, Person, Session
from mitstadt.pages.people.asking import ASKING
from mitstadt.pages.people.tests.test_signing_in import number_code
from visits import just_proved, visit

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-passwort"  # of a made-up person
PROOF = "/konto/noch-einmal/"
# Pages of the sign-in library that need no proof: each says why.
ASK_NOTHING = {
    "account_change_password": "asks for the old password itself",
    "account_email_verification_sent": "takes the code of a mail that was asked for with a proof",
    "account_confirm_email": "takes the key of a mail",
    "account_reauthenticate": "is the proof",
    "mfa_reauthenticate": "is the proof",
    "mfa_reauthenticate_webauthn": "is the proof",
    "mfa_index": "shows and changes nothing",
    "mfa_list_webauthn": "shows names of keys and changes nothing",
    "account_logout": "ends a session",
}


def account(name: str, **fields) -> Person:
    someone = person(name, **fields)
    EmailAddress.objects.get_or_create(user=someone, email=someone.email, verified=True, primary=True)
    return someone


def browser(someone: Person, *, proved_minutes_ago: int | None = None):
    client = visit()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    if proved_minutes_ago is not None:
        just_proved(client, minutes_ago=proved_minutes_ago)
    return client


def events(someone: Person) -> list[str]:
    return list(AccountEvent.objects.filter(person=someone).order_by("pk").values_list("kind", flat=True))


def proof_code() -> str:
    return re.search(r"Oder tippen Sie diesen Code ein: (\S+)", str(mail.outbox[-1].body))[1]


def test_every_page_of_an_account_asks_for_a_proof_or_says_why_not():
    names = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }
    entrance = {
        name
        for name in names
        if any(word in name for word in ("login", "signup", "reset_password", "inactive", "mfa_authenticate"))
    }

    assert names - entrance - ASKING - set(ASK_NOTHING) == set()
    assert names >= {name for name in ASKING if name.startswith(("account_", "mfa_"))}


@pytest.mark.parametrize("name", sorted(ASKING - {"mfa_remove_webauthn", "mfa_edit_webauthn"}))
def test_a_browser_that_was_left_open_is_asked_again(name):
    old = browser(account("Ida"), proved_minutes_ago=11)

    answer = old.get(reverse(name))

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, PROOF)


def test_a_sign_in_of_the_last_minutes_is_proof_enough():
    assert browser(account("Ida"), proved_minutes_ago=9).get("/konto/email/").status_code == 200


def test_who_opened_a_page_in_time_may_send_it_off_a_while_later():
    slow = browser(account("Ida"), proved_minutes_ago=30)
    much_too_slow = browser(account("Jörg"), proved_minutes_ago=41)

    assert slow.post("/meine-seite/loeschen/", {"words": "keep", "confirmation": "nein"}).status_code == 422
    assert much_too_slow.post("/meine-seite/loeschen/", {"words": "keep", "confirmation": "löschen"}).status_code == 302
    assert Person.objects.filter(email="jrg@example.org", is_active=True).exists()


def test_ida_without_a_password_proves_by_mail_that_it_is_she_and_goes_on():
    ida = account("Ida")
    client = browser(ida)
    asked = client.get("/konto/password/set/", follow=True)
    assert "Sind Sie es wirklich?" in asked.content.decode()
    assert not mail.outbox

    client.post(asked.redirect_chain[-1][0], {"do": "send", "next": "/konto/password/set/"})
    assert mail.outbox[-1].to == [ida.email]
    wrong = client.post(PROOF, {"code": "FALSCH", "next": "/konto/password/set/"})
    assert (wrong.status_code, "FALSCH" in wrong.content.decode()) == (422, True)
    right = client.post(PROOF, {"code": proof_code(), "next": "/konto/password/set/"})

    assert right.url == "/konto/password/set/"
    assert client.get("/konto/password/set/").status_code == 200


def test_after_three_wrong_codes_the_right_one_is_of_no_use():
    client = browser(account("Ida"))
    client.post(PROOF, {"do": "send"})
    for _ in range(3):
        client.post(PROOF, {"code": "FALSCH"})

    client.post(PROOF, {"code": proof_code()})

    assert client.get("/konto/email/").status_code == 302


def test_a_code_of_one_browser_is_of_no_use_in_another():
    ida = account("Ida")
    browser(ida).post(PROOF, {"do": "send"})
    other = browser(ida)

    other.post(PROOF, {"code": proof_code()})

    assert other.get("/konto/email/").status_code == 302


def test_with_a_second_factor_a_code_by_mail_is_not_enough():
    ida = account("Ida")
    TOTP.activate(ida, "JBSWY3DPEHPK3PXP")

    answer = browser(ida).get("/konto/email/")

    assert answer.url.startswith("/konto/2fa/reauthenticate/")
    assert browser(ida).post(PROOF, {"do": "send"}).url.startswith("/konto/2fa/reauthenticate/")
    assert not mail.outbox


def test_a_new_address_is_told_to_the_old_one_and_ends_other_sessions():
    ida = account("Ida")
    elsewhere, here = browser(ida), browser(ida, proved_minutes_ago=0)

    here.post("/konto/email/", {"email": "neu@example.org", "action_add": "1"})
    path = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))[1]
    code = re.search(r'name="code" value="([^"]+)"', here.get(path).content.decode())[1]
    here.post(path, {"code": code})

    told = mail.outbox[-1]
    assert told.to == ["ida@example.org"]
    assert "neu@example.org" in told.body
    assert "/seiten/impressum/" in told.body
    assert here.get("/meine-seite/").status_code == 200
    assert elsewhere.get("/meine-seite/").status_code == 302
    assert events(ida)[-2:] == [EventKind.ADDRESS_CHANGED, EventKind.SESSION_ENDED]


def test_a_new_password_is_told_by_mail_and_ends_other_sessions():
    ida = account("Ida")
    elsewhere, here = browser(ida), browser(ida, proved_minutes_ago=0)

    here.post("/konto/password/set/", {"password1": "ganz-neues-passwort", "password2": "ganz-neues-passwort"})

    assert mail.outbox[-1].to == [ida.email]
    assert "Ein Passwort wurde gesetzt" in mail.outbox[-1].subject
    assert here.get("/meine-seite/").status_code == 200
    assert elsewhere.get("/meine-seite/").status_code == 302
    assert Session.objects.filter(person=ida).count() == 1


@pytest.mark.parametrize("trace", ["192.0.2.7", "Strange Browser"])
def test_no_mail_about_an_account_says_from_where_it_was(trace):
    here = browser(account("Ida"), proved_minutes_ago=0)

    form = {"password1": "ganz-neues-passwort", "password2": "ganz-neues-passwort"}
    here.post("/konto/password/set/", form, headers={"user-agent": "Strange Browser 1.0"}, REMOTE_ADDR="192.0.2.7")

    assert mail.outbox
    assert all(trace not in letter.body for letter in mail.outbox)


def test_the_end_of_an_account_is_told_to_its_address():
    here = browser(account("Ida"), proved_minutes_ago=0)

    here.post("/meine-seite/loeschen/", {"words": "keep", "confirmation": "löschen"})

    assert mail.outbox[-1].to == ["ida@example.org"]
    assert "Ihr Konto ist gelöscht" in mail.outbox[-1].subject
    assert not AccountEvent.objects.exists()


def test_ida_sees_where_she_is_signed_in_and_ends_one():
    ida = account("Ida")
    phone = visit()
    agent = {"user-agent": "Mozilla/5.0 (Android 14; Mobile) Gecko Firefox/125.0"}
    EmailAddress.objects.filter(user=ida).update(verified=True)
    Person.objects.filter(pk=ida.pk).update(password=person("Kopie", password=PASSWORD).password)
    phone.post("/konto/login/", {"login": ida.email, "password": PASSWORD}, headers=agent)
    here = browser(Person.objects.get(pk=ida.pk))

    page = here.get("/meine-seite/anmeldungen/").content.decode()
    assert "Firefox auf Android" in page
    assert "dieser Browser" in page
    assert "127.0.0.1" not in page
    here.post("/meine-seite/anmeldungen/", {"session": re.search(r'name="session" value="(\w+)"', page)[1]})

    assert phone.get("/meine-seite/").status_code == 302
    assert here.get("/meine-seite/").status_code == 200


def test_ida_signs_out_everywhere_else_at_once():
    ida = account("Ida")
    others, here = [browser(ida) for _ in range(3)], browser(ida)

    here.post("/meine-seite/anmeldungen/")

    assert all(other.get("/meine-seite/").status_code == 302 for other in others)
    assert here.get("/meine-seite/").status_code == 200


def test_nobody_ends_a_session_of_another_person():
    browser(account("Ida"))
    key = Session.objects.get().session_key
    thief = browser(account("Jörg"))

    thief.post("/meine-seite/anmeldungen/", {"session": key})

    assert Session.objects.filter(session_key=key).exists()


def test_what_happened_to_an_account_is_read_by_its_owner_alone():
    ida = account("Ida", password=PASSWORD)
    for _ in range(3):
        visit().post("/konto/login/", {"login": ida.email, "password": "falsch"})

    own = browser(ida).get("/meine-seite/konto/").content.decode()
    other = browser(account("Jörg")).get("/meine-seite/konto/").content.decode()

    assert "Eine Anmeldung misslang" in own
    assert "3 Mal" in own
    assert "Eine Anmeldung misslang" not in other


def test_the_operator_reads_what_happened_and_of_nobody(caplog):
    ida = account("Ida", password=PASSWORD)
    with caplog.at_level("INFO", logger="mitstadt.security"):
        for address in (ida.email, "nobody@example.org"):
            visit().post("/konto/login/", {"login": address, "password": "falsch"})
        visit().post("/konto/login/", {"login": ida.email, "password": PASSWORD})

    told = [record.getMessage() for record in caplog.records if record.name == "mitstadt.security"]
    assert told == ["sign_in_failed", "sign_in_failed", "signed_in"]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_set_up_and_removed_is_told_and_kept():
    ida = account("Ida")
    elsewhere, here = browser(ida), browser(ida, proved_minutes_ago=0)
    page = here.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code class="totp-secret">(\w+)</code>', page)[1]
    here.post("/konto/2fa/totp/activate/", {"code": number_code(secret)})
    assert "App mit Zahlencode eingerichtet" in [letter.subject for letter in mail.outbox]
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    assert elsewhere.get("/meine-seite/").status_code == 302
    here.post("/konto/2fa/totp/deactivate/")

    assert {EventKind.FACTOR_ADDED, EventKind.FACTOR_REMOVED} <= set(events(ida))
    assert mail.outbox[-1].to == [ida.email]


def test_people_with_a_code_have_no_pages_of_an_account(client):
    code_person = Person.objects.create_without_data()
    for path in ("/meine-seite/anmeldungen/", "/meine-seite/konto/"):
        assert browser(code_person).get(path).status_code == 404
