"""The form of an answer, and what the address of the page narrows its list to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.words import clean_words
from mitstadt.spine.actions.answers import MOST_CHARACTERS
from mitstadt.spine.models import AnswerDecision
from mitstadt.spine.queries.answering import Narrowed
from mitstadt.ui.forms import LongText

# What has waited for longer is called due.
LONG = timedelta(days=14)


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


def narrowed_by(query: QueryDict, *, me: int | None, now: datetime) -> Narrowed:
    """What the address asks to see; `me` is who asks."""
    state, whose = query.get("stand", ""), query.get("wer", "")
    waits_long = query.get("seit", "") == "lange"
    return Narrowed(
        theme=query.get("thema", "").strip()[:60],
        answer_state="" if state in {"offen", "entwurf"} else state[:12],
        only_unanswered=state == "offen" or waits_long,
        words=clean_words(query.get("wort", "")).strip()[:100],
        assigned_to=me if whose == "ich" else None,
        unassigned=whose == "niemand",
        drafted=state == "entwurf",
        before=now - LONG if waits_long else None,
    )
