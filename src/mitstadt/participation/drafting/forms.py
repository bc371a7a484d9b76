"""The forms of writing together: what a person types, never the rules."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.actions.contributions import Said
from mitstadt.participation.drafting.models import ContributionForm, Passage
from mitstadt.participation.drafting.quoting import WHOLE, Span, sentences_in, span_of
from mitstadt.spine.actions.records import MOST_CHARACTERS
from mitstadt.ui.forms import LongText
from mitstadt.ui.similar import SimilarFirst


class ContributeForm(SimilarFirst):
    """What a person says about a passage."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, passage: Passage, form: ContributionForm, *, is_short: bool = False, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # Django's own arguments
        self.passage = passage
        self.form = form
        sentences = sentences_in(passage.body) if form != ContributionForm.WORDING else []
        if sentences:
            self.fields["sentence"] = forms.ChoiceField(
                label=_("Worüber sprechen Sie?"),
                choices=[("", _("über die ganze Stelle")), *(_choice(passage.body, span) for span in sentences)],
                required=False,
                widget=forms.RadioSelect,
            )
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
        # Where the form stands beside what others said, nothing is asked that can stay open.
        if not is_short:
            self.fields["theme"] = forms.CharField(
                label=_("Thema"),
                help_text=_("Ein Wort, zum Beispiel: Lärm, Kinder, Klima."),
                required=False,
                max_length=60,
            )

    def said(self, language: str) -> Said:
        """The contribution as the action takes it."""
        data = self.cleaned_data
        start, end = self._span()
        return Said(
            form=self.form,
            body=data["body"],
            wording=data.get("wording", ""),
            start=start,
            end=end,
            theme=data["theme"],
            language=language,
        )

    def _span(self) -> Span:
        """The words that were marked on the page, else the sentence that was chosen, else the whole passage."""
        data, words = self.cleaned_data, self.passage.body
        if data.get("quote"):
            return span_of(data["quote"], words, near=data.get("start") or 0)
        start, _stroke, end = data.get("sentence", "").partition("-")
        return (int(start), int(end)) if end else WHOLE

    @property
    def typed(self) -> str:
        """All words that were typed, to look for similar ones."""
        data = self.cleaned_data
        return f"{data['body']} {data.get('wording', '')}".strip()


def _choice(words: str, span: Span) -> tuple[str, str]:
    start, end = span
    return f"{start}-{end}", gettext("nur über: „%(words)s“") % {"words": words[start:end]}


_BODY_LABELS = {
    ContributionForm.COMMENT: _("Was möchten Sie dazu sagen?"),
    ContributionForm.QUESTION: _("Was möchten Sie wissen?"),
    ContributionForm.WORDING: _("Warum? Ein Grund hilft allen, die entscheiden."),
}
