"""What moderation does in a story: reports, verdicts with a reason, appeals."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from mitstadt.spine.actions.moderation import appeal, decide, decide_appeal, report
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import ModerationCase, ModerationVerdict, Record, ReportReason
from mitstadt.spine.stage import AppealScript, Reactions, ReportScript, VerdictScript

if TYPE_CHECKING:
    from mitstadt.site.demo.telling import Telling

_REPORT_WITHIN_DAYS = 0.3


def plan(telling: Telling, script: Reactions, made: Record, author: Actor, *, now: datetime) -> None:
    """Put reports, the verdict and the appeal about it on the timeline."""
    verdict, calendar = script.verdict, telling.calendar
    end = calendar.at(verdict.day, 7) if verdict else telling.end
    for told in script.reports:
        telling.timeline.at(
            telling.before_the_end(now, days=_REPORT_WITHIN_DAYS, end=end), partial(_report, telling, told, made)
        )
    if verdict is None:
        return
    telling.timeline.at(calendar.at(verdict.day, 9, 40), partial(_decide, telling, verdict, verdict.by, made))
    if verdict.second_by:
        telling.timeline.at(
            calendar.at(verdict.second_day, 10, 15), partial(_decide, telling, verdict, verdict.second_by, made)
        )
    if script.appeal:
        telling.timeline.at(calendar.at(verdict.day + 1, 19, 20), partial(_appeal, script.appeal, made, author))
        telling.timeline.at(calendar.at(script.appeal.day, 14), partial(_decide_appeal, telling, script.appeal, made))


def _report(telling: Telling, told: ReportScript, made: Record, now: datetime) -> None:
    actor = telling.residents.actor(told.by)
    report(made, actor=actor, reason=ReportReason(told.reason), text=told.text, now=now)


def _decide(telling: Telling, told: VerdictScript, by: str, made: Record, now: datetime) -> None:
    decide(
        ModerationCase.objects.get(record=made, decided_at=None),
        actor=telling.residents.actor(by),
        verdict=ModerationVerdict(told.verdict),
        rule=told.rule,
        reason=told.reason,
        now=now,
    )


def _appeal(told: AppealScript, made: Record, author: Actor, now: datetime) -> None:
    case = ModerationCase.objects.select_related("record").get(record=made)
    appeal(case, actor=author, text=told.text, now=now)


def _decide_appeal(telling: Telling, told: AppealScript, made: Record, now: datetime) -> None:
    case = ModerationCase.objects.select_related("appeal").get(record=made)
    decide_appeal(
        case.appeal,
        actor=telling.residents.actor(told.by),
        upheld=told.upheld,
        reason=told.reason,
        now=now,
    )
