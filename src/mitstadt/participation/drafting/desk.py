"""How a slip about a text is typed, entered and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mitstadt.ground.sheets.questions import Sheet
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText
from mitstadt.participation.drafting.paper.slip import slip_sheet
from mitstadt.participation.drafting.queries.slips import passage_choices, passage_named
from mitstadt.spine.actors import Actor
from mitstadt.spine.formats import Desk, SlipLine
from mitstadt.spine.models import Part, Record
from mitstadt.ui.sheets.keying import SheetSlipForm
from mitstadt.ui.slips import SlipForm, language_of_desk

_PASSAGES = "absaetze"


class TextSlipForm(SheetSlipForm):
    """A slip about a passage of a text: the sheet that is printed behind it."""

    # Nobody types a whole text twice the same; it is read against the paper when it is saved.
    second_entry_every = 0

    def __init__(self, part: Part, **options: Any) -> None:
        super().__init__(part, **options)
        self.fields["passage"].widget.attrs["list"] = _PASSAGES

    def sheet_of(self, part: Part) -> Sheet:
        """The sheet of every text."""
        return slip_sheet()

    def clean(self) -> dict[str, Any]:
        """Words belong to a passage, and a new wording is one; the passage is looked up by number or ref."""
        data = super().clean()
        kind, typed = data.get("form"), data.get("passage") or ""
        data["passage"] = None
        if not (data.get("body") or data.get("wording")):
            if kind == ContributionForm.WORDING:
                self.add_error("wording", _("Der neue Wortlaut fehlt."))
            return data
        if kind != ContributionForm.WORDING and data.get("wording"):
            self.add_error("form", _("Es steht ein neuer Wortlaut da. Wählen Sie „Wortlaut“."))
        data["passage"] = passage_named(_text(self), typed) if typed else None
        if data["passage"] is None:
            unknown = _("Diese Stelle gibt es nicht. Die Nummer steht am Rand des Textes.")
            self.add_error("passage", unknown if typed else _("Zu welcher Stelle? Die Nummer fehlt."))
        return data

    def choices_of(self) -> dict[str, list[tuple[str, str]]]:
        """Number and beginning of every passage."""
        return {_PASSAGES: passage_choices(_text(self))}


def _text(form: SlipForm) -> CoText:
    return CoText.objects.get(pk=form.part.pk)


def say(form: TextSlipForm, speaker: Actor, clerk: Actor, now: datetime) -> Record | None:
    """Contribute what stands on the slip; nothing where it only supports others."""
    data = form.cleaned_data
    if data["passage"] is None:
        return None
    return contribute(
        data["passage"],
        actor=speaker,
        said=Said(
            form=ContributionForm(data["form"] or ContributionForm.COMMENT),
            body=data["body"] or "",
            wording=data["wording"] or "",
            language=language_of_desk(),
        ),
        now=now,
        submission_key=data["submission_key"],
        entered_by=clerk,
    )


def lines(keys: Sequence[int]) -> Mapping[int, SlipLine]:
    """What these contributions say, each in a line; one query."""
    rows = Contribution.objects.filter(pk__in=keys).select_related("passage")
    return {
        row.pk: SlipLine(row.passage.number, str(ContributionForm(row.form).label), row.wording or row.body)
        for row in rows
    }


DESK = Desk(
    form=TextSlipForm,
    say=say,
    lines=lines,
    faults={"wording_unchanged": "wording", "text_missing": "body", "nothing_on_the_slip": "body"},
)
