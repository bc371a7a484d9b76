"""The forms of what a host changes in public: what is typed, never the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.organisations.queries import at_work
from mitstadt.pages.host.forms import DayField, MovePhaseForm
from mitstadt.spine.actions.amendments import MOST_CHARACTERS
from mitstadt.spine.models import Access
from mitstadt.ui.forms import DateInput, LongText

_WHY = _("Warum?")


def reason_field(label: Any = _WHY) -> forms.CharField:
    """The reason that everyone reads."""
    return forms.CharField(
        label=label,
        help_text=_("Alle lesen diesen Grund, auch in Jahren noch. Ein oder zwei Sätze genügen."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )


class ReasonForm(forms.Form):
    """A change that needs nothing but its reason."""

    reason = reason_field()


class CorrectForm(forms.Form):
    """The question and what it is about."""

    title = forms.CharField(
        label=_("Die Frage"), max_length=300, error_messages={"required": _("Die Frage fehlt noch.")}
    )
    body = forms.CharField(
        label=_("Worum es geht"),
        max_length=4_000,
        widget=LongText(rows=6),
        error_messages={"required": _("Schreiben Sie in ein paar Sätzen, worum es geht.")},
    )
    reason = reason_field()


class AreaForm(forms.Form):
    """Another area, out of those that were found."""

    area = forms.ChoiceField(
        label=_("Gebiet"), widget=forms.RadioSelect, error_messages={"required": _("Wählen Sie ein Gebiet.")}
    )
    reason = reason_field()

    def __init__(self, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type alone
        field.choices = choices


class RoomCareForm(forms.Form):
    """Who decides on hiding."""

    four_eyes = forms.BooleanField(label=_("Zwei Menschen entscheiden, wenn etwas ausgeblendet wird"), required=False)
    reason = reason_field()


class PartCareForm(forms.Form):
    """Who takes part, and whether contributions are read first."""

    access = forms.ChoiceField(
        label=_("Zugang"),
        help_text=_("Was schon gesagt und unterstützt ist, bleibt und zählt."),
        choices=Access.choices,
        widget=forms.RadioSelect,
    )
    checks_first = forms.BooleanField(label=_("Jeder Beitrag wird gelesen, bevor er erscheint"), required=False)
    reason = reason_field()


class HandOverForm(forms.Form):
    """Which organisation goes on with it."""

    organisation = forms.ModelChoiceField(
        label=pgettext_lazy("office", "Stelle"),
        help_text=_("Wer sie leitet, stimmt zu; erst dann geht die Zusage auf sie über."),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=_("bitte wählen"),
        error_messages={"required": _("Wählen Sie, wer die Beteiligung weiterführt.")},
    )
    reason = reason_field()

    def __init__(self, host_id: int, **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type alone
        field.queryset = at_work().exclude(pk=host_id)


class EarlyEndForm(forms.Form):
    """Until when people still take part."""

    last_day = DayField(
        label=_("Letzter Tag zum Mitmachen"),
        help_text=_("Er zählt noch ganz; frühestens heute."),
        widget=DateInput(),
        error_messages={"required": _("Wählen Sie den letzten Tag.")},
    )
    reason = reason_field()

    def __init__(self, *, today: date, until: date, **options: Any) -> None:
        super().__init__(**options)
        self._today, self._until = today, until

    def clean_last_day(self) -> date:
        """A day that is still to come, and sooner than what was promised."""
        day: date = self.cleaned_data["last_day"]
        if day < self._today:
            raise forms.ValidationError(_("Dieser Tag ist vorbei. Frühestens endet es heute."))
        if day >= self._until:
            told = {"until": date_format(self._until, "DATE_FORMAT")}
            raise forms.ValidationError(_("Ohnehin endet es am %(until)s. Wählen Sie einen Tag davor.") % told)
        return day


class MoveOpenPhaseForm(MovePhaseForm):
    """New days for a phase that everyone has read of."""

    reason = reason_field()
