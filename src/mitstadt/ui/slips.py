"""The form of a slip at the desk: what every format asks, around the fields of its own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.ground.languages import written_language
from mitstadt.ground.people.names import MOST_CHARACTERS
from mitstadt.spine.models import Channel, Part, Record
from mitstadt.spine.queries.slips import supportable_by_ref, typed_refs

CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.STAND, Channel.WORKSHOP, Channel.SCHOOL, Channel.DESK)
_AS_TYPED = {"autocomplete": "off", "spellcheck": "false"}
_BEFORE, _AFTER = ("submission_key", "channel"), ("name", "supports", "code")


class SlipForm(forms.Form):
    """A slip as a clerk types it. A format adds its fields, and checks them in `clean`.

    `choices_of` gives, for each field that names a list, what a clerk may pick while typing: a value and its words.
    """

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    channel = forms.ChoiceField(
        label=gettext_lazy("Weg"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        initial=Channel.PAPER.value,
    )
    name = forms.CharField(
        label=gettext_lazy("Name, der dabei stehen soll"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    supports = forms.CharField(
        label=gettext_lazy("Unterstützt (Kennzeichen)"),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs=_AS_TYPED),
    )
    code = forms.CharField(
        label=gettext_lazy("Code vom Bogen"), required=False, max_length=40, widget=forms.TextInput(attrs=_AS_TYPED)
    )

    def __init__(self, part: Part, **options: Any) -> None:
        self.part = part
        super().__init__(**options)
        own = [name for name in self.fields if name not in {*_BEFORE, *_AFTER}]
        self.order_fields([*_BEFORE, *own, *_AFTER])

    def clean_supports(self) -> list[Record]:
        """The records that the slip supports; each ref that leads nowhere is named."""
        typed = typed_refs(self.cleaned_data["supports"])
        found = supportable_by_ref(self.part, typed.refs)
        faults = [_("„%(word)s“ ist kein Kennzeichen. Prüfen Sie die Zeichen.") % {"word": w} for w in typed.misread]
        missing = [ref for ref in typed.refs if ref not in found]
        faults += [_("%(ref)s ist hier kein öffentlicher Beitrag.") % {"ref": ref} for ref in missing]
        if faults:
            raise forms.ValidationError(faults)
        return list(found.values())

    def choices_of(self) -> dict[str, list[tuple[str, str]]]:
        """Lists to pick from while typing, by the id that the field's `list` names; none here."""
        return {}


def language_of_desk() -> str:
    """The language in which a clerk types."""
    return written_language()
