"""The field for a place: search and choose, click on a map or move it by buttons, or say it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.areas.api import Area, Frame, ancestors, area_by_slug, frame_of_the_city, window_around, window_at
from mitstadt.spine.models import Precision
from mitstadt.spine.places import WORDS_LENGTH, ChosenPlace
from mitstadt.spine.queries.places import kiez_at
from mitstadt.spine.texts import sentence_for
from mitstadt.ui.assisted import AssistedField
from mitstadt.ui.places.drawing import PickMap, pick_map
from mitstadt.ui.places.searching import found_places
from mitstadt.ui.places.state import SIDES_PX, PlaceState, is_step, read, stepped, written

CHOICES = (Precision.EXACT, Precision.NEAR, Precision.STREET, Precision.KIEZ, Precision.AREA)
_CLOSE = 5


class PlaceWidget(forms.Widget):
    """Draws the search, the map with its buttons, the words and how exactly the place may be shown."""

    template_name = "ui/forms/widgets/place.html"
    use_fieldset = True
    now: dt.datetime | None = None

    def __init__(self, *, precisions: Sequence[Precision], precision: Precision) -> None:
        super().__init__()
        self.precisions, self.precision = precisions, precision

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> PlaceState:
        """The choice so far."""
        return read(data, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Never: no place is an answer too."""
        return False

    def id_for_label(self, id_: str) -> str:
        """The first control."""
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, value, attrs)
        today = day_of(self.now)
        frame = frame_of_the_city(on=today)
        state = value if isinstance(value, PlaceState) else state_of(value, frame)
        found = found_places(state.searched, on=today, language=get_language() or "de")
        chosen = _area_of(state, on=today)
        context["widget"].update(
            state=state,
            hidden=_hidden(state, name, frame),
            map=_map(state, frame, chosen, on=today),
            found=found,
            nothing_found=bool(state.searched) and not found.places and not found.suggestions,
            chosen=_sentence(state, chosen),
            precisions=[(choice.value, choice.label) for choice in self.precisions],
            precision=state.precision or self.precision.value,
            sides=SIDES_PX,
        )
        return context


class PlaceField(AssistedField):
    """A place; cleans to a `ChosenPlace` for `set_place`, or None where there is none and none is required.

    The form is an `AssistedForm` and is given `now=now`.
    """

    now: dt.datetime | None = None

    def __init__(
        self,
        *,
        precisions: Sequence[Precision] = CHOICES,
        precision: Precision = Precision.NEAR,
        **options: Any,
    ) -> None:
        self.precisions, self.precision = precisions, precision
        options.setdefault("label", _("Wo ist das?"))
        super().__init__(widget=PlaceWidget(precisions=precisions, precision=precision), **options)

    def is_step(self, data: Mapping[str, str], name: str) -> bool:
        """Whether the form was sent to search, choose, click or move."""
        return is_step(data, name)

    def assist(self, data: Mapping[str, str], files: MultiValueDict[str, Any], name: str) -> dict[str, str]:
        """Take the step, where one was sent."""
        if not is_step(data, name):
            return {}
        frame = frame_of_the_city(on=day_of(self.now))
        state = stepped(read(data, name), data, name, frame)
        if slug := str(data.get(f"{name}-choose") or ""):
            state = _choosing(state, slug, frame)
        return written(state, name)

    def clean(self, value: Any) -> ChosenPlace | None:
        """The place as it was chosen; a point outside the city and words that are too long are said."""
        state = value if isinstance(value, PlaceState) else PlaceState()
        if len(state.words) > WORDS_LENGTH:
            told = sentence_for("place_words_too_long", length=len(state.words), limit=WORDS_LENGTH)
            raise forms.ValidationError(told)
        area = area_by_slug(state.area) if state.area else None
        if state.point and kiez_at(*state.point, on=day_of(self.now)) is None:
            raise forms.ValidationError(sentence_for("place_outside"))
        if not (state.point or area or state.words):
            if self.required:
                raise forms.ValidationError(sentence_for("place_missing"))
            return None
        known = {choice.value for choice in self.precisions}
        precision = Precision(state.precision) if state.precision in known else self.precision
        return ChosenPlace(state.point, area, precision, state.words)


def day_of(now: dt.datetime | None) -> dt.date:
    """The day for which areas are asked."""
    if now is None:
        raise TypeError("A form with a place is given now=now.")
    return now.date()


def state_of(initial: Any, frame: Frame | None) -> PlaceState:
    """The state to begin with: nothing chosen, or what was chosen before."""
    if not isinstance(initial, ChosenPlace):
        return PlaceState()
    state = PlaceState(
        point=initial.point,
        area=initial.area.slug if initial.area and not initial.point else "",
        words=initial.words,
        precision=initial.precision,
    )
    if frame and initial.point:
        return replace(state, window=window_at(*initial.point, closeness=_CLOSE, frame=frame))
    if frame and initial.area and initial.area.box:
        return replace(state, window=window_around(initial.area.box, frame))
    return state


def _choosing(state: PlaceState, slug: str, frame: Frame | None) -> PlaceState:
    area = area_by_slug(slug)
    if area is None:
        return state
    window = window_around(area.box, frame) if frame and area.box else state.window
    return replace(state, area=area.slug, point=None, search="", searched="", window=window)


def _area_of(state: PlaceState, *, on: dt.date) -> Area | None:
    if state.point:
        return kiez_at(*state.point, on=on)
    return area_by_slug(state.area) if state.area else None


def _map(state: PlaceState, frame: Frame | None, chosen: Area | None, *, on: dt.date) -> PickMap | None:
    if frame is None:
        return None
    middle = state.window or stepped(state, {}, "", frame).window
    if middle is None:
        return None
    return pick_map(middle, frame, point=state.point, chosen=chosen.slug if chosen else "", on=on)


def _hidden(state: PlaceState, name: str, frame: Frame | None) -> dict[str, str]:
    """What travels unseen; the search is typed in a field of its own."""
    moved = stepped(state, {}, "", frame) if state.window is None else state
    told = written(replace(moved, searched=state.searched), name)
    return {key: value for key, value in told.items() if key != f"{name}-search"}


def _sentence(state: PlaceState, chosen: Area | None) -> str:
    """What is chosen, for everyone to read."""
    language = get_language() or "de"
    if state.point and chosen is None:
        return sentence_for("place_outside")
    if chosen is None:
        return gettext("Noch ist kein Punkt und kein Gebiet gewählt.")
    above = [area.name(language) for area in ancestors(chosen).order_by("-path")][:2]
    where = ", ".join(dict.fromkeys([chosen.name(language), *above]))
    if state.point:
        return gettext("Gewählt ist der Punkt auf der Karte: %(where)s.") % {"where": where}
    return gettext("Gewählt ist das ganze Gebiet: %(where)s. Für einen Punkt klicken Sie auf die Karte.") % {
        "where": where
    }
