"""How people reach an organisation: by name, on foot, by telephone and mail, and whether without steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.models import Organisation, StepFree

# What people need so that they can ask, in the order in which it is read.
LABELS: Mapping[str, str | Promise] = {
    "person": _("Ansprechperson"),
    "street": _("Anschrift"),
    "phone": _("Telefon"),
    "mail": _("E-Mail"),
    "hours": _("Zeiten"),
    "step_free": _("Stufenlos"),
}


@dataclass(frozen=True)
class Contact:
    """Each field as it is shown; `more` is what else helps, in words."""

    person: str = ""
    street: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""
    step_free: str = ""
    more: str = ""

    @property
    def missing(self) -> list[str]:
        """The names of what is not there yet."""
        return [str(label) for name, label in LABELS.items() if not getattr(self, name)]

    @property
    def can_be_reached(self) -> bool:
        """Whether there is any way at all, as the law wants it in an imprint: an address and a quick way."""
        return bool(self.more or (self.street and (self.phone or self.mail)))

    @property
    def in_a_line(self) -> str:
        """The same for a sentence or a sheet of paper, without the name."""
        free = StepFree(self.step_free).label if self.step_free else ""
        return ", ".join(str(one) for one in (self.phone, self.street, self.hours, free, self.more) if one)


# The columns of an organisation in which each stands.
_COLUMNS = {
    "person": "contact_person",
    "street": "contact_street",
    "phone": "contact_phone",
    "mail": "contact_mail",
    "hours": "contact_hours",
    "step_free": "step_free",
    "more": "contact",
}


def contact_of(organisation: Organisation) -> Contact:
    """How to reach this organisation."""
    return Contact(**{name: getattr(organisation, column) for name, column in _COLUMNS.items()})


def columns_of(contact: Contact) -> dict[str, str]:
    """The same as the columns of an organisation."""
    return {_COLUMNS[one.name]: getattr(contact, one.name) for one in fields(contact)}
