"""The answers that a question permits, with their words: what is ticked, keyed, spoken and counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override

from mitstadt.ground.sheets.questions import Choosing, Condition, Question, Scale, Sheet, Stance


@dataclass(frozen=True)
class Option:
    """One permitted answer: its key, its words in one language, its picture."""

    key: str
    words: str
    picture: str = ""


def options_of(question: Question, language: str) -> tuple[Option, ...]:
    """What may be chosen, in order; empty where people write."""
    if isinstance(question, Choosing):
        return tuple(Option(c.key, c.words.spoken_in(language), c.picture) for c in question.choices)
    if isinstance(question, Scale):
        return tuple(Option(str(step), _step_words(question, step, language)) for step in question.steps)
    if isinstance(question, Stance):
        return tuple(Option(key, words) for key, words in zip(Stance.ANSWERS, _stances(language), strict=True))
    return ()


def condition_words(sheet: Sheet, condition: Condition, language: str) -> str:
    """The condition as a sentence that one may read on paper: “Nur wenn Sie bei Frage 3 … gewählt haben.”"""
    question = sheet.question(condition.question)
    if question is None:
        return ""
    words = {option.key: option.words for option in options_of(question, language)}
    chosen = [words.get(key, key) for key in condition.any_of]
    with override(language):
        joined = gettext(" oder ").join(f"„{word}“" for word in chosen)
        return gettext("Nur wenn bei Frage %(number)s: %(answers)s") % {
            "number": sheet.numbers[condition.question],
            "answers": joined,
        }


def _step_words(scale: Scale, step: int, language: str) -> str:
    ends = {scale.lowest: scale.low_words, scale.highest: scale.high_words}
    return f"{step} – {ends[step].spoken_in(language)}" if step in ends else str(step)


def _stances(language: str) -> tuple[str, str, str]:
    with override(language):
        return gettext("Ich stimme zu"), gettext("Ich stimme nicht zu"), gettext("Dazu sage ich nichts")
