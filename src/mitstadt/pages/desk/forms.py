"""The one form of the desk: everything that stands on a slip."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.spine.actions.records import MOST_CHARACTERS
from mitstadt.spine.models import Channel
from mitstadt.ui.forms import LongText

CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.STAND, Channel.WORKSHOP, Channel.DESK)


class SlipForm(forms.Form):
    """A slip as a clerk types it; what belongs together is checked where it is looked up."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    channel = forms.ChoiceField(
        label=_("Weg"), choices=[(channel.value, channel.label) for channel in CHANNELS], initial=Channel.PAPER.value
    )
    passage = forms.CharField(
        label=_("Absatz"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"list": "absaetze", "autocomplete": "off", "autofocus": True}),
    )
    form = forms.ChoiceField(label=_("Art"), choices=ContributionForm.choices, initial=ContributionForm.COMMENT.value)
    body = forms.CharField(
        label=_("Worte, oder der Grund"), required=False, max_length=MOST_CHARACTERS, widget=LongText(rows=3)
    )
    wording = forms.CharField(
        label=_("Neuer Wortlaut"), required=False, max_length=MOST_CHARACTERS, widget=LongText(rows=3)
    )
    supports = forms.CharField(
        label=_("Unterstützt (Kennzeichen)"),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code vom Bogen"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
