"""What people do in a story: contribute on every way, discuss, support, withdraw, report, appeal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm
from mitstadt.site.demo import moderating
from mitstadt.site.demo.reading import CommentScript, SaidScript
from mitstadt.site.demo.residents import ENTERED_BY, sample
from mitstadt.site.demo.telling import Telling
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Channel, Comment, Stance

_SUPPORT_WITHIN_DAYS = 4.0
_COMMENT_WITHIN_DAYS = 0.7


def plan(telling: Telling) -> None:
    """Put everything that people say on the timeline; the rest follows from it."""
    for script in telling.story.said:
        earliest = 10 if script.day == 0 else 8
        when = telling.calendar.some_time(script.day, earliest=earliest)
        telling.timeline.at(min(when, telling.end), partial(_say, telling, script))


def _say(telling: Telling, script: SaidScript, now: datetime) -> None:
    author = telling.speaker(script.by, channel=Channel(script.channel), now=now)
    clerk = ENTERED_BY.get(script.channel)
    made = contribute(
        telling.passages[script.edition, script.at],
        actor=author,
        said=Said(
            form=ContributionForm(script.form),
            body=script.text,
            wording=script.wording,
            theme=script.theme,
            language=script.language,
            organisation_id=_organisation(telling, script),
        ),
        entered_by=telling.residents.actor(clerk) if clerk else None,
        now=now,
    )
    telling.said.append((script, made))
    if script.by in telling.residents.neighbours and script.edition == 1:
        follow(telling.process, actor=author, now=now)
    _plan_comments(telling, script, made, now=now)
    _plan_supports(telling, script, made, now=now)
    _plan_departure(telling, script, made, author)
    moderating.plan(telling, script, made, author, now=now)


def _organisation(telling: Telling, script: SaidScript) -> int | None:
    return telling.residents.organisations[script.organisation].pk if script.organisation else None


def _plan_comments(telling: Telling, script: SaidScript, made: Contribution, *, now: datetime) -> None:
    thread: list[Comment] = []
    when = now
    for told in script.comments:
        when = telling.before_the_end(when, days=_COMMENT_WITHIN_DAYS)
        telling.timeline.at(when, partial(_comment, telling, told, made, thread))


def _comment(telling: Telling, told: CommentScript, made: Contribution, thread: list[Comment], now: datetime) -> None:
    spoken = comment(
        made,
        actor=telling.speaker(told.by, channel=Channel.WEB, now=now),
        text=told.text,
        stance=Stance(told.stance),
        reply_to=thread[-1] if told.reply else None,
        language=told.language,
        now=now,
    )
    if not told.reply:
        thread.append(spoken)


def _plan_supports(telling: Telling, script: SaidScript, made: Contribution, *, now: datetime) -> None:
    voices = [key for key in (*telling.residents.neighbours, *telling.codes) if key != script.by]
    end = telling.calendar.at(script.last_day, 8) if script.last_day else None
    for key in sample(voices, script.supports, telling.rng):
        when = telling.before_the_end(now, days=_SUPPORT_WITHIN_DAYS, end=end)
        telling.timeline.at(when, partial(_support, telling, key, made))


def _support(telling: Telling, key: str, made: Contribution, now: datetime) -> None:
    support(made, actor=telling.speaker(key, channel=Channel.WEB, now=now), now=now)


def _plan_departure(telling: Telling, script: SaidScript, made: Contribution, author: Actor) -> None:
    for day, leave in ((script.withdrawn_day, withdraw), (script.erased_day, erase)):
        if day:
            when = telling.calendar.some_time(day, earliest=9) + timedelta(minutes=1)
            telling.timeline.at(when, partial(_leave, leave, made, author))


def _leave(leave: Callable[..., None], made: Contribution, author: Actor, now: datetime) -> None:
    fresh = Contribution.objects.select_related("room", "part__room").get(pk=made.pk)
    leave(fresh, actor=author, now=now)
