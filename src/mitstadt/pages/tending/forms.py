"""The forms of those who tend the record for others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.names import MOST_CHARACTERS as MOST_IN_A_NAME
from mitstadt.pages.correcting import CorrectedTexts
from mitstadt.spine.actions.blacking_out import MOST_WORDS
from mitstadt.spine.actions.corrections import bearer_of
from mitstadt.spine.actions.records import MOST_CHARACTERS, MOST_IN_A_REASON
from mitstadt.spine.kinds import kind_of
from mitstadt.spine.models import Record
from mitstadt.ui.forms import LongText


def reason_field(help_text: Any = "") -> forms.CharField:
    """Why; everyone reads it."""
    return forms.CharField(
        label=_("Begründung"),
        help_text=help_text or _("Alle lesen sie. Nennen Sie darin nicht, was gelöscht werden soll."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )


class BlackOutForm(forms.Form):
    """Which words are to go."""

    words = forms.CharField(
        label=_("Diese Worte"),
        help_text=_("Genau so, wie sie dastehen. Mehrere: jede Stelle in einer eigenen Zeile."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=4),
        error_messages={"required": _("Die Worte fehlen. Kopieren Sie sie aus dem Text.")},
    )
    reason = reason_field()

    def __init__(self, data: Any = None, *, others: list[Record] | None = None) -> None:
        super().__init__(data)
        if others:
            self.fields["also"] = forms.MultipleChoiceField(
                label=_("Dieselben Worte stehen auch hier. Auch dort schwärzen?"),
                choices=[(one.ref, f"{one.ref}, {kind_of(one).label}") for one in others],
                initial=[one.ref for one in others],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_words(self) -> list[str]:
        """One place a line."""
        lines = [line for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if len(lines) > MOST_WORDS:
            raise forms.ValidationError(_("Das sind zu viele Zeilen. Höchstens zwanzig auf einmal."))
        return lines


class EraseForm(forms.Form):
    """Why all of it is to go."""

    reason = reason_field()


class CorrectForm(CorrectedTexts):
    """The texts of an entry as they stand on the paper, and the name beside it."""

    reason = reason_field(_("Alle lesen sie, etwa: Tippfehler beim Erfassen."))

    def __init__(self, record: Record, data: Any = None) -> None:
        super().__init__(record, data)
        bearer = bearer_of(record)
        if bearer is not None:
            self.fields["name"] = forms.CharField(
                label=_("Name, der dabei stehen soll"),
                help_text=_("Er steht dann bei allem, was mit diesem Bogen kam. Leer: Es steht kein Name dabei."),
                initial=bearer.display_name,
                max_length=MOST_IN_A_NAME,
                required=False,
            )
            self.order_fields([*(f"text_{name}" for name in self.texts), "name", "reason"])

    @property
    def name(self) -> str | None:
        """The name as it was typed; None where there is nobody who bears one."""
        return self.cleaned_data["name"] if "name" in self.fields else None
