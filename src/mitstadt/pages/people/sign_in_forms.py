"""The forms of signing in and up: short, in our words; the library beneath does the rest."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import Person
from mitstadt.pages.people.names import DisplayNameField


class LoginForm(library.LoginForm):  # type: ignore[misc]  # the library ships no types
    """An address, and a password for those who have one; without it we send a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Ihre E-Mail-Adresse")
        self.fields["password"].label = _("Ihr Passwort, wenn Sie eines haben")
        self.fields["password"].required = False
        self.fields["password"].help_text = _("Lassen Sie das Feld leer. Dann schicken wir Ihnen einen Link.")


class SignupForm(library.SignupForm):  # type: ignore[misc]  # the library ships no types
    """Two answers: an address and a name. A password can be set later by those who want one."""

    field_order = ("display_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)
        self.fields["display_name"] = DisplayNameField()
        self.fields["email"].label = _("Ihre E-Mail-Adresse")
        self.fields["email"].help_text = _("Niemand sonst sieht sie. Wir brauchen sie, damit Sie wieder hineinkommen.")
        self.order_fields(self.field_order)

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the name, and the language in which the person signed up."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = get_language() or ""
        user.save(update_fields=["display_name", "language"])


class ConfirmLoginCodeForm(library.ConfirmLoginCodeForm):  # type: ignore[misc]  # the library ships no types
    """The code of the mail; its link has filled it in already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill_from_link(self)


class ConfirmEmailVerificationCodeForm(
    library.ConfirmEmailVerificationCodeForm  # type: ignore[misc]  # the library ships no types
):
    """The code that proves that the address is the person's; its link has filled it in already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill_from_link(self)


def _fill_from_link(form: forms.Form) -> None:
    form.fields["code"].label = _("Code aus der Mail")
    form.fields["code"].initial = context.request.GET.get("code", "")[:16]
