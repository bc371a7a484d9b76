"""What makes a sheet one that cannot be asked; each fault with its place and a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.sheets.options import options_of
from mitstadt.ground.sheets.questions import (
    MOST_LONG,
    MOST_SHORT,
    Choice,
    Choosing,
    File,
    LongText,
    Matrix,
    Number,
    Points,
    Question,
    Ranking,
    Scale,
    SeveralOf,
    Sheet,
    ShortText,
)
from mitstadt.ground.sheets.words import SOURCE, Words

MOST_QUESTIONS, MOST_CHOICES, MOST_STEPS, MOST_FILES, MOST_POINTS, MOST_WORDS = 200, 60, 11, 5, 1_000, 2_000
MOST_LINES = 20
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")

SENTENCES: dict[str, str | Promise] = {
    "version": _("Das ist kein Bogen, den wir lesen können."),
    "shape": _("Hier steht etwas anderes, als hierher gehört."),
    "unknown": _("Diese Angabe kennen wir nicht."),
    "missing": _("Diese Angabe fehlt."),
    "kind": _("Diese Art von Frage gibt es nicht."),
    "key": _("Ein Schlüssel besteht aus kleinen Buchstaben, Ziffern und Unterstrichen."),
    "twice": _("Dieser Schlüssel steht schon an anderer Stelle."),
    "words": _("Hier fehlen Worte, oder es sind zu viele."),
    "empty": _("Hier fehlt noch eine Frage."),
    "too_many": _("So viele Fragen oder Antworten passen auf keinen Bogen."),
    "choices": _("Zum Wählen braucht es mindestens zwei Antworten."),
    "bounds": _("Diese Grenzen passen nicht zueinander."),
    "condition": _("Die Bedingung nennt keine frühere Frage, oder keine ihrer Antworten."),
}


class SheetFaultError(ValueError):
    """A sheet that cannot be asked: where, and why in a sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path or '/'}: {reason}")
        self.path, self.reason = path, reason

    @property
    def sentence(self) -> str:
        """What is wrong, for the one who writes the sheet."""
        return str(SENTENCES[self.reason])


def faults_of(sheet: Sheet) -> list[SheetFaultError]:
    """Everything that stands in the way of asking this sheet."""
    return list(_faults(sheet))


def require_sound(sheet: Sheet) -> None:
    """Raise the first fault."""
    for fault in _faults(sheet):
        raise fault


def _faults(sheet: Sheet) -> Iterator[SheetFaultError]:
    yield from _keys([sheet.key], "/key")
    yield from _words(sheet.title, "/title")
    yield from _words(sheet.lead, "/lead", may_be_empty=True)
    yield from _keys([section.key for section in sheet.sections], "/sections")
    yield from _keys([question.key for question in sheet.questions], "/sections")
    if not 0 < len(sheet.questions) <= MOST_QUESTIONS:
        yield SheetFaultError("/sections", "too_many" if sheet.questions else "empty")
        return
    earlier: dict[str, frozenset[str]] = {}
    for number, section in enumerate(sheet.sections):
        path = f"/sections/{number}"
        yield from _words(section.title, f"{path}/title")
        yield from _words(section.lead, f"{path}/lead", may_be_empty=True)
        if not section.questions:
            yield SheetFaultError(path, "empty")
        for place, question in enumerate(section.questions):
            yield from _question(question, f"{path}/questions/{place}", earlier)
            earlier[question.key] = frozenset(option.key for option in options_of(question, SOURCE))


def _question(question: Question, path: str, earlier: dict[str, frozenset[str]]) -> Iterator[SheetFaultError]:
    yield from _words(question.asks, f"{path}/asks")
    for name in ("help", "why"):
        yield from _words(getattr(question, name), f"{path}/{name}", may_be_empty=True)
    for condition in question.only_if:
        if not condition.any_of or not set(condition.any_of) <= earlier.get(condition.question, frozenset()):
            yield SheetFaultError(f"{path}/only_if", "condition")
    if isinstance(question, Choosing):
        yield from _choices(question.choices, f"{path}/choices", fewest=2)
    if isinstance(question, Matrix):
        yield from _choices(question.rows, f"{path}/rows", fewest=1)
    if not _bounds_fit(question):
        yield SheetFaultError(path, "bounds")


def _choices(choices: Sequence[Choice], path: str, *, fewest: int) -> Iterator[SheetFaultError]:
    if len(choices) < fewest:
        yield SheetFaultError(path, "choices")
    if len(choices) > MOST_CHOICES:
        yield SheetFaultError(path, "too_many")
    yield from _keys([choice.key for choice in choices], path)
    for choice in choices:
        yield from _words(choice.words, path)
        if len(choice.picture) > _LONGEST_EMOJI:
            yield SheetFaultError(path, "words")


_LONGEST_EMOJI = 8


def _keys(keys: Sequence[str], path: str) -> Iterator[SheetFaultError]:
    for place, key in enumerate(keys):
        if not _KEY.match(key):
            yield SheetFaultError(f"{path}/{place}", "key")
        if key in keys[:place]:
            yield SheetFaultError(f"{path}/{place}", "twice")


def _words(words: Words, path: str, *, may_be_empty: bool = False) -> Iterator[SheetFaultError]:
    texts = [text for _language, text in words.texts]
    is_missing = not texts and not may_be_empty
    if is_missing or any(not text.strip() or len(text) > MOST_WORDS for text in texts):
        yield SheetFaultError(path, "words")


def _bounds_fit(question: Question) -> bool:
    match question:
        case SeveralOf():
            most = question.most or len(question.choices)
            return 0 <= question.least <= most <= len(question.choices)
        case Scale():
            return 1 < len(question.steps) <= MOST_STEPS and question.lowest >= 0
        case Number():
            ends = [end for end in (question.lowest, question.highest) if end is not None]
            return 0 <= question.decimals <= 4 and ends == sorted(ends)
        case ShortText():
            return 0 < question.most <= MOST_SHORT
        case LongText():
            return 0 < question.most <= MOST_LONG and 0 <= question.lines <= MOST_LINES
        case File():
            return 0 < question.most <= MOST_FILES
        case Ranking():
            return 0 < question.places <= len(question.choices)
        case Points():
            return 0 < question.total <= MOST_POINTS
    return True
