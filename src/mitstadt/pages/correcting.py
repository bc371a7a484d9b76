"""The form in which words of a record are corrected: by a clerk, or by those who wrote them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.actions.corrections import correctable
from mitstadt.spine.actions.records import MOST_CHARACTERS
from mitstadt.spine.kinds import kind_of
from mitstadt.spine.models import Record
from mitstadt.ui.forms import LongText


class CorrectedTexts(forms.Form):
    """The texts of a record, each in a field of its own; whoever inherits adds the reason."""

    # What the words of the record are called where its kind has others beside them.
    BODY_LABEL = _("Worte, oder der Grund")

    def __init__(self, record: Record, data: Any = None) -> None:
        super().__init__(data)
        labels: dict[str, Any] = {"body": self.BODY_LABEL, **kind_of(record).corrects}
        self.texts = {name: cell.text for name, cell in correctable(record).items() if cell.text}
        for name, text in self.texts.items():
            self.fields[f"text_{name}"] = forms.CharField(
                label=labels[name],
                initial=text,
                max_length=MOST_CHARACTERS,
                widget=LongText(rows=6),
                error_messages={"required": _("Hier fehlt der Text. Soll alles weg, dann löschen Sie den Eintrag.")},
            )
        self.order_fields([*(f"text_{name}" for name in self.texts), "reason"])

    def corrected(self) -> dict[str, str]:
        """The texts by the name of their field."""
        return {name: self.cleaned_data[f"text_{name}"] for name in self.texts}
