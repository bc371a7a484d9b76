"""Give a role to someone with an account, or end one: the same form for a process and for an organisation."""

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
from mitstadt.spine.models import RoomRole
from mitstadt.ui.requests import actor_of


class RoleForm(forms.Form):
    """Who gets which role."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse des Kontos"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, request: HttpRequest, roles: Sequence[Role]) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Aufgabe"), choices=choices)


@dataclass(frozen=True)
class Given:
    """A role that someone has, as a row."""

    name: str
    email: str
    role: str
    label: str


def given(rows: Iterable[Membership | RoomRole]) -> list[Given]:
    """Who has which role, in the words of the page."""
    return [_given(row) for row in rows]


def _given(row: Membership | RoomRole) -> Given:
    email = row.person.email or ""
    return Given(row.person.display_name or email, email, row.role, str(Role(row.role).label))


class Change(Protocol):
    """What is done with an address and a role."""

    def __call__(self, *, actor: Actor, email: str, role: Role, now: datetime) -> object:
        """Do it, or refuse."""


def changed(request: HttpRequest, form: RoleForm, *, give: Change, end: Change) -> bool:
    """Whether the role that was sent is given or ended; what was refused stands at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    ending = request.POST.get("do") == "end"
    try:
        (end if ending else give)(
            actor=actor_of(request),
            email=form.cleaned_data["email"],
            role=Role(form.cleaned_data["role"]),
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None if ending else "email", str(refusal.sentence))
        return False
    messages.success(request, _("Gespeichert. Im Protokoll steht, dass sich eine Aufgabe geändert hat."))
    return True
