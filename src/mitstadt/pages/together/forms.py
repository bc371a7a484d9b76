"""Forms of writing together, merging and splitting."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.refs import parse_ref
from mitstadt.spine.actions.records import MOST_IN_A_REASON
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Record
from mitstadt.ui.forms import LongText


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Warum?"),
        help_text=_("Ein Satz. Alle lesen ihn, auch die, die es schrieben."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )


class InvitationForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Code der Einladung"),
        help_text=_("Vier Gruppen zu vier Zeichen, zum Beispiel ABCD-EFGH-JKMN-PQRS."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Der Code fehlt. Er steht auf der Einladung.")},
    )


class SpeakForm(forms.Form):
    """As whom one stands at a text."""

    def __init__(self, actor: Actor, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own arguments
        offices = Organisation.objects.filter(pk__in=actor.organisation_ids).order_by("name")
        if offices:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Für wen sprechen Sie?"),
                choices=[("", _("Für mich")), *((str(one.pk), one.name) for one in offices)],
                required=False,
            )

    @property
    def organisation_id(self) -> int | None:
        """The organisation that was chosen."""
        chosen = self.cleaned_data.get("organisation", "")
        return int(chosen) if chosen else None


class MergeForm(forms.Form):
    """Which records go on in this one, and why."""

    refs = forms.MultipleChoiceField(
        label=_("Was soll hierin aufgehen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("Andere Kennzeichen"),
        help_text=_("Mit Leerzeichen getrennt, zum Beispiel 7K3Q-M9XD."),
        required=False,
        max_length=1_000,
    )
    reason = _reason()

    def __init__(self, near: Collection[Record], labels: Collection[str], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["refs"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [(record.ref, label) for record, label in zip(near, labels, strict=True)]
        if not near:
            del self.fields["refs"]
            self.fields["more"].label = _("Kennzeichen der Einträge")

    def clean_more(self) -> list[str]:
        """The refs that were typed, in any spelling."""
        read = [parse_ref(word) for word in self.cleaned_data["more"].replace(",", " ").split()]
        if not all(isinstance(one, str) for one in read):
            raise forms.ValidationError(_("Ein Kennzeichen stimmt nicht. Vergleichen Sie es mit dem Eintrag."))
        return [str(one) for one in read]

    @property
    def chosen(self) -> list[str]:
        """All refs, ticked or typed, each once."""
        return list(dict.fromkeys([*self.cleaned_data.get("refs", []), *self.cleaned_data["more"]]))


class SeparateForm(forms.Form):
    """Why two records are parted again."""

    reason = _reason()


class SplitForm(forms.Form):
    """The text with marks where one piece ends, and why."""

    text = forms.CharField(
        label=_("Der Text mit seinen Teilen"),
        help_text=_("Setzen Sie eine Zeile mit drei Strichen (---) zwischen die Teile. Jedes Wort bleibt stehen."),
        widget=LongText(rows=12),
        error_messages={"required": _("Der Text fehlt. Laden Sie die Seite neu.")},
    )
    reason = _reason()
