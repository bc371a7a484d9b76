"""Forms of a person's own pages."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.pages.people.names import DisplayNameField
from mitstadt.spine.actions.accounts import Settings
from mitstadt.spine.models import AlertKind

CONFIRMATION = _("löschen")


class CodeForm(forms.Form):
    """One field that forgives spaces, hyphens, small letters and letters that look alike."""

    code = forms.CharField(
        label=_("Teilnahmecode"),
        max_length=120,
        help_text=_("16 Zeichen in vier Gruppen. Groß oder klein, mit oder ohne Striche, ist gleich."),
        error_messages={"required": _("Der Code fehlt noch. Er steht auf Ihrem Bogen oder Beleg.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "field--code",
                "data-code": True,
            }
        ),
    )


class HouseForm(CodeForm):
    """The key of a house, typed as forgivingly as a code."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = self.fields["code"]
        field.label = _("Hauskennung")
        field.error_messages["required"] = _("Die Hauskennung fehlt noch. Fragen Sie in Ihrem Haus danach.")


class SettingsForm(forms.Form):
    """Name, language and how often we write."""

    field_order = ("display_name", "language", "digest_rhythm")
    language = forms.ChoiceField(label=_("Sprache der Seiten und Mails"), choices=settings.LANGUAGES)
    digest_rhythm = forms.ChoiceField(
        label=_("Wie oft sollen wir Ihnen schreiben?"),
        help_text=_("Eine Mail mit allem, was sich getan hat. Gibt es nichts Neues, kommt keine."),
        choices=[
            (DigestRhythm.WEEKLY.value, _("Höchstens einmal in der Woche")),
            (DigestRhythm.AT_ONCE.value, _("Sofort, in wenigen Minuten zusammen")),
            (DigestRhythm.DAILY.value, _("Höchstens einmal am Tag")),
            (DigestRhythm.OFF.value, _("Gar nicht")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, person: Person, data: QueryDict | None = None) -> None:
        initial = {
            "display_name": person.display_name,
            "language": person.language or settings.LANGUAGE_CODE,
            "digest_rhythm": person.digest_rhythm,
        }
        super().__init__(data, initial=initial)
        self.fields["display_name"] = DisplayNameField(person)
        self.order_fields(self.field_order)

    def settings(self) -> Settings:
        """What was chosen."""
        data = self.cleaned_data
        return Settings(data["display_name"], data["language"], DigestRhythm(data["digest_rhythm"]))


class AlertsForm(forms.Form):
    """What somebody with a task wants to hear by mail."""

    wanted = forms.MultipleChoiceField(
        label=_("Was möchten Sie per Mail hören?"),
        help_text=_("Höchstens eine Mail am Tag, mit allem zusammen. Gibt es nichts, kommt keine."),
        choices=[(one.value, one.label) for one in AlertKind if not one.is_always_told],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> list[AlertKind]:
        """What was chosen."""
        return [AlertKind(one) for one in self.cleaned_data["wanted"]]


class DeleteForm(forms.Form):
    """What shall happen with one's words, and the word that confirms it."""

    words = forms.ChoiceField(
        label=_("Was soll mit Ihren Beiträgen und Kommentaren geschehen?"),
        choices=[
            ("keep", _("Sie bleiben stehen, ohne Ihren Namen.")),
            ("erase", _("Sie werden gelöscht, überall und für immer.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was geschehen soll.")},
    )
    confirmation = forms.CharField(
        label=_("Tippen Sie zur Bestätigung: löschen"),
        max_length=40,
        error_messages={"required": _("Tippen Sie das Wort, damit nichts aus Versehen geschieht.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_confirmation(self) -> str:
        """The word, in any case."""
        typed = str(self.cleaned_data["confirmation"]).strip().casefold()
        if typed != str(CONFIRMATION).casefold():
            raise forms.ValidationError(_("Das ist ein anderes Wort. Es soll heißen: löschen"))
        return typed
