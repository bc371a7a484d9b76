"""Forms about passwords, number codes and keys, in our words; the library beneath does the rest."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

_NEW_PASSWORD = {"password1": _("Neues Passwort"), "password2": _("Neues Passwort noch einmal")}
_KEY = {"name": _("Name des Schlüssels")}


class _Worded:
    """Gives the library's fields our labels and hints."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = getattr(self, "fields", {})
        for name, label in self.labels.items():
            fields[name].label = label
        for name, hint in self.hints.items():
            fields[name].help_text = hint


class ChangePasswordForm(_Worded, account.ChangePasswordForm):  # type: ignore[misc]  # the library ships no types
    """The old password once, the new one twice."""

    labels: ClassVar = {"oldpassword": _("Bisheriges Passwort"), **_NEW_PASSWORD}


class SetPasswordForm(_Worded, account.SetPasswordForm):  # type: ignore[misc]  # the library ships no types
    """A first password, twice."""

    labels: ClassVar = _NEW_PASSWORD


class ResetPasswordKeyForm(_Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # the library ships no types
    """A new password after a forgotten one, twice."""

    labels: ClassVar = _NEW_PASSWORD


class ReauthenticateForm(_Worded, account.ReauthenticateForm):  # type: ignore[misc]  # the library ships no types
    """The password once more, before something that matters."""

    labels: ClassVar = {"password": _("Ihr Passwort")}


class MailCodeForm(forms.Form):
    """The code of a mail, before something that matters; its link has filled it in already."""

    code = forms.CharField(
        label=_("Code aus der Mail"),
        max_length=40,
        error_messages={"required": _("Der Code fehlt noch. Er steht in der Mail.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = context.request.GET.get("code", "")[:16]


class ChangeEmailForm(_Worded, account.AddEmailForm):  # type: ignore[misc]  # the library ships no types
    """The address under which a person is reached from now on."""

    labels: ClassVar = {"email": _("Ihre neue E-Mail-Adresse")}
    hints: ClassVar = {"email": _("Wir schicken eine Mail dorthin. Die neue Adresse gilt, sobald Sie sie bestätigen.")}


class ActivateCodeForm(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # the library ships no types
    """The first number code, which proves that the app is set up."""

    labels: ClassVar = {"code": _("Zahlencode aus der App")}


class CodeForm(_Worded, codes.AuthenticateForm):  # type: ignore[misc]  # the library ships no types
    """A number code or a spare code, at the sign-in."""

    labels: ClassVar = {"code": _("Zahlencode oder Ersatzcode")}


class CodeAgainForm(_Worded, codes.ReauthenticateForm):  # type: ignore[misc]  # the library ships no types
    """A number code or a spare code, before something that matters."""

    labels: ClassVar = CodeForm.labels


class AddKeyForm(_Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    """A new key, its name, and whether it is enough by itself."""

    labels: ClassVar = {**_KEY, "passwordless": _("Allein mit diesem Schlüssel anmelden")}
    hints: ClassVar = {
        "name": _("Damit Sie ihn wiedererkennen, zum Beispiel: mein Telefon."),
        "passwordless": _("Ohne Mail und Passwort. Ihr Gerät prüft dann Fingerabdruck, Gesicht oder PIN."),
    }


class EditKeyForm(_Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    """Another name for a key."""

    labels: ClassVar = _KEY
