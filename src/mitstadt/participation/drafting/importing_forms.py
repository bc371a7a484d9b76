"""The form with which a text comes in: a file, or pasted words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ui.forms import LongText

MOST_BYTES = 5_000_000


class ImportForm(forms.Form):
    """A file or pasted text, one of the two."""

    file = forms.FileField(
        label=_("Datei"),
        required=False,
        help_text=_("Word (.docx), Text (.txt), Markdown (.md) oder HTML, höchstens 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.html,.htm,.docx"}),
    )
    pasted = forms.CharField(
        label=_("Oder der Text selbst"),
        required=False,
        help_text=_("Kopieren Sie ihn hierher. Überschriften, Absätze und Listen werden erkannt."),
        widget=LongText(rows=14),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one way."""
        data = super().clean() or {}
        if "file" in self.errors or "pasted" in self.errors:
            return data
        if data.get("file") and data.get("pasted"):
            self.add_error("file", _("Es sind eine Datei und ein Text da. Entfernen Sie eines von beiden."))
        if not data.get("file") and not data.get("pasted"):
            self.add_error("pasted", _("Der Text fehlt. Wählen Sie eine Datei, oder fügen Sie den Text ein."))
        if data.get("file") and data["file"].size > MOST_BYTES:
            self.add_error(
                "file", _("Die Datei ist größer als 5 MB. Entfernen Sie Bilder, oder fügen Sie den Text ein.")
            )
        return data
