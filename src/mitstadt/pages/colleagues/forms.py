"""The forms of those who lead people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.pages.people.names import DisplayNameField
from mitstadt.spine.actions.pauses import MOST_CHARACTERS
from mitstadt.spine.actions.records import MOST_IN_A_REASON
from mitstadt.ui.forms import LongText

_MISSING = {"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")}


class ReasonForm(forms.Form):
    """Why; the person whom it concerns reads it."""

    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Die Person liest sie so, wie sie hier steht."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=3),
        error_messages=_MISSING,
    )


class DeleteAccountForm(forms.Form):
    """How much goes with an account that ends on request."""

    words = forms.ChoiceField(
        label=_("Was die Person geschrieben hat"),
        choices=[
            ("keep", _("bleibt stehen, ohne Namen")),
            ("erase", _("wird auch gelöscht, soweit die Person es allein schrieb")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was mit den Beiträgen geschieht.")},
    )
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Sie steht im öffentlichen Protokoll. Nennen Sie keinen Namen, etwa: Brief vom 3. Mai."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=3),
        error_messages=_MISSING,
    )


class ObjectionForm(forms.Form):
    """Why a person should be allowed to write again."""

    text = forms.CharField(
        label=_("Warum sehen Sie das anders?"),
        help_text=_("Wer die Pause beenden kann, liest das. Sie können einmal widersprechen."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=5),
        error_messages={"required": _("Schreiben Sie, warum. Ein Satz genügt.")},
    )


class SetUpForm(forms.Form):
    """The name of a new account; the address is known from the invitation."""

    display_name = DisplayNameField()
