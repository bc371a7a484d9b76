"""A sound answer in words: for checking one's answers, for comparing two entries, for files that people read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, override

from mitstadt.ground.sheets.options import options_of
from mitstadt.ground.sheets.questions import File, Matrix, Moment, Number, Place, Points, Question, Ranking, SeveralOf


def told(question: Question, answer: Any, language: str) -> str:
    """What was answered, in this language; a line for each part. Empty where nothing was."""
    if answer is None:
        return ""
    words = {option.key: option.words for option in options_of(question, language)}
    with override(language):
        match question:
            case SeveralOf():
                return "\n".join(words[key] for key in answer)
            case Ranking():
                return "\n".join(f"{place}. {words[key]}" for place, key in enumerate(answer, 1))
            case Points():
                return "\n".join(f"{words[key]}: {points}" for key, points in answer.items())
            case Matrix():
                rows = {row.key: row.words.spoken_in(language) for row in question.rows}
                return "\n".join(f"{rows[row]}: {words[key]}" for row, key in answer.items())
            case Number():
                return f"{formats.localize(answer)} {question.unit.spoken_in(language)}".strip()
            case Moment():
                return _moment(answer)
            case Place():
                return answer["words"] or gettext("ein Ort auf der Karte")
            case File():
                return "\n".join(file["description"] or gettext("eine Datei") for file in answer)
    return words.get(str(answer), str(answer))


def _moment(answer: str) -> str:
    day, _sign, hour = answer.partition("T") if "-" in answer else ("", "", answer)
    shown = formats.date_format(dt.date.fromisoformat(day), "DATE_FORMAT") if day else ""
    return ", ".join(part for part in (shown, hour) if part)
