"""What a slice brings to the demo city, and what the stage gives it: people, days, a process that is being told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from django.utils.functional import Promise

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Part, Process, Record
from mitstadt.spine.stage.scripts import Reactions


@dataclass(frozen=True)
class Place:
    """A page worth seeing: what one sees there, for people and in short for the command line."""

    says: str | Promise
    address: str
    ref: str = ""


@dataclass(frozen=True)
class Opened:
    """What was opened from a visitor's own file, and whether it was there before."""

    part: Part
    was_there: bool


class Stage(Protocol):
    """One process while it is told."""

    @property
    def process(self) -> Process:
        """The process, once it is prepared."""

    @property
    def folder(self) -> Traversable:
        """The files of this story."""

    @property
    def own(self) -> Mapping[str, Any]:
        """What its `process.toml` says beyond the process itself."""

    @property
    def owner(self) -> Actor:
        """Who leads the process for its host."""

    @property
    def end(self) -> datetime:
        """The last moment at which people can say something, today at the latest."""

    def at(self, when: datetime, happening: Callable[[datetime], None]) -> None:
        """Let something happen at that moment, with the moment as its `now`; what lies in the future never does."""

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, counted from the opening at 9 o'clock."""

    def office_hours(self, day: int, *, place: int) -> datetime:
        """A moment when an office works; the place of a deed among those of a day keeps them in order."""

    def some_time(self, day: int, *, earliest: int = 8) -> datetime:
        """A moment of that day when someone is awake."""

    def actor(self, key: str) -> Actor:
        """Someone of the cast with an account."""

    def speaker(self, key: str, *, channel: str, now: datetime) -> Actor:
        """Who speaks: someone of the cast, someone with a code, or (without a key) someone new with a code."""

    def clerk(self, channel: str) -> Actor | None:
        """Who types in what comes on this channel; nobody for the web."""

    def organisation_id(self, slug: str) -> int | None:
        """An organisation of the cast; None without a slug."""

    def follow(self, record: Record, key: str, *, actor: Actor, now: datetime) -> None:
        """Let a neighbour who spoke follow this record; those who act for an office do not."""

    def react(self, record: Record, told: Reactions, *, author: Actor, now: datetime) -> None:
        """Let others comment, support, answer, report and decide on it, as the files tell."""


class Performance(Protocol):
    """One scene on one stage."""

    @property
    def most_supports(self) -> int:
        """How many people at most support one thing here: that many codes are printed."""

    def make_ready(self, part: Part, now: datetime) -> None:
        """Prepare the part that was planned for the format, before the process opens."""

    def play(self) -> None:
        """Plan all that happens in the part once the process is open."""


@dataclass(frozen=True)
class Scene:
    """What a slice plays in the demo city.

    ``content`` has one folder a story; ``stories`` names them in the order in which they are told. Each has a
    `process.toml` and, where something is answered, an `answers.toml`. ``perform`` takes the stage of one story.
    ``places`` are pages worth seeing in the process of the first story. ``open_file`` opens a visitor's own file as a
    process (its bytes and name; by keyword the host, its owner and now), where the format works on files.
    """

    content: Traversable
    stories: tuple[str, ...]
    perform: Callable[[Stage], Performance]
    places: Callable[[Process], Iterable[Place]]
    open_file: Callable[..., Opened] | None = None
