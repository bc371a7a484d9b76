"""Answers as files: CSV that a spreadsheet opens safely, JSON, and the codebook that explains both; row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets.checking import Answers, is_asked
from mitstadt.ground.sheets.options import condition_words, options_of
from mitstadt.ground.sheets.questions import File, Matrix, Number, Place, Points, Question, Ranking, SeveralOf, Sheet
from mitstadt.ground.sheets.stored import sheet_hash, sheet_json

# Behind each question: whether it was asked at all is told apart from an answer that was left open.
NOT_ASKED = "–"


class _Line:
    def write(self, line: str) -> str:
        return line


def csv_lines(
    sheet: Sheet, all_answers: Iterable[Answers], *, harmless: Callable[[str], str], mark: str
) -> Iterator[str]:
    """One line a person, one column a question or part of one. `harmless` disarms a cell, `mark` begins the file."""
    yield mark
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield writer.writerow([column for question in sheet.questions for column in columns_of(question)])
    for answers in all_answers:
        yield writer.writerow([harmless(cell) for question in sheet.questions for cell in _cells(question, answers)])


def json_lines(sheet: Sheet, all_answers: Iterable[Answers]) -> Iterator[str]:
    """The sheet, the hash that names it, and the answers, one on each line."""
    head = {"sheet": sheet_json(sheet), "hash": sheet_hash(sheet)}
    yield f'{_json(head)[:-1]},"answers":['
    for number, answers in enumerate(all_answers):
        yield f"{',' if number else ''}\n{_json({q.key: answers[q.key] for q in sheet.questions if q.key in answers})}"
    yield "]}\n"


def codebook_lines(sheet: Sheet, language: str, *, harmless: Callable[[str], str], mark: str) -> Iterator[str]:
    """A line for each value of each column: what was asked, what a value means, when it was asked."""
    with override(language):
        header = [_("Spalte"), _("Frage"), _("Art"), _("Bedingung"), _("Wert"), _("Bedeutung")]
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield mark
    yield writer.writerow(header)
    for question in sheet.questions:
        condition = " ".join(condition_words(sheet, one, language) for one in question.only_if)
        head = [question.asks.spoken_in(language), question.KIND, condition]
        for column, value, meaning in _values(question, language):
            yield writer.writerow([harmless(cell) for cell in (column, *head, value, meaning)])


def columns_of(question: Question) -> list[str]:
    """The columns of a question: one, or one for each of its parts."""
    return [f"{question.key}.{part}" for part in _parts(question)] or [question.key]


def _parts(question: Question) -> list[str]:
    if isinstance(question, Matrix):
        return [row.key for row in question.rows]
    if isinstance(question, SeveralOf | Ranking | Points):
        return [choice.key for choice in question.choices]
    return ["words", "area", "lon", "lat"] if isinstance(question, Place) else []


def _cells(question: Question, answers: Answers) -> list[str]:
    columns = columns_of(question)
    if not is_asked(question, answers):
        return [NOT_ASKED] * len(columns)
    answer = answers.get(question.key)
    if answer is None:
        return [""] * len(columns)
    return [_cell(value) for value in _spread(question, answer)]


def _spread(question: Question, answer: Any) -> list[Any]:
    match question:
        case SeveralOf():
            return [int(choice.key in answer) for choice in question.choices]
        case Ranking():
            return [answer.index(choice.key) + 1 if choice.key in answer else "" for choice in question.choices]
        case Matrix():
            return [answer.get(row.key, "") for row in question.rows]
        case Points():
            return [answer.get(choice.key, 0) for choice in question.choices]
        case Place():
            return [answer["words"], answer.get("area", ""), *answer.get("point", ("", ""))]
        case File():
            return [len(answer)]
    return [answer]


def _cell(value: Any) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _values(question: Question, language: str) -> list[tuple[str, str, str]]:
    """Column, value and meaning, for all that a column may hold."""
    with override(language):
        options = [(option.key, option.words) for option in options_of(question, language)]
        match question:
            case SeveralOf():
                return [(f"{question.key}.{key}", "1", words) for key, words in options]
            case Ranking():
                return [(f"{question.key}.{key}", _("Platz"), words) for key, words in options]
            case Points():
                return [(f"{question.key}.{key}", _("Punkte"), words) for key, words in options]
            case Matrix():
                rows = [(row.key, row.words.spoken_in(language)) for row in question.rows]
                return [
                    (f"{question.key}.{row}", key, f"{asks}: {words}") for row, asks in rows for key, words in options
                ]
            case Number():
                return [(question.key, _("Zahl"), question.unit.spoken_in(language))]
        plain = [(column, _("Angabe"), "") for column in columns_of(question)]
        return [(question.key, key, words) for key, words in options] or plain


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
