"""What people do with something that was said: discuss it, support it, report it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mitstadt.site.demo import moderating
from mitstadt.site.demo.residents import sample
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Access, Channel, Comment, Record, Stance
from mitstadt.spine.stage import CommentScript, Reactions, RewordScript

if TYPE_CHECKING:
    from mitstadt.site.demo.telling import Telling

_SUPPORT_WITHIN_DAYS = 4.0
_COMMENT_WITHIN_DAYS = 0.7
# Where everyone may take part, one supporter in so many comes as a guest, with neither account nor printed code.
_A_GUEST_IN = 3


def plan(telling: Telling, script: Reactions, made: Record, author: Actor, *, now: datetime) -> None:
    """Put everything that follows on the timeline."""
    _plan_comments(telling, script, made, now=now)
    _plan_supports(telling, script, made, now=now)
    _plan_rewording(telling, script, made, author)
    _plan_departure(telling, script, made, author)
    moderating.plan(telling, script, made, author, now=now)


def _plan_comments(telling: Telling, script: Reactions, made: Record, *, now: datetime) -> None:
    thread: list[Comment] = []
    when = now
    for told in script.comments:
        when = telling.before_the_end(when, days=_COMMENT_WITHIN_DAYS)
        telling.timeline.at(when, partial(_comment, telling, told, made, thread))


def _comment(telling: Telling, told: CommentScript, made: Record, thread: list[Comment], now: datetime) -> None:
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


def _plan_supports(telling: Telling, script: Reactions, made: Record, *, now: datetime) -> None:
    voices = [key for key in (*telling.residents.neighbours, *telling.codes) if key != script.by]
    end = telling.calendar.at(script.last_day, 8) if script.last_day else None
    chosen = sample(voices, telling.supports(script.supports), telling.rng)
    for key in _with_guests(chosen) if telling.story.access == Access.ANYONE else chosen:
        when = telling.before_the_end(now, days=_SUPPORT_WITHIN_DAYS, end=end)
        telling.timeline.at(when, partial(_support, telling, key, made))


def _with_guests(keys: Sequence[str]) -> list[str]:
    return ["" if place % _A_GUEST_IN == 0 else key for place, key in enumerate(keys, start=1)]


def _support(telling: Telling, key: str, made: Record, now: datetime) -> None:
    support(made, actor=telling.speaker(key, channel=Channel.WEB, now=now), now=now)


def _plan_rewording(telling: Telling, script: Reactions, made: Record, author: Actor) -> None:
    if told := script.reworded:
        when = telling.calendar.some_time(told.day, earliest=9)
        telling.timeline.at(when, partial(_reword, told, made, author))


def _reword(told: RewordScript, made: Record, author: Actor, now: datetime) -> None:
    reword(_fresh(made), actor=author, texts={"body": told.text}, reason=told.reason, now=now)


def _plan_departure(telling: Telling, script: Reactions, made: Record, author: Actor) -> None:
    for day, leave in ((script.withdrawn_day, withdraw), (script.erased_day, erase)):
        if day:
            when = telling.calendar.some_time(day, earliest=9) + timedelta(minutes=1)
            telling.timeline.at(when, partial(_leave, leave, made, author))


def _leave(leave: Callable[..., None], made: Record, author: Actor, now: datetime) -> None:
    leave(_fresh(made), actor=author, now=now)


def _fresh(made: Record) -> Record:
    return Record.objects.select_related("room", "part__room").get(pk=made.pk)
