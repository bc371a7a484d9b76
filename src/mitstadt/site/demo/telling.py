"""One story while it is told: the process, its text and what was said so far."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.site.demo.reading import SaidScript, Story
from mitstadt.site.demo.residents import Calendar, Residents
from mitstadt.site.demo.timeline import Timeline
from mitstadt.spine.actions.codes import participant, redeem
from mitstadt.spine.actors import GUEST, Actor, actor_by_code
from mitstadt.spine.models import Channel, Process


@dataclass
class Telling:
    """What the deeds of one story share."""

    story: Story
    residents: Residents
    timeline: Timeline
    calendar: Calendar
    rng: random.Random
    now: datetime
    # Set when the story reaches them.
    process: Process = field(init=False)
    text: CoText = field(init=False)
    passages: dict[tuple[int, str], Passage] = field(default_factory=dict)
    said: list[tuple[SaidScript, Contribution]] = field(default_factory=list)
    # Participation codes on paper, and the people known by them, by what the story calls them.
    codes: dict[str, str] = field(default_factory=dict)
    spare_codes: list[str] = field(default_factory=list)
    known_by_code: dict[str, Actor] = field(default_factory=dict)

    @property
    def owner(self) -> Actor:
        """Who leads the process for its host."""
        return self.residents.actor(self.story.owner)

    @property
    def end(self) -> datetime:
        """The last moment at which people can say something, today at the latest."""
        phase = self.story.phase
        assert phase is not None  # noqa: S101  # asked only in stories in which people speak
        return min(self.calendar.at(phase.closes_day, 0), self.now) - timedelta(minutes=3)

    def speaker(self, key: str, *, channel: Channel, now: datetime) -> Actor:
        """Who speaks: someone of the cast, someone with a code, or (without a key) someone new with a code."""
        if key and key not in self.residents.without_account and key not in self.codes:
            return self.residents.actor(key).on_channel(channel)
        if key in self.known_by_code:
            return self.known_by_code[key].on_channel(channel)
        actor = self._redeemed(key, now=now) if key in self.codes else self._new_person(key, channel, now=now)
        if key:
            self.known_by_code[key] = actor
        return actor.on_channel(channel)

    def _redeemed(self, key: str, *, now: datetime) -> Actor:
        code = redeem(self.codes[key], now=now)
        return actor_by_code(code, code.person, Channel.PAPER)

    def _new_person(self, key: str, channel: Channel, *, now: datetime) -> Actor:
        actor, _secret = participant(GUEST.on_channel(channel), self.process, now=now)
        if key and actor.person:
            actor.person.display_name = self.residents.name(key)
            actor.person.save(update_fields=["display_name"])
        return actor

    def before_the_end(self, when: datetime, *, days: float, end: datetime | None = None) -> datetime:
        """A moment soon after another, but before people can no longer speak."""
        last = min(end, self.end) if end else self.end
        later = self.calendar.soon_after(when, days=days)
        return later if later < last else when + (last - when) * self.rng.random()
