"""The forms of writing together: what a person types, never the rules."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.actions.contributions import Said
from mitstadt.participation.drafting.models import ContributionForm, Passage
from mitstadt.spine.actions.records import MOST_CHARACTERS
from mitstadt.ui.forms import LongText
from mitstadt.ui.similar import SimilarFirst


class ContributeForm(SimilarFirst):
    """What a person says about a passage."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, passage: Passage, form: ContributionForm, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # Django's own arguments
        self.passage = passage
        self.form = form
        if form == ContributionForm.WORDING:
            self.fields["wording"] = forms.CharField(
                label=_("So soll es heißen"),
                help_text=_("Ändern Sie den Text. Andere sehen dann, was neu und was gestrichen ist."),
                max_length=MOST_CHARACTERS,
                widget=LongText(rows=8),
                initial=passage.body,
                error_messages={"required": _("Der Wortlaut fehlt. Schreiben Sie, wie die Stelle lauten soll.")},
            )
        self.fields["body"] = forms.CharField(
            label=_BODY_LABELS[form],
            required=form != ContributionForm.WORDING,
            max_length=MOST_CHARACTERS,
            widget=LongText(rows=5),
            error_messages={"required": _("Der Text fehlt. Ein Satz genügt.")},
        )
        self.fields["theme"] = forms.CharField(
            label=_("Thema"), help_text=_("Ein Wort, zum Beispiel: Lärm, Kinder, Klima."), required=False, max_length=60
        )

    def said(self, language: str) -> Said:
        """The contribution as the action takes it."""
        data = self.cleaned_data
        start = data.get("start") or 0
        return Said(
            form=self.form,
            body=data["body"],
            wording=data.get("wording", ""),
            start=start,
            end=start + len(data.get("quote", "")),
            theme=data["theme"],
            language=language,
        )

    @property
    def typed(self) -> str:
        """All words that were typed, to look for similar ones."""
        data = self.cleaned_data
        return f"{data['body']} {data.get('wording', '')}".strip()


_BODY_LABELS = {
    ContributionForm.COMMENT: _("Was möchten Sie dazu sagen?"),
    ContributionForm.QUESTION: _("Was möchten Sie wissen?"),
    ContributionForm.WORDING: _("Warum? Ein Grund hilft allen, die entscheiden."),
}
