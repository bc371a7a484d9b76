"""The forms of the editing desk."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.queries.contributions import DeskFilter
from mitstadt.spine.actions.answers import MOST_CHARACTERS
from mitstadt.spine.models import AnswerDecision
from mitstadt.ui.forms import LongText


class AnswerForm(forms.Form):
    """One decision and one reason for everything that is ticked."""

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


class PublishForm(forms.Form):
    """What the next edition changes, in a sentence for everyone."""

    note = forms.CharField(
        label=_("Was ist neu an dieser Fassung?"),
        help_text=_("Ein oder zwei Sätze. Sie stehen über dem Text und im öffentlichen Protokoll."),
        max_length=2_000,
        widget=LongText(rows=4),
        error_messages={"required": _("Der Satz fehlt. Schreiben Sie, was sich ändert und warum.")},
    )


def filter_of(query: QueryDict) -> DeskFilter:
    """What the address asks to see."""
    state = query.get("stand", "")
    return DeskFilter(
        passage_number=query.get("absatz", "").strip()[:24],
        theme=query.get("thema", "").strip()[:60],
        form=query.get("art", "").strip()[:12],
        answer_state="" if state == "offen" else state[:12],
        only_unanswered=state == "offen",
        words=query.get("wort", "").replace("\x00", "").strip()[:100],
    )
