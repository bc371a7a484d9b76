"""The form of some questions of a sheet: drawn here, checked by the sheet's own check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from mitstadt.ground.sheets.checking import AnswerFaultError, Answers, answer_of, is_asked
from mitstadt.ground.sheets.questions import Question, Sheet
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.sheets.fields import field_of

PREFIX = "f"


@dataclass(frozen=True)
class AskedField:
    """A field, and the answers to other questions of the page on which it depends: what a script needs to hide it."""

    field: forms.BoundField
    conditions: tuple[tuple[str, str], ...]


class SheetForm(AssistedForm):
    """Some questions of a sheet. `before` are the sound answers to earlier ones, on which conditions may rest."""

    use_required_attribute = False

    def __init__(
        self, sheet: Sheet, asked: Sequence[Question], *, language: str, before: Answers | None = None, **options: Any
    ) -> None:
        self.sheet, self.asked, self.before = sheet, asked, before or {}
        self.answers: dict[str, Any] = {}
        fields = {question.key: field_of(sheet, question, language) for question in asked}
        self.base_fields = fields  # type: ignore[misc]  # every sheet has fields of its own
        super().__init__(prefix=PREFIX, **options)

    def clean(self) -> dict[str, Any]:
        """The sound answers; a question whose condition fails is let go, whatever was sent for it."""
        known = dict(self.before)
        for question in self.asked:
            if not is_asked(question, known):
                self.errors.pop(question.key, None)
            elif question.key not in self.errors:
                self._check(question, known)
        own = {question.key for question in self.asked}
        self.answers = {key: answer for key, answer in known.items() if key in own}
        return self.answers

    def _check(self, question: Question, known: dict[str, Any]) -> None:
        try:
            answer = answer_of(question, self.cleaned_data.get(question.key))
        except AnswerFaultError as fault:
            self.add_error(question.key, fault.sentence)
            return
        if answer is not None:
            known[question.key] = answer

    def show_unjudged(self) -> None:
        """Show what was typed, and no fault: nobody has sent this page yet."""
        self.cleaned_data, self._errors = {}, ErrorDict(renderer=self.renderer)

    def rows(self) -> Iterator[AskedField]:
        """The fields in order."""
        own = {question.key for question in self.asked}
        for question in self.asked:
            on_this_page = [one for one in question.only_if if one.question in own]
            conditions = tuple((f"{PREFIX}-{one.question}", " ".join(one.any_of)) for one in on_this_page)
            yield AskedField(self[question.key], conditions)
