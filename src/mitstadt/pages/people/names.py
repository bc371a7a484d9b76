"""A form field for the name under which a person is shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import Person
from mitstadt.ground.people.names import MOST_CHARACTERS, NameFault, read_name
from mitstadt.spine.queries.taken_names import taken_names

_FAULTS = {
    NameFault.EMPTY: _("Der Name fehlt. Er darf erfunden sein."),
    NameFault.TOO_LONG: _("Der Name ist zu lang. Höchstens 80 Zeichen."),
    NameFault.UNREADABLE: _("Der Name braucht Buchstaben und darf keine unsichtbaren Zeichen enthalten."),
    NameFault.RESERVED: _("So heißt hier ein Amt oder eine Aufgabe. Wählen Sie einen anderen Namen."),
    NameFault.OF_SOMEONE: _(
        "So heißt hier jemand, der für eine Stelle arbeitet. Wählen Sie einen anderen Namen. "
        "Heißen Sie wirklich so, setzen Sie etwas dazu, zum Beispiel Ihren Kiez."
    ),
}


class DisplayNameField(forms.CharField):
    """A name in one line that nobody can mistake for an office, or the one that the person has already."""

    def __init__(self, person: Person | None = None) -> None:
        self.person = person
        super().__init__(
            label=_("Wie sollen wir Sie nennen?"),
            help_text=_("Der Name steht öffentlich neben Ihren Beiträgen. Er darf erfunden sein."),
            error_messages={"required": _FAULTS[NameFault.EMPTY]},
            widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": MOST_CHARACTERS}),
        )

    def clean(self, value: object) -> str:
        """The name as it will be shown."""
        read = read_name(super().clean(value), taken=taken_names(but=self.person))
        if self.person is not None and read.name == self.person.display_name:
            return read.name
        if read.fault:
            raise forms.ValidationError(_FAULTS[read.fault])
        return read.name
