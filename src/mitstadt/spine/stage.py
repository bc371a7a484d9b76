"""The stage of the demo city, as scenes of slices see it: people, days, and one process that is being told.

The stage itself is built in `site/demo`; a slice plays on it through this door alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from django.utils.functional import Promise

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Part, Process, Record

Happening = Callable[[datetime], None]


@dataclass(frozen=True)
class Place:
    """A page worth seeing: what one sees there, for people and in short for the command line."""

    says: str | Promise
    address: str
    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Reactions:
    """What others do with a record after it was said, as the files tell it: the stage plays it for every kind."""

    by: str = ""
    supports: int = 0
    withdrawn_day: int = 0
    erased_day: int = 0
    answer: str = ""
    comments: Sequence[Mapping[str, Any]] = ()
    reports: Sequence[Mapping[str, Any]] = ()
    verdict: Mapping[str, Any] = field(default_factory=dict)
    appeal: Mapping[str, Any] = field(default_factory=dict)


class Stage(Protocol):
    """One process while it is told. `own` is what the files of the scene say beyond the process itself."""

    process: Process
    own: Mapping[str, Any]
    folder: Traversable

    @property
    def owner(self) -> Actor:
        """Who leads the process for its host."""

    @property
    def end(self) -> datetime:
        """The last moment at which people can say something, today at the latest."""

    def at(self, when: datetime, happening: Happening) -> None:
        """Let something happen at that moment; what lies in the future never does."""

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, counted from the opening."""

    def some_time(self, day: int, *, earliest: int = 8) -> datetime:
        """A moment of that day when someone is awake."""

    def date(self, day: int) -> date:
        """The date of a day since the opening."""

    def actor(self, key: str) -> Actor:
        """Someone of the cast with an account."""

    def organisation_id(self, slug: str) -> int | None:
        """An organisation of the cast; None without a slug."""

    def speaker(self, key: str, *, channel: str, now: datetime) -> Actor:
        """Who speaks: someone of the cast, someone with a code, or (without a key) someone new with a code."""

    def clerk(self, channel: str) -> Actor | None:
        """Who types in what comes on this channel; nobody for the web."""

    def react(self, record: Record, told: Reactions, *, author: Actor, now: datetime) -> None:
        """Let others comment, support, report and decide on it, as the files tell."""


@dataclass(frozen=True)
class Opened:
    """What was opened from a visitor's own file, and whether it was there before."""

    part: Part
    was_there: bool


@dataclass(frozen=True)
class Scene:
    """What a slice plays in the demo city.

    ``content`` is the folder with one folder a story; ``stories`` names them in the order in which they are told.
    Each has a `process.toml`; what stands there beside the process itself is the scene's own.
    ``plan_part`` puts the format to work while the process is in preparation, ``play`` lets happen what belongs to the
    format once the process is open. ``places`` are pages worth seeing in the process of the first story.
    ``open_file`` opens a visitor's own file as a process, where the format works on files.
    """

    content: Traversable
    stories: tuple[str, ...]
    plan_part: Callable[[Stage, datetime], None]
    play: Callable[[Stage, datetime], None]
    places: Callable[[Process], Iterable[Place]]
    open_file: Callable[..., Opened] | None = None
