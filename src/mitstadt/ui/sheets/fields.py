"""The field of each kind of question: it draws and reads. What counts as an answer is decided by the one check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from mitstadt.ground.sheets import questions as q
from mitstadt.ground.sheets.checking import MOST_PLACE_WORDS
from mitstadt.ground.sheets.options import condition_words, options_of
from mitstadt.spine.places import ChosenPlace
from mitstadt.ui.forms import DateInput, LongText
from mitstadt.ui.places.fields import PlaceField
from mitstadt.ui.uploads.fields import UploadsField


@dataclass(frozen=True)
class RowOfAnswers:
    """One line of a question that has several: what it is about, and what may be chosen in it."""

    key: str
    words: str
    options: tuple[tuple[str, str], ...] = ()
    type: str = "text"


class RowsWidget(forms.Widget):
    """Several lines, each with a small field or a choice of its own; its value is what was sent, by line."""

    template_name = "ui/sheets/widgets/rows.html"
    use_fieldset = True

    def __init__(self, rows: Sequence[RowOfAnswers]) -> None:
        super().__init__()
        self.rows = rows

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        """What was sent for each line."""
        return {row.key: str(data.get(f"{name}-{row.key}") or "") for row in self.rows}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether no line was sent."""
        return not any(f"{name}-{row.key}" in data for row in self.rows)

    def id_for_label(self, id_: str) -> str:
        """The first control."""
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        first = context["widget"]["attrs"].get("id", name)
        context["widget"]["rows"] = [
            {"row": row, "value": given.get(row.key, ""), "id": f"{first}_{number}"}
            for number, row in enumerate(self.rows)
        ]
        return context


class NumberWidget(forms.TextInput):
    """A number as people write it, with its unit behind it."""

    template_name = "ui/sheets/widgets/number.html"

    def __init__(self, unit: str, *, decimals: int) -> None:
        mode = "decimal" if decimals else "numeric"
        super().__init__(attrs={"inputmode": mode, "autocomplete": "off", "class": "kern-form-input__input"})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws."""
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class PlainField(forms.Field):
    """A field that hands on what was sent, for the check."""

    def clean(self, value: Any) -> Any:
        """What was sent."""
        return value


class SheetPlaceField(PlaceField):
    """A place as plain data."""

    def clean(self, value: Any) -> Any:
        """Its words, and its point or area where one was chosen."""
        place = super().clean(value)
        return _plain_place(place) if place else None


class SheetFileField(UploadsField):
    """Files as plain data."""

    def clean(self, value: Any) -> Any:
        """Key and description of each."""
        return [{"key": one.file.key, "description": one.description} for one in super().clean(value)]


def field_of(sheet: q.Sheet, question: q.Question, language: str) -> forms.Field:
    """The field of this question in this language."""
    field = _made(question, language)
    field.label = question.asks.spoken_in(language)
    field.required = question.required
    own_hint = str(field.help_text) if isinstance(field, SheetFileField) else ""
    field.help_text = _hint(sheet, question, language, own_hint)
    return field


def _made(question: q.Question, language: str) -> forms.Field:
    match question:
        case q.Place():
            return SheetPlaceField(required=False)
        case q.File():
            return SheetFileField(most=question.most)
        case q.LongText():
            field = PlainField(widget=LongText(rows=5))
        case q.ShortText():
            field = PlainField(widget=forms.TextInput(attrs={"autocomplete": "off"}))
        case q.Number():
            field = PlainField(widget=NumberWidget(question.unit.spoken_in(language), decimals=question.decimals))
        case q.Moment():
            field = PlainField(widget=_moment_widget(question))
        case q.SeveralOf():
            field = PlainField(widget=forms.CheckboxSelectMultiple(choices=_choices(question, language)))
        case q.Ranking() | q.Points() | q.Matrix():
            field = PlainField(widget=RowsWidget(_rows(question, language)))
        case _:
            field = PlainField(widget=forms.RadioSelect(choices=[*_choices(question, language), *_none(question)]))
    if isinstance(question, q.LongText):
        field.max_length = question.most  # type: ignore[attr-defined]  # read by the template that tells the length
        field.widget.attrs["maxlength"] = str(question.most)
    return field


def _choices(question: q.Question, language: str) -> list[tuple[str, str]]:
    return [(option.key, f"{option.picture} {option.words}".strip()) for option in options_of(question, language)]


def _none(question: q.Question) -> list[tuple[str, str]]:
    """Without a script nobody can take back a choice, where there is no choice for that."""
    return [] if question.required else [("", _("keine Angabe"))]


def _rows(question: q.Question, language: str) -> list[RowOfAnswers]:
    if isinstance(question, q.Matrix):
        options = (*_choices(question, language), *_none(question))
        return [RowOfAnswers(row.key, row.words.spoken_in(language), options) for row in question.rows]
    return [RowOfAnswers(key, words) for key, words in _choices(question, language)]


def _moment_widget(question: q.Moment) -> forms.Widget:
    if question.parts == q.MomentParts.DATE:
        return DateInput()
    if question.parts == q.MomentParts.TIME:
        return forms.TimeInput(attrs={"type": "time"})
    return RowsWidget([RowOfAnswers("date", _("Tag"), type="date"), RowOfAnswers("time", _("Uhrzeit"), type="time")])


def _hint(sheet: q.Sheet, question: q.Question, language: str, own: str) -> str:
    told = [condition_words(sheet, condition, language) for condition in question.only_if]
    told += [question.help.spoken_in(language), _how(question), own]
    if question.why:
        told.append(_("Warum wir fragen: %(why)s") % {"why": question.why.spoken_in(language)})
    lines = [(line,) for line in told if line]
    return format_html("{}", format_html_join("", "<p>{}</p>", lines)) if lines else ""


def _how(question: q.Question) -> str:
    if isinstance(question, q.SeveralOf):
        most = _("Sie können höchstens %(most)s wählen.") % {"most": question.most}
        return most if question.most else _("Sie können mehrere wählen.")
    if isinstance(question, q.Ranking):
        return _("Schreiben Sie eine 1 an das Wichtigste, dann 2, bis %(most)s.") % {"most": question.places}
    if isinstance(question, q.Points):
        return _("Verteilen Sie %(total)s Punkte, so wie Sie wollen.") % {"total": question.total}
    return ""


def _plain_place(place: ChosenPlace) -> dict[str, Any]:
    told: dict[str, Any] = {"words": place.words[:MOST_PLACE_WORDS], "precision": str(place.precision)}
    if place.area:
        told["area"] = place.area.slug
    if place.point:
        told["point"] = list(place.point)
    return told
