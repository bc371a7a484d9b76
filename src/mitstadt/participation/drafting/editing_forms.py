"""The forms of the editing desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ui.forms import LongText


class PublishForm(forms.Form):
    """What the next edition changes, in a sentence for everyone."""

    note = forms.CharField(
        label=_("Was ist neu an dieser Fassung?"),
        help_text=_("Ein oder zwei Sätze. Sie stehen über dem Text und im öffentlichen Protokoll."),
        max_length=2_000,
        widget=LongText(rows=4),
        error_messages={"required": _("Der Satz fehlt. Schreiben Sie, was sich ändert und warum.")},
    )
