"""The desk's way: each answer is one line of numbers and words, closed by Enter; and the same numbers on the telephone.

What may be chosen is numbered from 1 in the order of the sheet. `2` chooses one, `1 3 4` (or `1,3,4`) several or a
ranking, a matrix takes one number a row (`0` for none), points one amount a choice. Dates are `03052026`, times `1430`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets.checking import AnswerFaultError, Answers
from mitstadt.ground.sheets.options import condition_words, options_of
from mitstadt.ground.sheets.questions import (
    Choosing,
    File,
    LongText,
    Matrix,
    Moment,
    MomentParts,
    Number,
    OneOf,
    Place,
    Points,
    Question,
    Ranking,
    Scale,
    SeveralOf,
    Sheet,
    Stance,
)
from mitstadt.ground.sheets.telling import told


@dataclass(frozen=True)
class Spoken:
    """One question as it is read out or keyed: what is asked, how to answer, and the numbered answers."""

    key: str
    number: int
    condition: str
    asks: str
    help: str
    why: str
    how: str
    answers: tuple[tuple[str, str], ...]
    rows: tuple[str, ...] = ()


def script(sheet: Sheet, language: str) -> list[Spoken]:
    """The whole sheet as one reads it out on the telephone, and as the desk keys it."""
    return [_spoken(sheet, question, language) for question in sheet.questions]


def raw_of(question: Question, typed: str) -> Any:
    """What the check takes, from a keyed line. Raises `AnswerFaultError` for a number that stands for nothing."""
    line = typed.strip()
    if not line or isinstance(question, Number | LongText | Place):
        return line
    match question:
        case Scale():
            return line
        case OneOf() | Stance():
            return _option(question, line)
        case SeveralOf() | Ranking():
            return [_option(question, word) for word in _numbers(line)]
        case Matrix():
            rows = [row.key for row in question.rows]
            return {row: _option(question, word) for row, word in _by_row(rows, _numbers(line)) if word != "0"}
        case Points():
            return dict(_by_row([choice.key for choice in question.choices], _numbers(line)))
    return line


def line_of(question: Question, answer: Any) -> str:
    """The line that would be keyed for this sound answer: what stands in the field again when one corrects it."""
    if answer is None:
        return ""
    numbers = {option.key: str(place) for place, option in enumerate(options_of(question, "de"), 1)}
    match question:
        case OneOf() | Stance():
            return numbers[answer]
        case SeveralOf() | Ranking():
            return " ".join(numbers[key] for key in answer)
        case Matrix():
            return " ".join(numbers[answer[row.key]] if row.key in answer else "0" for row in question.rows)
        case Points():
            return " ".join(str(answer.get(choice.key, 0)) for choice in question.choices)
        case Place():
            return str(answer["words"])
        case File():
            return ""
    return str(answer).replace("T", " ")


@dataclass(frozen=True)
class Difference:
    """A question that two entries of the same slip answer differently."""

    key: str
    number: int
    asks: str
    first: str
    second: str


def differences(sheet: Sheet, first: Answers, second: Answers, language: str) -> list[Difference]:
    """Where two entries of one slip differ, in the order of the sheet, in words."""
    return [
        Difference(
            question.key,
            sheet.numbers[question.key],
            question.asks.spoken_in(language),
            told(question, first.get(question.key), language),
            told(question, second.get(question.key), language),
        )
        for question in sheet.questions
        if first.get(question.key) != second.get(question.key)
    ]


# No question has more options than this many digits count.
_MOST_DIGITS = 4


def _option(question: Question, word: str) -> str:
    options = options_of(question, "de")
    if word in {option.key for option in options}:
        return word
    if not word.isascii() or not word.isdigit() or len(word) > _MOST_DIGITS or not 0 < int(word) <= len(options):
        raise AnswerFaultError(_("„%(word)s“ steht hier für nichts. Es gibt 1 bis %(most)s.") % _told(word, options))
    return options[int(word) - 1].key


def _told(word: str, options: tuple[object, ...]) -> dict[str, object]:
    return {"word": word[:20], "most": len(options)}


def _numbers(line: str) -> list[str]:
    return [word for word in re.split(r"[\s,;+/]+", line) if word]


def _by_row(rows: list[str], words: list[str]) -> list[tuple[str, str]]:
    if len(words) == 1 < len(rows) == len(words[0]) and words[0].isdigit():
        words = list(words[0])
    if len(words) != len(rows):
        told = {"given": len(words), "wanted": len(rows)}
        raise AnswerFaultError(_("Hier gehören %(wanted)s Zahlen hin, es sind %(given)s.") % told)
    return list(zip(rows, words, strict=True))


def _spoken(sheet: Sheet, question: Question, language: str) -> Spoken:
    with override(language):
        options = options_of(question, language)
        numbered = () if isinstance(question, Scale) else enumerate(options, 1)
        answers = tuple((str(place), option.words) for place, option in numbered)
        rows = question.rows if isinstance(question, Matrix) else ()
        return Spoken(
            key=question.key,
            number=sheet.numbers[question.key],
            condition=" ".join(condition_words(sheet, one, language) for one in question.only_if),
            asks=question.asks.spoken_in(language),
            help=question.help.spoken_in(language),
            why=question.why.spoken_in(language),
            how=_how(question, language),
            answers=answers,
            rows=tuple(row.words.spoken_in(language) for row in rows),
        )


def _how(question: Question, language: str) -> str:
    match question:
        case SeveralOf() if question.most:
            return _("Sie können höchstens %(most)s Antworten nennen.") % {"most": question.most}
        case SeveralOf():
            return _("Sie können mehrere Antworten nennen.")
        case Scale():
            ends = question.low_words.spoken_in(language), question.high_words.spoken_in(language)
            numbers = {"lowest": question.lowest, "highest": question.highest, "low": ends[0], "high": ends[1]}
            return _("Nennen Sie eine Zahl von %(lowest)s (%(low)s) bis %(highest)s (%(high)s).") % numbers
        case Number() if question.unit:
            return _("Nennen Sie eine Zahl, in %(unit)s.") % {"unit": question.unit.spoken_in(language)}
        case Ranking():
            return _("Nennen Sie zuerst, was Ihnen am wichtigsten ist. Es gibt %(most)s Plätze.") % {
                "most": question.places
            }
        case Matrix():
            return _("Nennen Sie für jede Zeile eine Antwort.")
        case Points():
            return _("Verteilen Sie %(total)s Punkte.") % {"total": question.total}
    return _plain_how(question)


def _plain_how(question: Question) -> str:
    if isinstance(question, Moment):
        return {
            MomentParts.DATE: _("Nennen Sie Tag, Monat und Jahr."),
            MomentParts.TIME: _("Nennen Sie die Uhrzeit."),
            MomentParts.BOTH: _("Nennen Sie Tag, Monat, Jahr und die Uhrzeit."),
        }[question.parts]
    if isinstance(question, Choosing | Stance):
        return _("Nennen Sie eine der Antworten.")
    if isinstance(question, File):
        return _("Fotos und Dateien gehen nur im Netz oder auf Papier.")
    return _("Nennen Sie eine Zahl.") if isinstance(question, Number) else _("Antworten Sie in eigenen Worten.")
