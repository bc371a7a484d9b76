"""Build the demo city: everything through the real actions, from five months ago up to now."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation

from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.mail.sending import Letter
from mitstadt.site.demo import following, hosting
from mitstadt.site.demo.reading import City, Story, read_city
from mitstadt.site.demo.residents import Calendar, Residents
from mitstadt.site.demo.telling import Telling
from mitstadt.site.demo.timeline import Timeline
from mitstadt.site.demo.verbs import BUILT_DEMO
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.digests import send_digests
from mitstadt.spine.actions.log import publish_head
from mitstadt.spine.models import Act

_SEED = 1709
_HEAD_EVERY = timedelta(days=7)
_DIGEST_BEFORE = timedelta(days=7)
_FRESH_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Built:
    """What was built: how many deeds, and codes of the first story that visitors may use."""

    deeds: int
    spare_codes: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The demo city that stands in the database, and whether it tells what the files tell today."""

    built_at: datetime
    is_current: bool


def standing() -> Standing | None:
    """The demo city in this database, if there is one."""
    act = Act.objects.filter(verb=BUILT_DEMO.key).order_by("-index").first()
    if act is None:
        return None
    return Standing(built_at=act.at, is_current=act.details.get("content") == read_city().digest)


def is_stale(there: Standing, *, now: datetime) -> bool:
    """Whether so many days have passed that what was about to close has closed."""
    return now - there.built_at > _FRESH_FOR


@transaction.atomic
def build(*, now: datetime, city: City | None = None) -> Built:
    """Build the whole city in one transaction: it stands complete, or not at all."""
    city = city or read_city()
    load_shipped_city("berlin", now=now)
    residents = Residents(city, today=timezone.localtime(now).date())
    timeline = Timeline()
    tellings = [_telling(story, city, residents, timeline, now=now) for story in city.stories]
    with translation.override("de"):
        for telling in tellings:
            hosting.plan(telling)
        _plan_heads(timeline, city, now=now)
        following.plan(residents, timeline, since=_beginning(city, now=now), now=now)
        timeline.at(now - _DIGEST_BEFORE, _send_earlier_digests)
        deeds = timeline.run(until=now)
    record_act(actor=None, verb=BUILT_DEMO, record=None, now=now, details={"content": city.digest})
    publish_head(now=now)
    return Built(deeds, tuple(tellings[0].spare_codes))


def _telling(story: Story, city: City, residents: Residents, timeline: Timeline, *, now: datetime) -> Telling:
    rng = random.Random(f"{_SEED} {story.key}")  # noqa: S311  # a story, no secret
    calendar = Calendar(now=now, opened_days_ago=story.opened_days_ago or 0, rng=rng)
    return Telling(
        story=story,
        residents=residents,
        timeline=timeline,
        calendar=calendar,
        rng=rng,
        now=now,
        most_supports=city.most_supports,
    )


def _plan_heads(timeline: Timeline, city: City, *, now: datetime) -> None:
    when = _beginning(city, now=now)
    while when < now:
        timeline.at(when, _sign_the_log)
        when += _HEAD_EVERY


def _beginning(city: City, *, now: datetime) -> datetime:
    """The day on which the oldest story begins."""
    return now - timedelta(days=max(story.opened_days_ago or story.prepared_days_ago for story in city.stories))


def _send_earlier_digests(now: datetime) -> None:
    send_digests(now=now, deliver=_read_long_ago)


def _read_long_ago(_letter: Letter) -> None:
    """Digests of earlier weeks were read and thrown away; only the newest lies in the mailbox of the demo."""


def _sign_the_log(now: datetime) -> None:
    publish_head(now=now)
