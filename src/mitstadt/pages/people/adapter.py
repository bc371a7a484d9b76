"""What the sign-in library asks us: links in its mails, where to go afterwards, and its sentences in our voice."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.queries import platform
from mitstadt.ground.people.factors import has_second_factor, open_factor, seal_factor
from mitstadt.ground.people.models import Person
from mitstadt.ui.participants import connection_address

# The pages on which a code is typed, by the mail that carries it.
_CODE_PAGES = {
    "account/email/login_code": "account_confirm_login_code",
    "account/email/email_confirmation": "account_email_verification_sent",
    "account/email/email_confirmation_signup": "account_email_verification_sent",
    "account/email/proof_code": "prove_by_mail",
}
_CONFIRMED = "account/messages/email_confirmed.txt"


def shown_name(person: Person) -> str:
    """How pages and mails of the library name a person."""
    return person.shown_name


def shared_context() -> dict[str, Any]:
    """What every mail about an account names."""
    return {
        "site_name": settings.UI_SITE_NAME,
        "operator": settings.UI_OPERATOR or _platform_name(),
        "settings_url": settings.PUBLIC_URL + reverse("my_settings"),
        "imprint_url": settings.PUBLIC_URL + reverse("imprint"),
    }


def _platform_name() -> str:
    there = platform()
    return there.name if there else settings.UI_SITE_NAME


class CityAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """The library's questions, answered as this city does."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieses Konto gibt es nicht mehr."),
        "email_password_mismatch": _("Adresse und Passwort passen nicht zusammen. Versuchen Sie es mit dem Link."),
        "enter_current_password": _("Das ist nicht Ihr bisheriges Passwort."),
        "incorrect_code": _("Dieser Code stimmt nicht oder gilt nicht mehr. Fordern Sie einen neuen an."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_login": _("Damit können wir niemanden anmelden. Prüfen Sie die Adresse."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr. Fordern Sie einen neuen an."),
        "rate_limited": _("Das waren viele Versuche. Warten Sie ein paar Minuten."),
        "too_many_login_attempts": _("Das waren viele Versuche. Warten Sie ein paar Minuten."),
        "same_as_current": _("Das ist schon so eingestellt."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails with a code carry a link that fills it in, for the browser that asked."""
        page = _CODE_PAGES.get(template_prefix)
        extra = shared_context()
        here = current.request.build_absolute_uri("/").rstrip("/")
        context = {name: _public(value, here) for name, value in context.items()}
        if page and context.get("code"):
            extra["link"] = _link(current.request, page, str(context["code"]))
        super().send_mail(template_prefix, email, {**context, **extra})

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        """One sentence for one deed: whose address is confirmed by signing in is told that they are signed in."""
        if message_template == _CONFIRMED and not request.user.is_authenticated:
            return
        super().add_message(request, level, message_template, *rest, **more)

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """The library asks nobody: our list of pages does, before a form is shown, and also without a password."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password, number code, key; a code by mail for those whose account has no second factor."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if isinstance(user, Person) and user.has_account and not has_second_factor(user):
            ways.append({"id": "mail", "description": "", "url": reverse("prove_by_mail")})
        return ways

    def get_client_ip(self, request: HttpRequest) -> str:
        """The connection, from the one place that knows our proxies."""
        return connection_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language that the person chose."""
        language = request.user.language if isinstance(request.user, Person) else ""
        home = reverse("home")
        return translate_url(home, language) if language in dict(settings.LANGUAGES) else home

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the settings."""
        return reverse("my_settings")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After a change of address back to the settings, after signing up to the home page."""
        return reverse("my_settings") if self.request.user.is_authenticated else reverse("home")


class SafetyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """What the library asks about number codes and keys."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Solange Ihr Konto doppelt gesichert ist, lässt sich die Adresse nicht ändern."),
        "cannot_delete_authenticator": _("Das lässt sich gerade nicht entfernen."),
        "cannot_generate_recovery_codes": _(
            "Ersatzcodes gibt es, sobald eine App oder ein Schlüssel eingerichtet ist."
        ),
        "incorrect_code": _("Dieser Code stimmt nicht. Warten Sie auf den nächsten, und tippen Sie ihn ab."),
        "unverified_email": _("Bestätigen Sie zuerst Ihre Adresse. Danach richten Sie das ein."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of apps and of spare codes are sealed in the database."""
        return seal_factor(text)

    def decrypt(self, encrypted_text: str) -> str:
        """And opened with a key that lies elsewhere."""
        return open_factor(encrypted_text)

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """A name for a new key, until its owner finds a better one."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Schlüssel %(number)s") % {"number": number}


def _link(request: HttpRequest, page: str, code: str) -> str:
    query = {"code": code}
    after = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    # Only a way within this site is passed on; the library checks it again when it is used.
    if after.startswith("/") and not after.startswith(("//", "/\\")):
        query[REDIRECT_FIELD_NAME] = after
    return f"{settings.PUBLIC_URL}{reverse(page)}?{urlencode(query)}"


def _public(value: Any, here: str) -> Any:
    """A link of the library under the address of this city, whatever host name the request brought along."""
    inside = isinstance(value, str) and value.startswith(f"{here}/")
    return f"{settings.PUBLIC_URL}{value.removeprefix(here)}" if inside else value
