"""One story while it is told: the stage on which the scene of a format is played."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any

from mitstadt.site.demo import reacting
from mitstadt.site.demo.reading import Story
from mitstadt.site.demo.residents import ENTERED_BY, Calendar, Residents, office_hours
from mitstadt.site.demo.timeline import Timeline
from mitstadt.spine.actions.codes import participant, redeem
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actors import GUEST, Actor, actor_by_code
from mitstadt.spine.models import Channel, Process, Record
from mitstadt.spine.stage import Performance, Reactions


@dataclass
class Telling:
    """What the deeds of one story share."""

    story: Story
    residents: Residents
    timeline: Timeline
    calendar: Calendar
    rng: random.Random
    now: datetime
    most_supports: int | None = None
    # Set when the story reaches them.
    process: Process = field(init=False)
    said: list[tuple[Reactions, Record]] = field(default_factory=list)
    # Participation codes on paper, and the people known by them, by what the story calls them.
    codes: dict[str, str] = field(default_factory=dict)
    spare_codes: list[str] = field(default_factory=list)
    known_by_code: dict[str, Actor] = field(default_factory=dict)

    @cached_property
    def performance(self) -> Performance | None:
        """The scene that is played here; none where nobody takes part yet."""
        declared = self.story.format
        return declared.scene.perform(self) if declared and declared.scene else None

    @property
    def folder(self) -> Traversable:
        """The files of this story."""
        return self.story.folder

    @property
    def own(self) -> Mapping[str, Any]:
        """What its `process.toml` says beyond the process itself."""
        return self.story.own

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

    def at(self, when: datetime, happening: Callable[[datetime], None]) -> None:
        """Let something happen at that moment; what lies in the future never does."""
        self.timeline.at(when, happening)

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, counted from the opening."""
        return self.calendar.at(day, hour, minute)

    def office_hours(self, day: int, *, place: int) -> datetime:
        """A moment when an office works."""
        return office_hours(self.calendar, day, place=place)

    def some_time(self, day: int, *, earliest: int = 8) -> datetime:
        """A moment of that day when someone is awake."""
        return self.calendar.some_time(day, earliest=earliest)

    def actor(self, key: str) -> Actor:
        """Someone of the cast with an account."""
        return self.residents.actor(key)

    def clerk(self, channel: str) -> Actor | None:
        """Who types in what comes on this channel; nobody for the web."""
        key = ENTERED_BY.get(channel)
        return self.residents.actor(key) if key else None

    def organisation_id(self, slug: str) -> int | None:
        """An organisation of the cast; None without a slug."""
        return self.residents.organisations[slug].pk if slug else None

    def follow(self, record: Record, key: str, *, actor: Actor, now: datetime) -> None:
        """Let a neighbour who spoke follow this record; those who act for an office do not."""
        if key in self.residents.neighbours:
            follow(record, actor=actor, now=now)

    def react(self, record: Record, told: Reactions, *, author: Actor, now: datetime) -> None:
        """Let others comment, support, answer, report and decide on it, as the files tell."""
        self.said.append((told, record))
        reacting.plan(self, told, record, author, now=now)

    def supports(self, wanted: int) -> int:
        """How many support something: as many as the files tell, or fewer where the city is kept small."""
        return wanted if self.most_supports is None else min(wanted, self.most_supports)

    def speaker(self, key: str, *, channel: str, now: datetime) -> Actor:
        """Who speaks: someone of the cast, someone with a code, or (without a key) someone new with a code."""
        return self._speaker(key, Channel(channel), now=now)

    def _speaker(self, key: str, channel: Channel, *, now: datetime) -> Actor:
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
