"""The forms of the editing desk."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.actions.edition_answers import Reply
from mitstadt.participation.drafting.queries.takings import Taken
from mitstadt.spine.actions.answers import MOST_CHARACTERS
from mitstadt.spine.models import AnswerDecision
from mitstadt.ui.forms import LongText

# What may be answered to a wording, by how much of it stands in the draft: never more than that.
_DECISIONS = {
    "whole": (AnswerDecision.TAKEN_UP,),
    "partly": (AnswerDecision.PARTLY, AnswerDecision.NOT, AnswerDecision.NOTED),
    "not": (AnswerDecision.NOT, AnswerDecision.NOTED),
}


class PublishForm(forms.Form):
    """What the next edition changes, in a sentence for everyone; a typing error is mended by a new edition, too."""

    note = forms.CharField(
        label=_("Was ist neu an dieser Fassung?"),
        help_text=_(
            "Ein oder zwei Sätze. Sie stehen über dem Text und im öffentlichen Protokoll."
            " Berichtigen Sie nur einen Fehler, beginnen Sie mit „Berichtigung:“."
        ),
        max_length=2_000,
        widget=LongText(rows=4),
        error_messages={"required": _("Der Satz fehlt. Schreiben Sie, was sich ändert und warum.")},
    )


class WordingAnswerForm(forms.Form):
    """The answer to one wording that was taken into the draft; it becomes public with the edition."""

    decision = forms.ChoiceField(
        label=_("Antwort"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Die Antwort fehlt. Der Wortlaut steht nicht ganz im Entwurf: Wählen Sie eine.")},
    )
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Alle, die das geschrieben oder unterstützt haben, lesen sie."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=2),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )

    def __init__(self, taken: Taken, data: Any = None) -> None:
        self.taken = taken
        usual = _now("Wir haben Ihren Wortlaut übernommen.") if taken.verdict == "whole" else ""
        initial = {"reason": taken.taking.reason or usual}
        super().__init__(data, prefix=taken.contribution.ref, initial=initial)
        decisions = _DECISIONS[taken.verdict]
        if len(decisions) == 1:
            # What stands there whole is taken up; there is nothing to choose.
            del self.fields["decision"]
        else:
            cast("forms.ChoiceField", self.fields["decision"]).choices = [(one.value, one.label) for one in decisions]

    @property
    def reply(self) -> Reply:
        """What was decided, from a form without errors."""
        decision = self.cleaned_data.get("decision") or AnswerDecision.TAKEN_UP.value
        return Reply(AnswerDecision(decision), self.cleaned_data["reason"])
