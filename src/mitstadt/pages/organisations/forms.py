"""The forms of those who lead an organisation: what is typed, never the rules."""

from __future__ import annotations

from dataclasses import asdict, fields

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.contact import Contact
from mitstadt.ground.organisations.models import Article, Level, OrganisationKind, StepFree
from mitstadt.spine.actions.organisations import OrganisationFacts, level_of
from mitstadt.spine.actions.records import MOST_IN_A_REASON
from mitstadt.ui.forms import LongText


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
    level = forms.ChoiceField(
        label=_("Wo sie entscheidet"),
        help_text=_("Nur wer etwas entscheidet, kann in einer Zusage genannt werden."),
        choices=[("", _("nirgends: Sie fragt oder redet mit")), *Level.choices],
        required=False,
    )
    article = forms.ChoiceField(
        label=_("Der Name in einem Satz"),
        help_text=_("Damit steht da: „Das Bezirksamt Mitte antwortet“."),
        choices=Article.choices,
        required=False,
    )
    person = forms.CharField(
        label=_("Ansprechperson"),
        help_text=_("Wer Fragen beantwortet. Der Name ist öffentlich."),
        max_length=120,
        required=False,
    )
    phone = forms.RegexField(
        r"^[+\d][\d ()/-]{4,38}$",
        label=_("Telefon"),
        required=False,
        error_messages={"invalid": _("Schreiben Sie die Nummer mit Ziffern, etwa 030 9018 0.")},
    )
    mail = forms.EmailField(label=_("E-Mail"), required=False)
    street = forms.CharField(
        label=_("Anschrift"), help_text=_("Straße, Nummer, Ort und Raum."), max_length=200, required=False
    )
    step_free = forms.ChoiceField(
        label=_("Kommt man stufenlos hinein?"), choices=[("", _("bitte wählen")), *StepFree.choices], required=False
    )
    hours = forms.CharField(
        label=_("Zeiten"), help_text=_("Wann jemand da ist oder abhebt."), max_length=200, required=False
    )
    more = forms.CharField(label=_("Was sonst hilft"), max_length=300, required=False)
    answers_take_two = forms.BooleanField(
        label=_("Antworten unterschreibt eine zweite Person"),
        help_text=_("Wer eine Antwort entwirft, macht sie dann nicht selbst öffentlich. Alle lesen, dass es so ist."),
        required=False,
    )

    @property
    def facts(self) -> OrganisationFacts:
        """The answers as the action takes them."""
        data = self.cleaned_data
        contact = Contact(**{one.name: data[one.name] for one in fields(Contact)})
        return OrganisationFacts(
            data["name"],
            OrganisationKind(data["kind"]),
            contact,
            level_of(data["level"]),
            Article(data["article"]),
            data["answers_take_two"],
        )


def known_of(facts: OrganisationFacts) -> dict[str, object]:
    """What stands there now, to be changed."""
    return {
        "name": facts.name,
        "kind": facts.kind,
        "level": facts.level or "",
        "article": facts.article,
        "answers_take_two": facts.answers_take_two,
        **asdict(facts.contact),
    }


class EndForm(forms.Form):
    """Why an organisation goes, is closed, or comes back."""

    reason = forms.CharField(
        label=_("Warum?"),
        help_text=_("Alle lesen diesen Grund. Ein Satz genügt, etwa: aus Versehen doppelt angelegt."),
        max_length=MOST_IN_A_REASON,
        widget=LongText(rows=3),
        error_messages={"required": _("Die Begründung fehlt. Schreiben Sie in einem Satz, warum.")},
    )
