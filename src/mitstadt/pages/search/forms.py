"""The fields that narrow a search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.areas.api import Area, area_by_slug
from mitstadt.spine.models import AnswerDecision
from mitstadt.spine.search.results import Filters
from mitstadt.spine.texts import KINDS


class SearchForm(forms.Form):
    """A place, a word or a ref, and what narrows it. A value that fits nothing narrows nothing."""

    every_field_is_optional = True

    q = forms.CharField(label=_("Ort, Wort oder Kennzeichen"), required=False, max_length=200)
    art = forms.ChoiceField(label=_("Was"), required=False, choices=[("", _("alles")), *KINDS.items()])
    gebiet = forms.CharField(required=False, widget=forms.HiddenInput)
    antwort = forms.ChoiceField(
        label=_("Antwort"),
        required=False,
        choices=[("", _("gleich welche")), ("none", _("noch keine")), *AnswerDecision.choices],
    )

    def chosen(self) -> Filters:
        """The filters as the search takes them."""
        data = getattr(self, "cleaned_data", {})
        return Filters(kind=data.get("art", ""), area=self.area(), answer_state=data.get("antwort", ""))

    def area(self) -> Area | None:
        """The area chosen, where there is one."""
        slug = getattr(self, "cleaned_data", {}).get("gebiet", "")
        return area_by_slug(slug) if slug else None
