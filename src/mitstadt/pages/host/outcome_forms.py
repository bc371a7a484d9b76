"""The one form in which a host says what came of a process: when it closes, and when that is corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.files.api import OFFICE, PICTURES, Accepted
from mitstadt.ground.organisations.models import Organisation
from mitstadt.pages.host.change_forms import reason_field
from mitstadt.pages.host.forms import BodyField, DayField
from mitstadt.spine.actions.outcomes import MOST_CHARACTERS, Outcome
from mitstadt.spine.models import Decision, Process
from mitstadt.spine.queries.decisions import bodies_for
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.forms import DateInput, LongText
from mitstadt.ui.uploads.fields import UploadsField

_MOST_FILES = 4


class OutcomeForm(AssistedForm):
    """Who decided what, when, and where it can be read; a reason where somebody is owed one."""

    sentence = forms.CharField(
        label=_("Was wurde entschieden?"),
        help_text=_("In einem Satz, so wie Sie es am Gartenzaun sagen würden. Er steht oben auf der Seite."),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=3),
        error_messages={"required": _("Der Satz fehlt noch: Was kam heraus?")},
    )
    decided_by = BodyField(
        label=_("Wer hat entschieden?"), error_messages={"required": _("Wählen Sie, wer entschieden hat.")}
    )
    decided_on = DayField(
        label=_("Wann?"), widget=DateInput(), error_messages={"required": _("Der Tag der Entscheidung fehlt noch.")}
    )
    link = forms.URLField(
        label=_("Adresse des Beschlusses"),
        help_text=_("Wo der Beschluss im Wortlaut steht, wenn es eine solche Seite gibt."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Das ist keine Adresse einer Seite. Sie beginnt mit https://.")},
    )
    documents = UploadsField(
        label=_("Beschluss und Bilder"), accepted=Accepted(kinds=OFFICE | PICTURES), most=_MOST_FILES, captions=True
    )

    def __init__(self, process: Process, *, reason_label: Any = "", **options: Any) -> None:
        super().__init__(**options)
        body = self.fields["decided_by"]
        assert isinstance(body, BodyField)  # noqa: S101  # for the type alone
        body.queryset = bodies_for(process.host)
        if reason_label:
            self.fields["reason"] = reason_field(reason_label)

    @property
    def outcome(self) -> Outcome:
        """The answers as the actions take them."""
        data = self.cleaned_data
        body: Organisation = data["decided_by"]
        return Outcome(data["sentence"], body, data["decided_on"], data["link"], data["documents"])


def known_of(decision: Decision) -> dict[str, object]:
    """What stands there now, to be corrected."""
    return {
        "sentence": decision.body,
        "decided_by": decision.decided_by_id,
        "decided_on": decision.decided_on,
        "link": decision.link,
    }
