"""From what a clerk typed to the slip that is entered, or to sentences at the fields."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.pages.desk.forms import SlipForm
from mitstadt.participation.drafting.actions.contributions import Said
from mitstadt.participation.drafting.actions.entering import Slip
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Passage
from mitstadt.participation.drafting.queries.slips import contributions_by_ref, passage_named, typed_refs
from mitstadt.spine.models import Channel


def read_slip(form: SlipForm, text: CoText) -> Slip | None:
    """The slip, or None with every error at its field."""
    data = form.cleaned_data
    passage, said = _said(form, text)
    supported = _supported(form, text)
    if form.errors:
        return None
    return Slip(
        key=data["submission_key"],
        channel=Channel(data["channel"]),
        passage=passage,
        said=said,
        supported=supported,
        code=data["code"],
    )


def _said(form: SlipForm, text: CoText) -> tuple[Passage | None, Said | None]:
    data = form.cleaned_data
    kind = ContributionForm(data["form"])
    if not (data["body"] or data["wording"]):
        if kind == ContributionForm.WORDING:
            form.add_error("wording", _("Der neue Wortlaut fehlt."))
        return None, None
    if kind != ContributionForm.WORDING and data["wording"]:
        form.add_error("form", _("Es steht ein neuer Wortlaut da. Wählen Sie „Textvorschlag“."))
    passage = passage_named(text, data["passage"]) if data["passage"] else None
    if passage is None:
        known = _("Diesen Absatz gibt es nicht. Die Nummer steht am Rand des Textes.")
        form.add_error("passage", known if data["passage"] else _("Zu welchem Absatz? Die Nummer fehlt."))
        return None, None
    language = (get_language() or "de")[:12]
    return passage, Said(form=kind, body=data["body"], wording=data["wording"], language=language)


def _supported(form: SlipForm, text: CoText) -> list[Contribution]:
    typed = typed_refs(form.cleaned_data["supports"])
    for word in typed.misread:
        form.add_error("supports", _("„%(word)s“ ist kein Kennzeichen. Prüfen Sie die Zeichen.") % {"word": word})
    found = contributions_by_ref(text, typed.refs) if typed.refs else {}
    for ref in typed.refs:
        if ref not in found:
            form.add_error("supports", _("%(ref)s ist hier kein öffentlicher Beitrag.") % {"ref": ref})
    return list(found.values())
