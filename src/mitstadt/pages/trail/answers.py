"""The answers on a trail: each with its day, and what held before it was changed."""

from __future__ import annotations

from dataclasses import replace

from django.utils import formats, timezone
from django.utils.translation import gettext

from mitstadt.spine.models import Answer, AnswerDecision
from mitstadt.spine.queries.trails import Trail, TrailStep
from mitstadt.ui.comments import shown_author
from mitstadt.ui.parts import State, Step


class Answers:
    """All answers to a record in time: the last one holds."""

    def __init__(self, trail: Trail) -> None:
        self._given = [(step, step.answer) for step in trail.steps if step.answer and step.leads_here]

    def told(self, step: TrailStep, given: Answer) -> Step:
        """One answer as a step; a changed one says what was said before, one that no longer holds says until when."""
        place = next((at for at, (one, _given) in enumerate(self._given) if one is step), 0)
        later = self._given[place + 1 :]
        who = shown_author(step.other) if step.other else ""
        shown = Step(title=self._title(place, who, given), state=State.DONE, at=step.at, quote=given.body)
        return replace(shown, text=_until(later[0][0])) if later else shown

    def _title(self, place: int, who: str, given: Answer) -> str:
        decision = AnswerDecision(given.decision).label
        if not place:
            return gettext("%(who)s hat geantwortet: %(decision)s.") % {"who": who, "decision": decision}
        before = AnswerDecision(self._given[place - 1][1].decision).label
        sentence = gettext("%(who)s hat die Antwort geändert: %(decision)s. Vorher: %(before)s.")
        return sentence % {"who": who, "decision": decision, "before": before}


def _until(step: TrailStep) -> str:
    day = formats.date_format(timezone.localtime(step.at), "DATE_FORMAT")
    return gettext("Das galt bis %(day)s.") % {"day": day}
