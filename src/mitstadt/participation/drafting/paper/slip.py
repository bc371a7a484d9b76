"""The sheet of a text: what the slip behind the printed text asks, and what the desk keys from it."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.sheets.questions import Choice, LongText, OneOf, Question, Section, Sheet, ShortText
from mitstadt.ground.sheets.words import Words, said
from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.spine.actions.records import MOST_CHARACTERS


def _sheet(title: Words, lead: Words, *more: Question) -> Sheet:
    questions = (
        ShortText(key="passage", asks=said(_("Absatz")), most=40),
        OneOf(
            key="form",
            asks=said(_("Art")),
            choices=tuple(Choice(key=form.value, words=said(form.label)) for form in ContributionForm),
        ),
        LongText(key="body", asks=said(_("Worte, oder der Grund")), most=MOST_CHARACTERS, lines=13),
        LongText(
            key="wording",
            asks=said(_("Neuer Wortlaut")),
            help=said(_("Schreiben Sie die Stelle so, wie sie lauten soll.")),
            most=MOST_CHARACTERS,
            lines=10,
        ),
    )
    section = Section(key="slip", title=title, questions=(*questions, *more))
    return Sheet(key="text_slip", title=title, lead=lead, sections=(section,))


@lru_cache(maxsize=1)
def slip_sheet() -> Sheet:
    """Which passage, what kind of word, the words themselves: what the desk keys beside what every slip has."""
    return _sheet(said(_("Ihr Beitrag zum Text")), Words())


def printed_slip(section: str, numbers: str, *, asks_code: bool) -> Sheet:
    """The slip of one section, in the language that is active: with what every slip has besides."""
    title = Words.of({"de": gettext("Ihr Beitrag zum Abschnitt „%(section)s“") % {"section": section}})
    lead = gettext("Dieser Abschnitt hat die Stellen %(numbers)s.") % {"numbers": numbers}
    more = [
        ShortText(key="supports", asks=said(_("Ich unterstütze diese Beiträge (Kennzeichen)"))),
        ShortText(key="name", asks=said(_("Name, der dabei stehen soll (freiwillig)"))),
    ]
    if asks_code:
        more.append(ShortText(key="code", asks=said(_("Teilnahmecode, falls Sie einen haben"))))
    return _sheet(title, Words.of({"de": lead}), *more)
