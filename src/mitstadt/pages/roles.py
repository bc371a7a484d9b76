"""Give a role to somebody, or invite them to it: the same form for a process and for an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import RoleInvitation, RoomRole
from mitstadt.ui.requests import actor_of


class RoleForm(forms.Form):
    """Who gets which role."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Wer noch kein Konto hat, bekommt eine Einladung und richtet es dabei ein."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, request: HttpRequest, roles: Sequence[Role]) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Aufgabe"), choices=choices)


@dataclass(frozen=True)
class Given:
    """A role that someone has, as a row."""

    key: int
    name: str
    email: str
    role: str
    label: str
    rests_since: datetime | None
    reason: str


def given(rows: Iterable[Membership | RoomRole]) -> list[Given]:
    """Who has which role, in the words of the page."""
    return [_given(row) for row in rows]


def zip_given(rows: Iterable[RoomRole]) -> list[tuple[RoomRole, Given]]:
    """Roles in rooms, each with its words."""
    return [(row, _given(row)) for row in rows]


def _given(row: Membership | RoomRole) -> Given:
    email = row.person.email or ""
    name = row.person.display_name or email
    return Given(row.pk, name, email, row.role, role_name(row.role), row.paused_at, row.pause_reason)


def role_name(role: str) -> str:
    """A role as people read it; one that nobody knows any more as it stands."""
    return str(Role(role).label) if role in Role.values else role


def label_of(row: Membership | RoomRole) -> str:
    """The role and where it holds."""
    where = row.organisation.name if isinstance(row, Membership) else row.room.title
    return f"{role_name(row.role)}, {where}"


class Giving(Protocol):
    """What is done with an address and a role."""

    def __call__(self, *, actor: Actor, email: str, role: Role, now: datetime) -> object:
        """Do it, or refuse."""


def gave(request: HttpRequest, form: RoleForm, give: Giving) -> bool:
    """Whether the role that was sent is given, or its person invited; what was refused stands at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    try:
        done = give(actor=actor_of(request), email=email, role=role, now=clock.now())
    except Refused as refusal:
        form.add_error("email", str(refusal.sentence))
        return False
    if isinstance(done, RoleInvitation):
        messages.success(request, _("Eingeladen. Die Mail mit dem Link ist unterwegs; er gilt 14 Tage."))
    else:
        messages.success(request, _("Gespeichert. Die Person bekommt eine Mail."))
    return True
