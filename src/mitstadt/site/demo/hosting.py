"""What the host does in a story: prepare, promise, open, answer, keep the promise or change it, close."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db.models import prefetch_related_objects

from mitstadt.site.demo.reading import AnswerScript, CancelScript, ChangeScript, NewsScript, ReminderScript
from mitstadt.site.demo.residents import office_hours
from mitstadt.site.demo.telling import Telling
from mitstadt.spine.actions.amendments import amend, confirm
from mitstadt.spine.actions.announcements import announce
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.outcomes import Outcome
from mitstadt.spine.actions.parts import describe_part, plan_part
from mitstadt.spine.actions.processes import (
    close_process,
    declare_promise_kept,
    open_process,
    prepare_process,
    write_commitment,
)
from mitstadt.spine.actions.reminders import remind
from mitstadt.spine.amending import CANCEL, COMMITMENT
from mitstadt.spine.models import Access, AnswerDecision, Channel, ParticipationLevel, RecordState, RoomStage

_PREPARATION = timedelta(days=7)
# Codes nobody in the story uses: visitors of the demo may.
SPARE_CODES = 3
_VOICES_WITH_A_CODE = 12


def plan(telling: Telling) -> None:
    """Put the whole story on the timeline."""
    story, calendar = telling.story, telling.calendar
    if story.opened_days_ago is None:
        _plan_preparation(telling, telling.now - timedelta(days=story.prepared_days_ago))
        return
    _plan_preparation(telling, calendar.at(0, 9) - _PREPARATION)
    telling.timeline.at(calendar.at(0, 9), partial(_open, telling))
    for place, (key, script) in enumerate(story.answers.items()):
        telling.timeline.at(office_hours(calendar, script.day, place=place), partial(_answer, telling, key, script))
    for news in story.news:
        telling.timeline.at(calendar.at(news.day, 13), partial(_announce, telling, news))
    for reminder in story.reminders:
        telling.timeline.at(calendar.at(reminder.day, 19), partial(_remind, telling, reminder))
    if story.change:
        telling.timeline.at(calendar.at(story.change.day, 11, 30), partial(_change, telling, story.change))
    if story.cancelled:
        telling.timeline.at(calendar.at(story.cancelled.day, 15), partial(_cancel, telling, story.cancelled))
    if story.ending:
        telling.timeline.at(calendar.at(story.ending.kept_day, 16), partial(_keep_promise, telling))
        telling.timeline.at(calendar.at(story.ending.closed_day, 12), partial(_close, telling))
    if telling.performance:
        telling.performance.play()


def _plan_preparation(telling: Telling, begin: datetime) -> None:
    telling.timeline.at(begin, partial(_prepare, telling))
    telling.timeline.at(begin + timedelta(hours=3), partial(_promise, telling))
    if telling.story.phase:
        telling.timeline.at(begin + timedelta(hours=4), partial(_plan_part, telling))


def _prepare(telling: Telling, now: datetime) -> None:
    story = telling.story
    telling.process = prepare_process(
        host=telling.residents.organisations[story.host],
        actor=telling.owner,
        title=story.title,
        body=story.body,
        area_id=telling.residents.area(story.area).pk,
        now=now,
    )
    if story.four_eyes:
        telling.process.four_eyes = True
        telling.process.save(update_fields=["four_eyes"])


def _promise(telling: Telling, now: datetime) -> None:
    told = dict(telling.story.commitment)
    for day in ("answer_by", "decides_on"):
        if f"{day}_day" in told:
            told[day] = telling.calendar.date(told.pop(f"{day}_day"))
    told["level"] = ParticipationLevel(told["level"])
    write_commitment(telling.process, actor=telling.owner, fields=told, now=now)


def _plan_part(telling: Telling, now: datetime) -> None:
    story, calendar, performance = telling.story, telling.calendar, telling.performance
    if story.phase is None or story.format is None or performance is None:
        raise LookupError(f"The story “{story.key}” has a phase, and no scene to play in it.")
    part = plan_part(
        telling.process,
        actor=telling.owner,
        format_key=story.format.key,
        title=story.phase.title,
        opens_at=calendar.at(story.phase.opens_day, 9),
        closes_at=calendar.at(story.phase.closes_day, 0),
        now=now,
    )
    describe_part(part, actor=telling.owner, fields={"access": Access(story.access)}, now=now)
    performance.make_ready(part, now)


def _open(telling: Telling, now: datetime) -> None:
    telling.process = open_process(telling.process, actor=telling.owner, now=now)
    prefetch_related_objects([telling.process], "phases")
    voices = telling.supports(telling.performance.most_supports) if telling.performance else 0
    count = max(_VOICES_WITH_A_CODE, voices - len(telling.residents.neighbours) // 2)
    secrets = issue_codes(
        telling.process, actor=telling.owner, count=count + SPARE_CODES, channel=Channel.PAPER, now=now
    )
    telling.codes = {f"code {number}": secret for number, secret in enumerate(secrets[:count], start=1)}
    telling.spare_codes = secrets[count:]


def _answer(telling: Telling, key: str, script: AnswerScript, now: datetime) -> None:
    records = [made for told, made in telling.said if told.answer == key and _is_public(telling, made.pk)]
    answer(
        records,
        room=telling.process,
        actor=telling.residents.actor(script.by),
        decision=AnswerDecision(script.decision),
        reason=script.reason,
        now=now,
    )


def _is_public(telling: Telling, pk: int) -> bool:
    return telling.process.records.filter(pk=pk, state=RecordState.PUBLISHED).exists()


def _change(telling: Telling, script: ChangeScript, now: datetime) -> None:
    proposed = amend(
        telling.process,
        COMMITMENT,
        actor=telling.owner,
        after={script.field: telling.calendar.date(script.to_day).isoformat()},
        reason=script.reason,
        now=now,
    )
    confirm(proposed, actor=telling.residents.actor(script.confirmed_by), now=now)


def _cancel(telling: Telling, script: CancelScript, now: datetime) -> None:
    proposed = amend(
        telling.process,
        CANCEL,
        actor=telling.owner,
        after={"stage": RoomStage.CLOSED.value},
        reason=script.reason,
        now=now,
    )
    confirm(proposed, actor=telling.residents.actor(script.confirmed_by), now=now)


def _announce(telling: Telling, script: NewsScript, now: datetime) -> None:
    announce(telling.process, actor=telling.owner, title=script.title, text=script.text, now=now)


def _remind(telling: Telling, script: ReminderScript, now: datetime) -> None:
    remind(telling.process, actor=telling.residents.actor(script.by), now=now)


def _keep_promise(telling: Telling, now: datetime) -> None:
    declare_promise_kept(telling.process, actor=telling.owner, now=now)


def _close(telling: Telling, now: datetime) -> None:
    ending = telling.story.ending
    if ending is None:
        raise LookupError(f"The story “{telling.story.key}” has no ending.")
    outcome = Outcome(
        ending.outcome,
        telling.residents.organisations[ending.decided_by],
        telling.calendar.date(ending.decided_day),
    )
    close_process(telling.process, actor=telling.owner, outcome=outcome, now=now)
