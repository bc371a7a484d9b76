"""The forms of moderation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.actions.moderation import MOST_CHARACTERS
from mitstadt.spine.models import ModerationVerdict, ReportReason
from mitstadt.ui.forms import LongText

_REASON_MISSING = {"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")}


# What moderators alone say, of a burst.
_RULES = [choice for choice in ReportReason.choices if choice[0] != ReportReason.FLOOD]


class ReportForm(forms.Form):
    """What may be wrong with something."""

    reason = forms.ChoiceField(
        label=_("Was ist das Problem? Der Beitrag …"),
        choices=_RULES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was das Problem ist.")},
    )
    text = forms.CharField(
        label=_("Möchten Sie etwas dazu sagen?"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=4),
    )


class DecisionForm(forms.Form):
    """The verdict with its rule and reason."""

    verdict = forms.ChoiceField(
        label=_("Der Beitrag …"),
        choices=[
            (ModerationVerdict.KEEP, _("bleibt stehen oder erscheint jetzt")),
            (ModerationVerdict.HIDE, _("wird ausgeblendet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Die Entscheidung fehlt. Wählen Sie eine.")},
    )
    rule = forms.ChoiceField(
        label=_("Regel"),
        required=False,
        choices=[("", _("keine Regel ist verletzt")), *_RULES],
        help_text=_("Wenn Sie ausblenden: welche Regel der Beitrag verletzt."),
    )
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_(
            "Alle lesen sie im Werdegang. Nennen Sie keine Namen, und wiederholen Sie nicht, was ausgeblendet wird."
        ),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=4),
        error_messages=_REASON_MISSING,
    )

    def __init__(self, data: Any = None, *, may_hide: bool = True) -> None:
        super().__init__(data)
        self._may_hide = may_hide
        if not may_hide:
            # One verdict is left: there is nothing to choose, and no rule to name.
            del self.fields["verdict"], self.fields["rule"]

    def clean(self) -> dict[str, object]:
        """Whoever hides names the rule."""
        data = super().clean() or {}
        if not self._may_hide:
            return {**data, "verdict": ModerationVerdict.KEEP, "rule": ""}
        if data.get("verdict") == ModerationVerdict.HIDE and not data.get("rule"):
            self.add_error("rule", _("Die Regel fehlt. Nur wer eine verletzt, wird ausgeblendet."))
        return data


class AppealForm(forms.Form):
    """Why the author disagrees."""

    text = forms.CharField(
        label=_("Warum soll Ihr Beitrag wieder erscheinen?"),
        help_text=_("Eine Person, die nicht mitentschieden hat, liest das und entscheidet neu."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=6),
        error_messages={"required": _("Schreiben Sie, warum. Ein Satz genügt.")},
    )


class AppealDecisionForm(forms.Form):
    """The second look."""

    upheld = forms.ChoiceField(
        label=_("Der Widerspruch"),
        choices=[("ja", _("hat recht: Der Beitrag erscheint wieder")), ("nein", _("überzeugt nicht: Es bleibt dabei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Die Entscheidung fehlt. Wählen Sie eine.")},
    )
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Alle lesen sie im Werdegang. Nennen Sie keine Namen."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=4),
        error_messages=_REASON_MISSING,
    )


class BurstForm(forms.Form):
    """Whether a burst counts; not without a reason."""

    counts = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Begründung, wenn es nicht zählt"),
        help_text=_("Alle lesen sie im Werdegang. Nennen Sie keine Namen."),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=2),
    )
