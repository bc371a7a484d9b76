"""What a host says to one record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.actions.answers import MOST_CHARACTERS
from mitstadt.spine.models import AnswerDecision
from mitstadt.ui.forms import LongText


class AnswerForm(forms.Form):
    """A decision and its reason."""

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=AnswerDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Die Entscheidung fehlt. Wählen Sie eine.")},
    )
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Alle, die das geschrieben oder unterstützt haben, lesen sie."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )
