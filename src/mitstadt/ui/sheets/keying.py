"""A sheet at the desk and on the telephone: one line a question, numbers and Enter, now and then a slip typed twice.

The form is a `SlipForm`, so that channel, code, name, supports, the list of today and taking back are those of every
slip. A Format makes its own by naming its sheet; `sheet_answers` are what the check let through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from mitstadt.ground.sealing import Unreadable, seal, unseal
from mitstadt.ground.sheets.checking import AnswerFaultError, answer_of, is_asked
from mitstadt.ground.sheets.keyed import Difference, Spoken, differences, raw_of, script
from mitstadt.ground.sheets.questions import LongText, Question, Sheet, ShortText
from mitstadt.spine.models import Part
from mitstadt.ui.forms import LongText as LongTextWidget
from mitstadt.ui.slips import SlipForm

_GO_ON, _FIRST_ENTRY, _PURPOSE = "weiter", "first_entry", "first entry of a slip"


class SheetSlipForm(SlipForm):
    """A slip with the answers of a sheet. A Format gives `sheet_of`; its own `clean` comes after `super().clean()`.

    Where `is_valid` is false and there are no errors, the page is shown again: Enter was pressed without a script, or
    this slip is one of the sample and is typed a second time, from the beginning, to be held against the first.
    """

    is_keyed = True
    # Of so many slips one is typed twice; 0 for none.
    second_entry_every: ClassVar[int] = 20
    first_entry = forms.CharField(widget=forms.HiddenInput, required=False)

    class Media:
        js = (forms.Script("ui/sheets.js", defer=True),)

    def __init__(self, part: Part, **options: Any) -> None:
        super().__init__(part, **options)
        self.language = get_language() or "de"
        self.sheet = self.sheet_of(part)
        self.sheet_answers: dict[str, Any] = {}
        self.differences: list[Difference] = []
        self.asks_again = False
        self.is_step = False
        spoken = {line.key: line for line in script(self.sheet, self.language)}
        own = {question.key: _field(question, spoken[question.key]) for question in self.sheet.questions}
        if taken := own.keys() & self.fields.keys():
            raise ValueError(f"A sheet for the desk names a question as every slip does: {sorted(taken)}.")
        self.fields.update(own)
        self.order_fields(["submission_key", _FIRST_ENTRY, "channel", *own])
        self._begin_at(next(iter(own)))

    def sheet_of(self, part: Part) -> Sheet:
        """What is asked in this part."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether the slip can be entered now."""
        return super().is_valid() and not self.is_step and not self.asks_again

    def full_clean(self) -> None:
        """Go on to the next empty line where Enter was pressed there; judge only what was sent to be saved."""
        self.is_step = self.is_bound and _GO_ON in self.data
        if not self.is_step:
            super().full_clean()
            return
        self.cleaned_data, self._errors = {}, forms.utils.ErrorDict(renderer=self.renderer)
        self._begin_at(self._next_empty())

    def clean(self) -> dict[str, Any]:
        """The sound answers of the sheet, by the one check; what was keyed and not asked is let go."""
        data = super().clean() or self.cleaned_data
        for question in self.sheet.questions:
            self._check(question)
        if not self.errors and self._is_sampled():
            self._compare()
        return {**data, **{question.key: self.sheet_answers.get(question.key) for question in self.sheet.questions}}

    def _check(self, question: Question) -> None:
        if not is_asked(question, self.sheet_answers):
            return
        try:
            answer = answer_of(question, raw_of(question, self.cleaned_data.get(question.key) or ""))
        except AnswerFaultError as fault:
            self.add_error(question.key, fault.sentence)
            return
        if answer is not None:
            self.sheet_answers[question.key] = answer

    # Typed twice --------------------------------------------------------------------------------------------------

    def _is_sampled(self) -> bool:
        every = self.second_entry_every
        return bool(every) and int(self.cleaned_data["submission_key"]) % every == 0

    def _compare(self) -> None:
        """Ask for the second entry; then show where it differs; then take what the clerk leaves standing."""
        first = self._first()
        if first is None:
            self._ask_again(self.sheet_answers)
        elif not first.get("seen"):
            self.differences = differences(self.sheet, first["answers"], self.sheet_answers, self.language)
            if self.differences:
                self._ask_again(first["answers"], seen=True)

    def _first(self) -> dict[str, Any] | None:
        try:
            found = json.loads(unseal(self.cleaned_data[_FIRST_ENTRY], purpose=self._purpose))
        except (Unreadable, KeyError):
            return None
        return found if isinstance(found, dict) else None

    def _ask_again(self, answers: Mapping[str, Any], *, seen: bool = False) -> None:
        self.asks_again = True
        sealed = seal(json.dumps({"answers": answers, "seen": seen}), purpose=self._purpose)
        data = QueryDict(mutable=True)
        data.update({name: self.data.get(name, "") for name in self.fields if seen or name not in self.sheet.numbers})
        data[_FIRST_ENTRY] = sealed
        self.data = data

    @property
    def _purpose(self) -> str:
        return f"{_PURPOSE} {self.part.ref} {self.data.get('submission_key', '')}"

    # Where one types ----------------------------------------------------------------------------------------------

    def _begin_at(self, name: str) -> None:
        for key in self.sheet.numbers:
            self.fields[key].widget.attrs.pop("autofocus", None)
        if name:
            self.fields[name].widget.attrs["autofocus"] = True

    def _next_empty(self) -> str:
        """The line after the last one that holds something; none behind the last of all."""
        keys = list(self.sheet.numbers)
        typed = [place for place, key in enumerate(keys) if self.data.get(key)]
        after = typed[-1] + 1 if typed else 0
        return keys[after] if after < len(keys) else ""


def _field(question: Question, spoken: Spoken) -> forms.Field:
    """One line; what is asked is its label, as one reads it out, and the numbers stand below."""
    long = isinstance(question, LongText)
    widget = LongTextWidget(rows=2) if long else forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=f"{spoken.number}. {spoken.asks}",
        help_text=_hint(spoken, how="" if isinstance(question, LongText | ShortText) else spoken.how),
        required=False,
        widget=widget,
        strip=True,
    )


def _hint(spoken: Spoken, *, how: str) -> str:
    answers = format_html_join(" · ", "<b>{}</b>&nbsp;{}", spoken.answers)
    rows = " / ".join(spoken.rows)
    lines = [(line,) for line in (spoken.condition, spoken.help, how, rows, answers) if line]
    return format_html("{}", format_html_join("", "<p>{}</p>", lines))
