"""The host's form for copies with codes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_COPIES = 50
MOST_FORMS = 200


class CopiesForm(forms.Form):
    """How many copies with a fresh code each, and in which print."""

    count = forms.IntegerField(label=_("Wie viele Exemplare"), min_value=1, max_value=MOST_FORMS, initial=20)
    with_text = forms.BooleanField(
        label=_("Mit dem ganzen Text"),
        help_text=_("Ohne den Text werden nur die Bögen gedruckt."),
        required=False,
        initial=True,
    )
    large = forms.BooleanField(label=_("In großer Schrift"), required=False)

    def clean_count(self) -> int:
        """Whole copies are long: fewer of them at once."""
        count = int(self.cleaned_data["count"])
        if "with_text" in self.data and count > MOST_COPIES:
            raise forms.ValidationError(
                _("Mit dem ganzen Text gehen höchstens %(most)s Exemplare auf einmal.") % {"most": MOST_COPIES}
            )
        return count
