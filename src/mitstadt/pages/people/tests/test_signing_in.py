"""Signing up and in: by the link of a mail, by password; nobody learns who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.urls import reverse

from cast import office, person
from mitstadt.ground.people.models import Person
from visits import just_proved

pytestmark = pytest.mark.django_db
ADDRESS = "linh@example.org"


def link_of(letter) -> str:
    """The link of a mail, as a path."""
    return re.search(r"http://127.0.0.1:8000(\S+)", letter.body)[1]


def with_address(someone: Person) -> Person:
    EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    return someone


def signed_in_as(client) -> str:
    return client.session.get("_auth_user_id", "")


def test_linh_signs_up_with_a_name_and_an_address_and_follows_the_link(client):
    answer = client.post("/konto/signup/", {"display_name": "  Linh  ", "email": ADDRESS})

    assert answer.status_code == 302
    path = link_of(mail.outbox[0])
    page = client.get(path)
    code = re.search(r'name="code" value="([^"]+)"', page.content.decode())[1]
    client.post(path, {"code": code})

    linh = Person.objects.get(email=ADDRESS)
    assert (linh.display_name, linh.language, linh.has_usable_password()) == ("Linh", "de", False)
    assert signed_in_as(client) == str(linh.pk)
    assert "Linh" in client.get("/").content.decode()


@pytest.mark.parametrize("page", ["/konto/login/", "/konto/signup/"])
def test_whoever_signs_in_from_a_page_comes_back_to_it(client, page):
    """By the link of the mail, too, and also without ever having been here."""
    with_address(person("Linh"))
    back = "/beteiligungen/?stand=alle"
    sign_in = re.search(r'class="header__sign-in" href="([^"]+)"', client.get(back).content.decode())[1]
    asked = client.get(sign_in.replace("/konto/login/", page)).content.decode()
    field = re.search(r'name="next" value="([^"]+)"', asked)[1].replace("&amp;", "&")
    new = {"email": "mehmet@example.org", "display_name": "Mehmet"}
    client.post(page, {**(new if "signup" in page else {"login": ADDRESS}), "next": field})
    path = link_of(mail.outbox[0])
    code = re.search(r'name="code" value="([^"]+)"', client.get(path).content.decode())[1]

    answer = client.post(path, {"code": code})

    assert signed_in_as(client)
    assert answer["Location"] == back
    assert str(client.get(back).content.decode()).count('class="banner banner--success"') == 1


def test_the_sign_up_page_asks_for_no_password(client):
    page = client.get("/konto/signup/").content.decode()

    assert "password" not in page
    assert "Der Name steht öffentlich" in page


@pytest.mark.parametrize(
    "name",
    [
        "Bezirksamt Mitte",
        "Moderation",
        "Admin",
        "аdmin",
        "B e z i r k s a m t",
        "Stadtwerke Nord",
        "M0derat0r",
        "Senat",
    ],
)
def test_nobody_borrows_the_name_of_an_office(client, name):
    office("Stadtwerke Nord", slug="stadtwerke")

    answer = client.post("/konto/signup/", {"display_name": name, "email": ADDRESS})

    assert "Wählen Sie einen anderen Namen" in answer.content.decode()
    assert not Person.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize("name", ["\u202e\u200b", "  ", "!!!", "x" * 81])
def test_a_name_that_cannot_be_read_is_refused(client, name):
    client.post("/konto/signup/", {"display_name": name, "email": ADDRESS})

    assert not Person.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(("typed", "shown"), [("\u202egnilrehS", "gnilrehS"), ("Li\u200bnh", "Linh")])
def test_a_name_is_kept_without_signs_that_nobody_sees(client, typed, shown):
    client.post("/konto/signup/", {"display_name": typed, "email": ADDRESS})

    assert Person.objects.get(email=ADDRESS).display_name == shown


def test_a_name_of_two_lines_becomes_one_and_reaches_no_header_of_a_mail(client):
    client.post("/konto/signup/", {"display_name": "Linh\r\nBcc: all@example.org", "email": ADDRESS})

    assert Person.objects.get(email=ADDRESS).display_name == "Linh Bcc: all@example.org"
    sent = mail.outbox[0].message()
    assert sent["Bcc"] is None
    assert mail.outbox[0].to == [ADDRESS]


def test_a_person_without_a_password_signs_in_with_the_link_of_a_mail(client):
    ida = with_address(person("Ida"))

    client.post("/konto/login/", {"login": ida.email, "next": "/zusagen/"})
    path = link_of(mail.outbox[0])
    code = re.search(r'name="code" value="([^"]+)"', client.get(path).content.decode())[1]
    answer = client.post(path, {"code": code, "next": "/zusagen/"})

    assert signed_in_as(client) == str(ida.pk)
    assert answer.url == "/zusagen/"


def test_a_person_with_a_password_signs_in_with_it(client):
    ida = with_address(person("Ida", password="ein-langes-passwort"))

    client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"})

    assert signed_in_as(client) == str(ida.pk)


def test_the_session_gets_a_new_key_when_someone_signs_in(client):
    ida = with_address(person("Ida", password="ein-langes-passwort"))
    client.get("/konto/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"})

    assert signed_in_as(client) == str(ida.pk)
    assert client.session.session_key != planted


def test_the_link_of_a_mail_is_of_no_use_in_another_browser(client):
    ida = with_address(person("Ida"))
    client.post("/konto/login/", {"login": ida.email})
    elsewhere = type(client)()

    answer = elsewhere.get(link_of(mail.outbox[0]))

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/login/code/")
    assert not signed_in_as(elsewhere)


def _told(answer, address: str) -> tuple[int, str, str]:
    words = re.sub(r'(value|content)="[^"]*"', "", answer.content.decode()).replace(address, "…")
    return answer.status_code, words, answer.headers.get("Location", "")


@pytest.mark.parametrize("path", ["/konto/login/", "/konto/login/code/", "/konto/password/reset/", "/konto/signup/"])
def test_nobody_learns_from_any_form_who_has_an_account(path, client):
    with_address(person("Ida", password="ein-langes-passwort"))
    answers = []
    for address in ("ida@example.org", "nobody@example.org"):
        browser = type(client)(unique_titles=False)
        form = {"login": address, "email": address, "display_name": "Neu"}
        answer = browser.post(path, form, follow=True)
        answers.append(_told(answer, address))

    assert answers[0] == answers[1]


def test_a_wrong_password_says_the_same_for_known_and_unknown_addresses(client):
    with_address(person("Ida", password="ein-langes-passwort"))

    known = client.post("/konto/login/", {"login": "ida@example.org", "password": "falsch"})
    unknown = client.post("/konto/login/", {"login": "nobody@example.org", "password": "falsch"})

    assert _told(known, "ida@example.org") == _told(unknown, "nobody@example.org")


def test_a_new_password_is_set_once_with_the_link_and_never_with_an_old_one(client):
    ida = with_address(person("Ida", password="ein-langes-passwort"))
    client.post("/konto/password/reset/", {"email": ida.email})
    path = link_of(mail.outbox[0])

    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "ganz-neues-passwort", "password2": "ganz-neues-passwort"})

    ida.refresh_from_db()
    assert ida.check_password("ganz-neues-passwort")
    again = type(client)(unique_titles=False).get(path, follow=True)
    assert "Dieser Link gilt nicht mehr" in again.content.decode()


def test_a_made_up_reset_link_is_refused(client):
    answer = client.get("/konto/password/reset/key/1-made-up/", follow=True)

    assert "Dieser Link gilt nicht mehr" in answer.content.decode()


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"],
)
def test_nobody_is_led_to_another_site_after_signing_in(client, target):
    ida = with_address(person("Ida", password="ein-langes-passwort"))

    answer = client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort", "next": target})

    assert answer.status_code == 302
    assert "evil" not in answer.url
    assert not answer.url.startswith(("//", "javascript:"))


def test_ida_lands_in_the_language_that_she_chose(client):
    ida = with_address(
        person(
            "Ida",
            password="ein-langes-passwort",
        )
    )
    Person.objects.filter(pk=ida.pk).update(language="en")

    answer = client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"})

    assert answer.url == "/en/"


ENTRANCE = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
INSIDE = ["account_logout", "account_email", "account_set_password", "mfa_index", "mfa_list_webauthn"]


@pytest.mark.parametrize("name", ENTRANCE)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_the_entrance_is_sound(client, name, prefix):
    assert client.get(prefix + reverse(name)).status_code == 200


@pytest.mark.parametrize("name", INSIDE)
def test_pages_of_an_account_are_sound_and_closed_to_guests(client, name):
    assert client.get(reverse(name)).status_code == 302

    client.force_login(with_address(person("Ida")))
    assert just_proved(client).get(reverse(name)).status_code == 200


def number_code(secret):
    """What the app on the phone shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_ida_secures_her_account_twice_and_every_page_speaks_our_language(client):
    ida = with_address(person("Ida", password="ein-langes-passwort"))
    client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"})
    pages = [client.get("/konto/2fa/totp/activate/")]
    secret = re.search(r'<code class="totp-secret">(\w+)</code>', pages[0].content.decode())[1]

    pages.append(client.post("/konto/2fa/totp/activate/", {"code": "000000"}))
    pages.append(client.post("/konto/2fa/totp/activate/", {"code": number_code(secret)}, follow=True))
    spare = re.search(r"<li><code>(\w+)</code></li>", pages[-1].content.decode())[1]
    pages.extend(client.get(f"/konto/2fa/{page}") for page in ("", "totp/deactivate/", "recovery-codes/generate/"))
    client.post("/konto/logout/")
    pages.append(
        client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"}, follow=True),
    )

    assert not signed_in_as(client)
    for page in pages:
        assert re.search("Zahlencode|Ersatzcode", page.content.decode())
        assert not re.search("Authenti[fc]|Wiederherstellung|Sicherheitsschlüssels? ", page.content.decode())
    client.post("/konto/2fa/authenticate/", {"code": spare})
    assert signed_in_as(client)


def test_the_passkey_button_says_what_to_do_without_javascript(client):
    page = client.get("/konto/login/").content.decode()

    assert "<noscript>" in page
    assert "mfa/js/webauthn" in page


def test_ida_changes_her_address_and_only_a_confirmed_one_counts(client):
    ida = with_address(person("Ida", password="ein-langes-passwort"))
    client.post("/konto/login/", {"login": ida.email, "password": "ein-langes-passwort"})

    client.post("/konto/email/", {"email": "neu@example.org", "action_add": "1"})
    ida.refresh_from_db()
    assert ida.email == "ida@example.org"
    path = link_of(mail.outbox[-1])
    code = re.search(r'name="code" value="([^"]+)"', client.get(path).content.decode())[1]
    client.post(path, {"code": code})

    ida.refresh_from_db()
    assert ida.email == "neu@example.org"


def test_signing_out_needs_a_deed_not_a_link(client):
    client.force_login(with_address(person("Ida")))

    client.get("/konto/logout/")
    assert signed_in_as(client)
    client.post("/konto/logout/")
    assert not signed_in_as(client)
