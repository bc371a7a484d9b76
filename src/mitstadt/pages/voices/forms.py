"""Forms of what people do to a record."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.pages.correcting import CorrectedTexts
from mitstadt.spine.actions.comments import MOST_CHARACTERS
from mitstadt.spine.actions.records import MOST_IN_A_REASON
from mitstadt.spine.models import Stance
from mitstadt.ui.forms import LongText


class AnswerMailForm(forms.Form):
    """To where one mail goes when the answer is there."""

    address = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        max_length=254,
        error_messages={"required": _("Die Adresse fehlt.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CommentForm(forms.Form):
    """A comment, with whether it speaks for or against."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Was möchten Sie sagen?"),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=6),
        error_messages={"required": _("Der Text fehlt. Ein Satz genügt.")},
    )
    stance = forms.ChoiceField(
        label=_("Ist das ein Grund dafür oder dagegen?"),
        choices=[
            (Stance.NEUTRAL.value, _("Weder noch, eine Anmerkung")),
            (Stance.FOR.value, _("Ein Grund dafür")),
            (Stance.AGAINST.value, _("Ein Grund dagegen")),
        ],
        initial=Stance.NEUTRAL.value,
        widget=forms.RadioSelect,
    )


class ReplyForm(CommentForm):
    """A reply takes no side."""

    stance = None  # type: ignore[assignment]  # Django's way to leave an inherited field out


class RewordForm(CorrectedTexts):
    """The texts as their author would have them now."""

    BODY_LABEL = _("Ihre Worte")

    reason = forms.CharField(
        label=_("Warum ändern Sie es?"),
        help_text=_("Alle lesen das, etwa: Tippfehler."),
        max_length=MOST_IN_A_REASON,
        required=False,
        widget=LongText(rows=2),
    )


class OwnRecordForm(forms.Form):
    """What the author wants to happen with what they wrote."""

    deed = forms.ChoiceField(
        label=_("Was soll geschehen?"),
        choices=[
            ("withdraw", _("Zurückziehen: Niemand liest es mehr. Kennzeichen und Unterstützung bleiben.")),
            ("erase", _("Löschen: Der Wortlaut verschwindet überall und für immer.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was geschehen soll.")},
    )


class LeaveForm(forms.Form):
    """What one author of several may want: to stand there no longer."""

    deed = forms.ChoiceField(
        label=_("Was soll geschehen?"),
        choices=[("erase", _("Meinen Namen zurückziehen: Nichts verbindet mich mehr mit diesem Text."))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was geschehen soll.")},
    )


class RetractForm(forms.Form):
    """Why an organisation takes back what was said for it."""

    reason = forms.CharField(
        label=_("Warum?"),
        help_text=_("Alle lesen diesen Grund. Er steht auf dem Werdegang."),
        max_length=2_000,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )
