"""Whether answers are answers: the one check for the web, the desk, the telephone and every import.

What comes in is what a door has: typed words, a chosen key, a list of keys, or typed words by row. What goes out is
plain data that JSON holds: a key, keys in the order of the sheet or of the person, numbers, ISO dates, words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from mitstadt.ground.sheets.options import options_of
from mitstadt.ground.sheets.questions import (
    Choosing,
    Condition,
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
    ShortText,
    Stance,
)
from mitstadt.ground.words import clean_words

Answers = Mapping[str, Any]
MOST_PLACE_WORDS = 200
_LONGEST_NUMBER = 18


class AnswerFaultError(ValueError):
    """What is wrong with an answer, in a sentence for the one who gave it."""

    @property
    def sentence(self) -> str:
        """The sentence."""
        return str(self.args[0])


@dataclass(frozen=True)
class Checked:
    """Sound answers by question, and a sentence for each question whose answer is missing or none."""

    answers: dict[str, Any]
    faults: dict[str, str]


def checked(sheet: Sheet, raw: Answers) -> Checked:
    """All answers checked in the order of the sheet. What is not asked, since its condition fails, is let go."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for question in sheet.questions:
        if not is_asked(question, answers):
            continue
        try:
            answer = answer_of(question, raw.get(question.key))
        except AnswerFaultError as fault:
            faults[question.key] = fault.sentence
        else:
            if answer is not None:
                answers[question.key] = answer
    return Checked(answers, faults)


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the conditions of this question hold with these sound answers."""
    return all(_holds(condition, answers.get(condition.question)) for condition in question.only_if)


def answer_of(question: Question, raw: object) -> Any:
    """The sound answer, or None where there is none. Raises `AnswerFaultError`, also where one is required."""
    answer = None if _is_empty(raw) else _CHECKS[question.KIND](question, raw)
    if question.required and _is_empty(answer):
        raise AnswerFaultError(_("Hier fehlt noch Ihre Antwort."))
    return None if _is_empty(answer) else answer


def _holds(condition: Condition, answer: Any) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(str(one) in condition.any_of for one in given if one is not None)


def _is_empty(raw: object) -> bool:
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(_is_empty(value) for value in raw.values())
    return raw is None or raw == [] or raw == ()


def _one_of(question: Question, raw: object) -> str:
    key = _text(raw)
    if key not in {option.key for option in options_of(question, "de")}:
        raise AnswerFaultError(_("Wählen Sie eine der Antworten, die hier stehen."))
    return key


def _scale(question: Scale, raw: object) -> int:
    return int(_one_of(question, str(raw) if isinstance(raw, int) else raw))


def _several_of(question: SeveralOf, raw: object) -> list[str]:
    chosen = _keys(question, raw)
    most = question.most or len(question.choices)
    if len(chosen) > most:
        raise AnswerFaultError(_("Das sind zu viele. Wählen Sie höchstens %(most)s.") % {"most": most})
    if len(chosen) < question.least:
        raise AnswerFaultError(_("Wählen Sie mindestens %(least)s.") % {"least": question.least})
    return [choice.key for choice in question.choices if choice.key in chosen]


def _keys(question: Choosing, raw: object) -> list[str]:
    known = {choice.key for choice in question.choices}
    keys = [_text(one) for one in (raw if isinstance(raw, list | tuple) else [raw])]
    if not known.issuperset(keys):
        raise AnswerFaultError(_("Wählen Sie aus den Antworten, die hier stehen."))
    if len(set(keys)) < len(keys):
        raise AnswerFaultError(_("Eine Antwort steht zweimal da."))
    return keys


def _number(question: Number, raw: object) -> int | float:
    number = _decimal(raw)
    if number != round(number, question.decimals):
        raise AnswerFaultError(
            _("Schreiben Sie höchstens %(count)s Stellen hinter dem Komma.") % {"count": question.decimals}
            if question.decimals
            else _("Schreiben Sie eine ganze Zahl.")
        )
    _within(number, question.lowest, question.highest)
    return float(number) if question.decimals else int(number)


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AnswerFaultError(_("Schreiben Sie eine Zahl."))
    typed = re.sub(r"[\s’']", "", str(raw))
    if "," in typed:
        typed = re.sub(r"\.(?=\d{3}(\D|$))", "", typed).replace(",", ".")
    if not re.fullmatch(r"[+\-−]?\d+(\.\d*)?", typed, re.ASCII) or len(typed) > _LONGEST_NUMBER:
        raise AnswerFaultError(_("Schreiben Sie eine Zahl, zum Beispiel 12 oder 3,5."))
    try:
        return Decimal(typed.replace("−", "-"))
    except InvalidOperation as error:  # pragma: no cover  # the pattern above lets none through
        raise AnswerFaultError(_("Schreiben Sie eine Zahl.")) from error


def _within(number: Decimal, lowest: int | None, highest: int | None) -> None:
    if lowest is not None and number < lowest:
        raise AnswerFaultError(_("Die Zahl ist zu klein. Die kleinste ist %(least)s.") % {"least": lowest})
    if highest is not None and number > highest:
        raise AnswerFaultError(_("Die Zahl ist zu groß. Die größte ist %(most)s.") % {"most": highest})


_DATE = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)\Z", re.ASCII),
    re.compile(r"(?P<d>\d\d?)[. ]\s*(?P<m>\d\d?)[. ]\s*(?P<y>\d{4})\Z", re.ASCII),
    re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})\Z", re.ASCII),
)
_TIME = re.compile(r"(?P<h>\d\d?)[:.]?(?P<m>\d\d)(:\d\d)?( Uhr)?\Z", re.ASCII)


def _moment(question: Moment, raw: object) -> str:
    if question.parts == MomentParts.DATE:
        return _date(raw).isoformat()
    if question.parts == MomentParts.TIME:
        return f"{_time(raw):%H:%M}"
    if isinstance(raw, str):
        day, _sign, hour = raw.strip().replace("T", " ").rpartition(" ")
        raw = {"date": day, "time": hour}
    parts: Mapping[str, object] = raw if isinstance(raw, Mapping) else {}
    return f"{_date(parts.get('date')).isoformat()}T{_time(parts.get('time')):%H:%M}"


def _date(raw: object) -> dt.date:
    typed = raw.strip() if isinstance(raw, str) else ""
    for pattern in _DATE:
        if found := pattern.match(typed):
            try:
                return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise AnswerFaultError(_("Schreiben Sie ein Datum, zum Beispiel 3.5.2026."))


def _time(raw: object) -> dt.time:
    found = _TIME.match(raw.strip()) if isinstance(raw, str) else None
    try:
        if found:
            return dt.time(int(found["h"]), int(found["m"]))
    except ValueError:
        pass
    raise AnswerFaultError(_("Schreiben Sie eine Uhrzeit, zum Beispiel 14:30."))


def _written(question: ShortText | LongText, raw: object) -> str:
    words = clean_words(_text(raw)).strip()
    if isinstance(question, ShortText):
        words = " ".join(words.split())
    if len(words) > question.most:
        over = len(words) - question.most
        raise AnswerFaultError(_("Das sind %(over)s Zeichen zu viel.") % {"over": over})
    return words


def _place(_question: Place, raw: object) -> dict[str, Any]:
    parts: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"words": raw}
    told: dict[str, Any] = {"words": " ".join(clean_words(_text(parts.get("words") or "")).split())}
    if len(told["words"]) > MOST_PLACE_WORDS:
        raise AnswerFaultError(_("Sagen Sie kürzer, wo es ist."))
    for name in ("area", "precision"):
        if value := _text(parts.get(name) or ""):
            told[name] = value[:120]
    if point := parts.get("point"):
        told["point"] = _point(point)
    return told


def _point(raw: object) -> list[float]:
    try:
        lon, lat = (float(one) for one in raw)  # type: ignore[attr-defined]  # what is no pair is refused below
    except (TypeError, ValueError) as error:
        raise AnswerFaultError(_("Das ist kein Punkt auf der Karte.")) from error
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise AnswerFaultError(_("Das ist kein Punkt auf der Karte."))
    return [lon, lat]


def _file(question: File, raw: object) -> list[dict[str, str]]:
    files: list[Any] = list(raw) if isinstance(raw, list | tuple) else [raw]
    if len(files) > question.most or not all(isinstance(one, Mapping) and one.get("key") for one in files):
        raise AnswerFaultError(_("Diese Dateien können wir nicht annehmen."))
    return [{name: _text(one.get(name) or "") for name in ("key", "description")} for one in files]


def _ranking(question: Ranking, raw: object) -> list[str]:
    keys = _keys(question, _by_place(question, raw) if isinstance(raw, Mapping) else raw)
    if len(keys) > question.places:
        raise AnswerFaultError(_("Vergeben Sie höchstens %(most)s Plätze.") % {"most": question.places})
    return keys


def _by_place(question: Ranking, raw: Mapping[str, Any]) -> list[str]:
    """The keys in order, where a place was typed at each; the same place twice, or a gap, is said."""
    places = {int(_whole(typed)): key for key, typed in raw.items() if not _is_empty(typed)}
    count = sum(not _is_empty(typed) for typed in raw.values())
    if len(places) < count:
        raise AnswerFaultError(_("Ein Platz ist zweimal vergeben. Jeder Platz geht nur einmal."))
    if sorted(places) != list(range(1, count + 1)):
        raise AnswerFaultError(_("Beginnen Sie bei Platz 1, und lassen Sie keinen Platz aus."))
    return [places[place] for place in sorted(places)]


def _matrix(question: Matrix, raw: object) -> dict[str, str]:
    given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    known, columns = {row.key for row in question.rows}, {choice.key for choice in question.choices}
    chosen = {str(key): _text(value) for key, value in given.items() if not _is_empty(value)}
    if not (known.issuperset(chosen) and columns.issuperset(chosen.values())) or not chosen:
        raise AnswerFaultError(_("Wählen Sie in jeder Zeile eine der Antworten, die hier stehen."))
    if question.required and len(chosen) < len(known):
        raise AnswerFaultError(_("Eine Zeile hat noch keine Antwort."))
    return {row.key: chosen[row.key] for row in question.rows if row.key in chosen}


def _points(question: Points, raw: object) -> dict[str, int]:
    given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    points = {str(key): int(_whole(typed)) for key, typed in given.items() if not _is_empty(typed)}
    if not {choice.key for choice in question.choices}.issuperset(points):
        raise AnswerFaultError(_("Verteilen Sie die Punkte auf das, was hier steht."))
    used = sum(points.values())
    if used > question.total:
        told = {"used": used, "total": question.total}
        raise AnswerFaultError(_("Das sind %(used)s Punkte. Sie haben %(total)s.") % told)
    if question.required and used < question.total:
        raise AnswerFaultError(_("Es sind noch %(left)s Punkte übrig.") % {"left": question.total - used})
    return {choice.key: points[choice.key] for choice in question.choices if points.get(choice.key)}


def _whole(raw: object) -> Decimal:
    number = _decimal(raw)
    if number != int(number) or number < 0:
        raise AnswerFaultError(_("Schreiben Sie eine ganze Zahl."))
    return number


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise AnswerFaultError(_("Diese Antwort können wir nicht lesen."))
    return raw


_CHECKS: dict[str, Callable[[Any, Any], Any]] = {
    OneOf.KIND: _one_of,
    SeveralOf.KIND: _several_of,
    Scale.KIND: _scale,
    Number.KIND: _number,
    Moment.KIND: _moment,
    ShortText.KIND: _written,
    LongText.KIND: _written,
    Place.KIND: _place,
    File.KIND: _file,
    Ranking.KIND: _ranking,
    Matrix.KIND: _matrix,
    Stance.KIND: _one_of,
    Points.KIND: _points,
}
