"""What waits in one line for the moderators: bursts, with what came in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Burst, Counting, ModerationCase, Record, Turn
from mitstadt.spine.queries.workplaces import rooms_where

# A line names so many records; the others are a number.
MOST_NAMED = 5


@dataclass(frozen=True)
class BurstLine:
    """One burst as a moderator sees it: how many came, what they support, what they said."""

    burst: Burst
    guests: int
    supports: int
    supported: tuple[Record, ...]
    said: tuple[Record, ...]


def bursts_of(actor: Actor) -> QuerySet[Burst]:
    """The bursts in rooms where the actor moderates."""
    return Burst.objects.filter(room__in=rooms_where(actor, Deed.MODERATE).values("pk"))


def waiting_bursts(bursts: QuerySet[Burst]) -> list[BurstLine]:
    """Those that nobody has looked at, the longest wait on top."""
    waiting = bursts.filter(decided_at=None).select_related("room", "person").order_by("began_at", "pk")
    return [_line(burst) for burst in waiting]


def _line(burst: Burst) -> BurstLine:
    supported = supported_by_burst(burst)
    return BurstLine(
        burst=burst,
        guests=burst.guests.count(),
        supports=_held_turns(burst).count(),
        supported=tuple(supported[:MOST_NAMED]),
        said=tuple(case.record for case in cases_in(burst)),
    )


def supported_by_burst(burst: Burst) -> list[Record]:
    """The records that guests of the burst support, the most supported by them first."""
    keys = _held_turns(burst).values("record").annotate(times=Count("pk")).order_by("-times", "record")
    order = [row["record"] for row in keys]
    found = Record.objects.select_related("room").in_bulk(order)
    return [found[key] for key in order]


def cases_in(burst: Burst) -> QuerySet[ModerationCase]:
    """The open cases about what was said in the burst, oldest first."""
    return ModerationCase.objects.filter(burst=burst, decided_at=None).select_related("record__room").order_by("pk")


def _held_turns(burst: Burst) -> QuerySet[Turn]:
    return Turn.objects.filter(person__participation_code__burst=burst, counting=Counting.HELD)
