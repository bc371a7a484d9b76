"""What the city does by the clock, in code: each entry runs once a slot, however many workers look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from django.utils import timezone
from django_tasks.base import Task

from mitstadt.ground.tasks.backend import enqueue_once


class Rhythm(Protocol):
    """When an entry is due."""

    def slot(self, now: datetime) -> str:
        """The name of the newest slot that has begun."""
        ...


@dataclass(frozen=True)
class Daily:
    """Once a day, from this time of the city on; a worker that starts later catches up."""

    at: time

    def slot(self, now: datetime) -> str:
        """The city's day."""
        local = timezone.localtime(now)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return day.isoformat()


@dataclass(frozen=True)
class Every:
    """Every so many minutes."""

    minutes: int

    def slot(self, now: datetime) -> str:
        """The number of the slot since the beginning of time."""
        return str(int(now.timestamp()) // (self.minutes * 60))


@dataclass(frozen=True)
class Entry:
    """One line of the schedule."""

    name: str
    task: Task[[], Any]
    rhythm: Rhythm


@dataclass
class Schedule:
    """All entries, by name."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, name: str, task: Task[[], Any], rhythm: Rhythm) -> None:
        """Declare an entry; a name stands once."""
        if name in self.entries:
            raise ValueError(f"The schedule has an entry “{name}” already.")
        self.entries[name] = Entry(name, task, rhythm)


SCHEDULE = Schedule()


@dataclass
class Timekeeper:
    """Enqueues what is due. The key of a slot is unique in the database: two of us never run the same twice."""

    schedule: Schedule = field(default_factory=lambda: SCHEDULE)
    _seen: dict[str, str] = field(default_factory=dict)

    def enqueue_due(self, *, now: datetime) -> int:
        """Enqueue every entry whose slot nobody has enqueued yet; how many that were."""
        count = 0
        for entry in self.schedule.entries.values():
            slot = entry.rhythm.slot(now)
            if self._seen.get(entry.name) == slot:
                continue
            count += enqueue_once(entry.task, f"{entry.name} {slot}")
            self._seen[entry.name] = slot
        return count
