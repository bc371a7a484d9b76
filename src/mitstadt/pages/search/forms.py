"""The fields that narrow a search."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.areas.api import Area, Level, area_by_slug
from mitstadt.spine.kinds import all_kinds
from mitstadt.spine.models import AnswerDecision, RoomStage
from mitstadt.spine.search.results import Filters

NARROWING = ("art", "gebiet", "stand", "antwort")


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("alles")), *((kind.key, kind.labels) for kind in all_kinds())]


class SearchForm(forms.Form):
    """A place, a word or a ref, and what narrows it. A value that fits nothing narrows nothing."""

    every_field_is_optional = True

    q = forms.CharField(label=_("Ort, Wort oder Kennzeichen"), required=False, max_length=200)
    art = forms.ChoiceField(label=_("Was"), required=False, choices=_kinds)
    stand = forms.ChoiceField(
        label=_("Beteiligung"),
        required=False,
        choices=[
            ("", _("gleich welche")),
            (RoomStage.OPEN.value, _("läuft noch")),
            (RoomStage.CLOSED.value, _("abgeschlossen")),
        ],
    )
    antwort = forms.ChoiceField(
        label=_("Antwort"),
        required=False,
        choices=[("", _("gleich welche")), ("none", _("noch keine")), *AnswerDecision.choices],
    )

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data)
        slug = str(data.get("gebiet", ""))
        self.area = area_by_slug(slug) if slug else None
        self.fields["gebiet"] = forms.ChoiceField(
            label=_("Gebiet"), required=False, choices=_areas(self.area, today=today)
        )
        self._own = [narrowing for kind in all_kinds() for narrowing in kind.filters]
        for narrowing in self._own:
            choices = [("", _("gleich welche")), *narrowing.choices]
            self.fields[narrowing.name] = forms.ChoiceField(label=str(narrowing.label), required=False, choices=choices)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that the kinds of record bring with them."""
        return [self[narrowing.name] for narrowing in self._own]

    def chosen(self) -> Filters:
        """The filters as the search takes them."""
        data = self._cleaned()
        return Filters(
            kind=data.get("art", ""),
            area=self.area,
            stage=data.get("stand", ""),
            answer_state=data.get("antwort", ""),
            own=tuple((narrowing, data[narrowing.name]) for narrowing in self._own if data.get(narrowing.name)),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the words is chosen."""
        data = self._cleaned()
        return any(data.get(name) for name in (*NARROWING, *(narrowing.name for narrowing in self._own)))

    @property
    def spelling(self) -> str:
        """The search in one spelling, as an address has it: by name, without what is empty."""
        data = self._cleaned()
        chosen = {name: " ".join(str(data.get(name, "")).split()) for name in self.fields}
        return urlencode(sorted((name, value) for name, value in chosen.items() if value))

    @property
    def chosen_labels(self) -> list[str]:
        """What narrows the words, in words."""
        data = self._cleaned()
        narrowing = (name for name in self.fields if name != "q" and data.get(name))
        return [str(dict(self.fields[name].choices).get(data[name], data[name])) for name in narrowing]  # type: ignore[attr-defined]  # all others are choices

    def _cleaned(self) -> dict[str, Any]:
        return getattr(self, "cleaned_data", {})


def _areas(chosen: Area | None, *, today: date) -> list[tuple[str, Any]]:
    """The whole city, its districts, and the smaller area that was chosen elsewhere."""
    language = get_language() or "de"
    areas = list(Area.objects.valid_on(today).filter(level=Level.DISTRICT).order_by("path"))
    if chosen and chosen not in areas:
        areas.insert(0, chosen)
    return [("", _("ganze Stadt")), *((area.slug, area.name(language)) for area in areas)]
