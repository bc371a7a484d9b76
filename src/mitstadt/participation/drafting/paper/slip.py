"""The sheet of a text: what the slip behind the printed text asks, and what the desk keys from it."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from mitstadt.ground.sheets.questions import Choice, LongText, OneOf, Section, Sheet, ShortText
from mitstadt.ground.sheets.words import said
from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.spine.actions.records import MOST_CHARACTERS


@lru_cache(maxsize=1)
def slip_sheet() -> Sheet:
    """Which passage, what kind of word, the words themselves."""
    title = said(_("Ihr Beitrag zum Text"))
    questions = (
        ShortText(key="passage", asks=said(_("Absatz")), most=40),
        OneOf(
            key="form",
            asks=said(_("Art")),
            choices=tuple(Choice(key=form.value, words=said(form.label)) for form in ContributionForm),
        ),
        LongText(key="body", asks=said(_("Worte, oder der Grund")), most=MOST_CHARACTERS),
        LongText(key="wording", asks=said(_("Neuer Wortlaut")), most=MOST_CHARACTERS),
    )
    return Sheet(key="text_slip", title=title, sections=(Section(key="text", title=title, questions=questions),))
