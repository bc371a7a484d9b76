"""The forms of those who lead an organisation: what is typed, never the rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.models import OrganisationKind
from mitstadt.spine.actions.organisations import OrganisationFacts


class OrganisationForm(forms.Form):
    """What is said of an organisation in public."""

    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        error_messages={"required": _("Der Name fehlt. Schreiben Sie ihn so, wie ihn die Leute kennen.")},
    )
    kind = forms.ChoiceField(
        label=_("Wozu sie gehört"),
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, wozu die Organisation gehört.")},
    )
    contact = forms.CharField(
        label=_("Wie man sie erreicht"),
        help_text=_("Ort, Zeiten, Telefon. Das steht bei jeder ihrer Beteiligungen."),
        max_length=300,
        required=False,
    )

    @property
    def facts(self) -> OrganisationFacts:
        """The answers as the action takes them."""
        data = self.cleaned_data
        return OrganisationFacts(data["name"], OrganisationKind(data["kind"]), data["contact"])
