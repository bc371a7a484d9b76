"""What the home page shows: open processes near a place and in the city, promises that are due, and what was done."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine.models import Commitment, Process, ProcessStage
from mitstadt.spine.queries.processes import listed, open_now, public_processes

SHOWN_OPEN = 6
SHOWN_EACH = 3


def open_processes(now: datetime) -> list[Process]:
    """All processes in which a phase is running, with no more than their areas."""
    return list(open_now(now).select_related("area").only("area__path", "title", "ref"))


def shown_first(processes: list[Process], now: datetime) -> list[Process]:
    """The processes that close first, with all that a card shows."""
    keys = [process.pk for process in processes[:SHOWN_OPEN]]
    return list(listed(open_now(now).filter(pk__in=keys)))


def open_by_district(processes: list[Process], districts: list[Area]) -> dict[int, int]:
    """How many open processes lie in each district; those of the whole city are counted by `open_in_the_whole_city`."""
    counts: Counter[int] = Counter()
    for process in processes:
        counts.update(district.pk for district in districts if process.area and process.area.is_inside(district))
    return counts


def open_in_the_whole_city(processes: list[Process], districts: list[Area]) -> int:
    """How many open processes concern more than one district."""
    return sum(1 for p in processes if not any(p.area and p.area.is_inside(district) for district in districts))


def districts_of_the_city() -> list[Area]:
    """The districts, in the order of their official ids."""
    return list(Area.objects.filter(level=Level.DISTRICT, valid_until=None).select_related("geometry").order_by("path"))


def most_due(now: datetime) -> list[Process]:
    """Open promises, the one that is due first on top."""
    waiting = Commitment.objects.filter(locked_at__isnull=False, kept_at=None).order_by("answer_by")
    processes = listed(public_processes().filter(commitment__in=waiting)).order_by("commitment__answer_by", "pk")
    return list(processes[:SHOWN_EACH])


def lately_finished() -> list[Process]:
    """Processes that kept their promise or were closed, latest first."""
    kept = public_processes().filter(commitment__kept_at__isnull=False)
    closed = public_processes().filter(stage=ProcessStage.CLOSED)
    return list(listed(kept | closed).order_by("-commitment__kept_at", "-closed_at", "pk")[:SHOWN_EACH])
