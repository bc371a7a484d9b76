"""The forms of a host: what is typed, never the rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.organisations.queries import at_work
from mitstadt.spine import formats
from mitstadt.spine.actions.records import MOST_IN_A_REASON
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Channel, Commitment, Phase, Process, Visibility
from mitstadt.spine.queries.decisions import bodies_for
from mitstadt.spine.texts import LEVELS_IN_A_SENTENCE, OPENED_DEEDS
from mitstadt.ui.forms import DateInput, LongText

_MOST = 4_000
MOST_CODES = 500
_EARLIEST, _LATEST = 2000, 2200


class DayField(forms.DateField):
    """A day that a city can plan with; a slip of the year is said."""

    def validate(self, value: Any) -> None:
        """Refuse what is no day of our time."""
        super().validate(value)
        if value and not _EARLIEST <= value.year <= _LATEST:
            raise forms.ValidationError(_("Prüfen Sie das Jahr: %(year)s.") % {"year": value.year})


class BodyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the types alone
    """Who decides, out of the organisations that can; the form says which."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("queryset", Organisation.objects.none())
        super().__init__(to_field_name="slug", empty_label=_("bitte wählen"), **options)

    def label_from_instance(self, obj: Organisation) -> str:
        """The name, and at which level it decides."""
        return f"{obj.name} ({obj.get_level_display()})" if obj.level else obj.name


class HostForm(forms.Form):
    """For whom a process is prepared."""

    organisation = forms.ChoiceField(
        label=pgettext_lazy("office", "Stelle"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, für welche Stelle Sie das vorbereiten.")},
    )

    def __init__(self, organisations: Sequence[Organisation], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type alone
        field.choices = [(one.slug, one.name) for one in organisations]


class QuestionForm(forms.Form):
    """The question and what it is about."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    title = forms.CharField(
        label=_("Die Frage"),
        max_length=300,
        error_messages={"required": _("Die Frage fehlt noch.")},
    )
    body = forms.CharField(
        label=_("Worum es geht"),
        help_text=_("Drei bis fünf Sätze: Was ist der Anlass, wen betrifft es, warum jetzt?"),
        max_length=_MOST,
        widget=LongText(rows=6),
        error_messages={"required": _("Schreiben Sie in ein paar Sätzen, worum es geht.")},
    )


class WordsForm(forms.Form):
    """One part of the commitment in words."""

    value = forms.CharField(label=_("Ihre Antwort"), max_length=_MOST, widget=LongText(rows=6))


class LevelForm(forms.Form):
    """How far people have a say."""

    value = forms.ChoiceField(
        label=_("Stufe"),
        widget=forms.RadioSelect,
        choices=[(level.value, words) for level, words in LEVELS_IN_A_SENTENCE.items()],
    )


class BodyForm(forms.Form):
    """Who decides in the end."""

    value = BodyField(
        label=_("Wer entscheidet"), error_messages={"required": _("Wählen Sie, wer am Ende entscheidet.")}
    )

    def __init__(self, process: Process, **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["value"]
        assert isinstance(field, BodyField)  # noqa: S101  # for the type alone
        field.queryset = bodies_for(process.host)


class DecisionDayForm(forms.Form):
    """The day on which the decision is to fall, where it is known."""

    value = DayField(
        label=_("Tag der Sitzung oder der Entscheidung"),
        help_text=_("Lassen Sie es leer, wenn der Tag noch nicht feststeht."),
        widget=DateInput(),
    )


class DayForm(forms.Form):
    """The day by which everyone has an answer."""

    value = DayField(label=_("Tag"), widget=DateInput())


class AccessForm(forms.Form):
    """What one needs in order to take part."""

    access = forms.ChoiceField(label=_("Zugang"), choices=Access.choices, widget=forms.RadioSelect)


class CareForm(forms.Form):
    """Who looks at what is said, and when."""

    four_eyes = forms.BooleanField(
        label=_("Zwei Menschen entscheiden, wenn etwas ausgeblendet wird"),
        help_text=_("Empfohlen bei Themen, über die gestritten wird."),
        required=False,
    )
    checks_first = forms.BooleanField(
        label=_("Jeder Beitrag wird gelesen, bevor er erscheint"),
        help_text=_("Das bremst und kostet Arbeit. Wählen Sie es nur, wenn es sein muss."),
        required=False,
    )


class VisibilityForm(forms.Form):
    """Who reads what is published in a room."""

    visibility = forms.ChoiceField(
        label=_("Zu lesen"), choices=Visibility.choices, widget=forms.RadioSelect, initial=Visibility.PUBLIC.value
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("Welche Stellen lesen mit?"),
        help_text=_("Wer hier eine Aufgabe hat, liest in jedem Fall."),
        queryset=at_work(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Named offices belong to an internal room alone."""
        data = self.cleaned_data
        if data.get("readers") and data.get("visibility") == Visibility.PUBLIC:
            self.add_error("readers", _("Wenn alle lesen, müssen Sie keine Stelle nennen. Nehmen Sie die Kreuze weg."))
        return data


class FurtherHostForm(forms.Form):
    """Which organisation invites as well."""

    organisation = forms.ModelChoiceField(
        label=pgettext_lazy("office", "Stelle"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=_("bitte wählen"),
    )

    def __init__(self, host_ids: Collection[int], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type alone
        field.queryset = at_work().exclude(pk__in=host_ids)


class PartForm(forms.Form):
    """A part with its format and its first stretch of time; both days count in full."""

    format = forms.ChoiceField(label=_("Weg"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Name"), max_length=120)
    first_day = DayField(label=_("Erster Tag"), widget=DateInput())
    last_day = DayField(label=_("Letzter Tag"), help_text=_("Er zählt noch ganz, bis Mitternacht."), widget=DateInput())

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type alone
        declared = formats.all_formats()
        field.choices = [(one.key, f"{one.name}: {one.summary}") for one in declared]
        if len(declared) == 1:
            field.initial = declared[0].key
            self.fields["title"].initial = str(declared[0].name)


class PartFactsForm(forms.Form):
    """What a part is called, who takes part in it and how it works; the settings of its format are added."""

    title = forms.CharField(label=_("Name"), max_length=120)
    body = forms.CharField(label=_("Worum es geht"), max_length=_MOST, widget=LongText(rows=4), required=False)
    access = forms.ChoiceField(label=_("Zugang"), choices=Access.choices, widget=forms.RadioSelect)
    checks_first = forms.BooleanField(
        label=_("Jeder Beitrag wird gelesen, bevor er erscheint"),
        help_text=_("Das bremst und kostet Arbeit. Wählen Sie es nur, wenn es sein muss."),
        required=False,
    )


class PhaseForm(forms.Form):
    """One more stretch of time of a part, and what it opens."""

    title = forms.CharField(label=_("Name der Phase"), max_length=120)
    first_day = DayField(label=_("Erster Tag"), widget=DateInput())
    last_day = DayField(label=_("Letzter Tag"), help_text=_("Er zählt noch ganz, bis Mitternacht."), widget=DateInput())
    deeds = forms.MultipleChoiceField(
        label=_("Was man in dieser Phase tun kann"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens eines.")},
    )

    def __init__(self, opened: Collection[Deed], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["deeds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type alone
        field.choices = [(deed.value, words) for deed, words in OPENED_DEEDS.items() if deed in opened]
        field.initial = [value for value, _words in field.choices]


class MovePhaseForm(forms.Form):
    """New days for a phase."""

    first_day = DayField(label=_("Erster Tag"), widget=DateInput())
    last_day = DayField(label=_("Letzter Tag"), help_text=_("Er zählt noch ganz."), widget=DateInput())


class ChangeForm(forms.Form):
    """Why a commitment changes; the value's own field is added by its part."""

    reason = forms.CharField(
        label=_("Warum ändern Sie das?"),
        help_text=_("Alle lesen vorher, nachher und diesen Grund."),
        max_length=2_000,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )


class CodesForm(forms.Form):
    """How many codes are printed, and for which way."""

    count = forms.IntegerField(
        label=_("Wie viele Codes?"),
        help_text=_("Höchstens 500 auf einmal."),
        min_value=1,
        max_value=MOST_CODES,
        initial=24,
    )
    channel = forms.ChoiceField(
        label=_("Wo werden sie ausgegeben?"),
        choices=[
            (channel.value, channel.label)
            for channel in (Channel.PAPER, Channel.STAND, Channel.WORKSHOP, Channel.SCHOOL, Channel.DESK)
        ],
    )


class RevokeBatchForm(forms.Form):
    """Why codes that were printed together are no longer to hold."""

    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Sie steht im öffentlichen Protokoll, etwa: Papierstau, oder: Stapel verloren."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=2),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )


class RevokeCodeForm(RevokeBatchForm):
    """Which single code."""

    code = forms.CharField(
        label=_("Teilnahmecode"),
        help_text=_("16 Zeichen in vier Gruppen, wie auf dem Bogen."),
        max_length=120,
        error_messages={"required": _("Der Code fehlt noch. Er steht auf dem Bogen oder Beleg.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "field--code"}),
    )
    field_order = ("code", "reason")


def moment_of(day: date) -> datetime:
    """The first moment of a day, where the city is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The end of a day, exclusive."""
    return moment_of(day + timedelta(days=1))


def days_of(phase: Phase) -> dict[str, date]:
    """The first and the last day of a phase."""
    return {"first_day": timezone.localdate(phase.opens_at), "last_day": timezone.localdate(phase.last_moment)}


def value_form_for(process: Process, field: str, *, data: Any, initial: dict[str, Any]) -> forms.Form:
    """The form in which a part of the commitment is written."""
    if field == "decided_by_id":
        return BodyForm(process, data=data, initial=initial)
    kind = {"level": LevelForm, "answer_by": DayForm, "decides_on": DecisionDayForm}.get(field, WordsForm)
    form = kind(data=data, initial=initial)
    form.fields["value"].required = field in Commitment.FIELDS
    return form


def said_in(form: forms.Form) -> Any:
    """What the form of a part says, as the column keeps it."""
    value = form.cleaned_data["value"]
    return value.slug if isinstance(value, Organisation) else value
