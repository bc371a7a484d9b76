"""What many answers add up to: a sentence with the finding, a table, and bars to draw. Few people are never shown.

Reads the answers one by one and keeps numbers alone. A count of fewer than `MINIMUM` people is not told; and where one
hidden number could be found by subtraction, the next smallest is hidden with it (`hidden_together`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mitstadt.ground.sheets.checking import Answers, is_asked
from mitstadt.ground.sheets.options import options_of
from mitstadt.ground.sheets.questions import (
    Choosing,
    Matrix,
    Points,
    Question,
    Ranking,
    Scale,
    SeveralOf,
    Sheet,
    Stance,
)

MINIMUM = 5


@dataclass(frozen=True)
class Bar:
    """One line of a table and of its picture; None is a number that is kept back, since too few people stand behind."""

    key: str
    words: str
    count: int | None
    percent: int | None


@dataclass(frozen=True)
class Finding:
    """What came of one question, or of one row of a matrix."""

    key: str
    title: str
    sentence: str
    answered: int | None
    asked: int | None
    bars: tuple[Bar, ...] = ()
    measure: str = ""


@dataclass
class Tally:
    """Counts answers as they come; as large as the sheet, however many there are."""

    sheet: Sheet
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    people: dict[str, Counter[str]] = field(default_factory=dict)
    given: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, answers: Answers) -> None:
        """Count one person's sound answers."""
        for question in self.sheet.questions:
            if not is_asked(question, answers):
                continue
            self.asked[question.key] += 1
            if question.key in answers:
                self.answered[question.key] += 1
                self._count(question, answers[question.key])

    def _count(self, question: Question, answer: Any) -> None:
        for name, parts in _counted(question, answer):
            people = self.people.setdefault(name, Counter())
            people.update(part for part, weight in parts.items() if weight)
            self.given.setdefault(name, Counter()).update(parts)


def tally(sheet: Sheet, all_answers: Iterable[Answers]) -> Tally:
    """The counts of all these answers, read once."""
    counts = Tally(sheet)
    for answers in all_answers:
        counts.add(answers)
    return counts


def findings(counts: Tally, language: str, *, minimum: int = MINIMUM) -> list[Finding]:
    """What came of each question, in its order; for words that people wrote, how many wrote.

    A question that was asked only after an answer whose number is kept back says nothing: its own would give it away.
    """
    told: list[Finding] = []
    kept_back: dict[str, set[str]] = {}
    with override(language):
        for question in counts.sheet.questions:
            gives_away = any(kept_back.get(one.question, set()) & set(one.any_of) for one in question.only_if)
            own = [
                _too_few(name, title) if gives_away else _finding(counts, question, name, title, language, minimum)
                for name, title in _tables(question, language)
            ]
            kept_back[question.key] = _kept_back(question, own)
            told += own
    return told


def _kept_back(question: Question, told: Sequence[Finding]) -> set[str]:
    shown = {bar.key for finding in told for bar in finding.bars if bar.count is not None}
    return {option.key for option in options_of(question, "de")} - shown


def hidden_together(counts: Sequence[int], total: int, *, minimum: int, adds_up: bool) -> list[int | None]:
    """The counts without those below the minimum, and without those that would give a hidden one away.

    Where the counts add up to a total that is told, a hidden rest of fewer than `minimum` people, or a single hidden
    number, is found by subtraction: then the smallest that is still told goes, too. A count so close to the total that
    fewer than `minimum` others remain tells about those others.
    """
    shown: list[int | None] = [_open(count, total, minimum) for count in counts]
    while adds_up and _gives_away(counts, shown, minimum):
        told = [(count, place) for place, count in enumerate(shown) if count]
        if not told:
            break
        shown[min(told)[1]] = None
    return shown


def _open(count: int, total: int, minimum: int) -> int | None:
    is_small = 0 < count < minimum
    leaves_few = 0 < total - count < minimum
    return None if is_small or leaves_few else count


def _gives_away(counts: Sequence[int], shown: Sequence[int | None], minimum: int) -> bool:
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < minimum)


def _counted(question: Question, answer: Any) -> list[tuple[str, dict[str, int]]]:
    """What one answer adds: for each table its parts, with their weights."""
    match question:
        case Matrix():
            return [(f"{question.key}.{row}", {key: 1}) for row, key in answer.items()]
        case SeveralOf():
            return [(question.key, dict.fromkeys(answer, 1))]
        case Ranking():
            return [(question.key, {key: question.places - place for place, key in enumerate(answer)})]
        case Points():
            return [(question.key, dict(answer))]
        case Choosing() | Scale() | Stance():
            return [(question.key, {str(answer): 1})]
    return []


def _tables(question: Question, language: str) -> list[tuple[str, str]]:
    """Name and title of each table of a question: one, or one a row."""
    asks = question.asks.spoken_in(language)
    if isinstance(question, Matrix):
        return [(f"{question.key}.{row.key}", f"{asks} {row.words.spoken_in(language)}") for row in question.rows]
    return [(question.key, asks)]


def _too_few(name: str, title: str) -> Finding:
    return Finding(name, title, _("Dazu haben zu wenige geantwortet. Wir zeigen nichts davon."), None, None)


def _finding(counts: Tally, question: Question, name: str, title: str, language: str, minimum: int) -> Finding:
    people = counts.people.get(name, Counter())
    total = people.total() if isinstance(question, Matrix) else counts.answered[question.key]
    asked = counts.asked[question.key]
    if total < minimum:
        return _too_few(name, title)
    shown_asked = asked if asked == total or asked - total >= minimum else None
    options = options_of(question, language)
    if not options:
        wrote = ngettext("%(n)s Mensch hat geantwortet.", "%(n)s Menschen haben geantwortet.", total) % {"n": total}
        return Finding(name, title, wrote, total, shown_asked)
    weighs = isinstance(question, Ranking | Points)
    rows = [(option.key, option.words, people.get(option.key, 0)) for option in options]
    # Shares of a weight add up as answers do; several answers of one person do not.
    bars = _bars(rows, total, minimum, adds_up=not isinstance(question, SeveralOf))
    if weighs:
        bars = _weighed(bars, counts.given.get(name, Counter()), total)
    return Finding(name, title, _sentence(question, bars, total), total, shown_asked, tuple(bars), _measure(question))


def _bars(rows: Sequence[tuple[str, str, int]], total: int, minimum: int, *, adds_up: bool) -> list[Bar]:
    shown = hidden_together([count for _key, _words, count in rows], total, minimum=minimum, adds_up=adds_up)
    return [
        Bar(key, words, count, None if count is None else round(100 * count / total))
        for (key, words, _count), count in zip(rows, shown, strict=True)
    ]


def _weighed(bars: Sequence[Bar], given: Mapping[str, int], total: int) -> list[Bar]:
    """The same bars with what was given a head, where enough people gave."""
    whole = sum(given.values()) or 1
    return [
        bar if bar.count is None else Bar(bar.key, bar.words, bar.count, round(100 * given.get(bar.key, 0) / whole))
        for bar in bars
    ]


def _sentence(question: Question, bars: Sequence[Bar], total: int) -> str:
    known = [bar for bar in bars if bar.percent is not None]
    if not known:
        return _("%(total)s Menschen haben geantwortet. Die einzelnen Zahlen sind zu klein, um sie zu zeigen.") % {
            "total": total
        }
    first = max(known, key=lambda bar: bar.percent or 0)
    told = {"words": first.words, "percent": first.percent, "total": total, "count": first.count}
    if isinstance(question, Points | Ranking):
        return _("Vorn liegt „%(words)s“ mit %(percent)s Prozent des Gewichts, bei %(total)s Antworten.") % told
    if isinstance(question, SeveralOf):
        return _("Am häufigsten: „%(words)s“, genannt von %(count)s der %(total)s, die geantwortet haben.") % told
    return _("Am häufigsten: „%(words)s“, %(percent)s Prozent von %(total)s Antworten.") % told


def _measure(question: Question) -> str:
    if isinstance(question, Ranking):
        return _("Gewicht der Plätze: der erste zählt am meisten.")
    return _("Anteil an allen Punkten.") if isinstance(question, Points) else ""
