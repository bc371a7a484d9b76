"""What the home page shows: open processes near a place and in the city, promises that are due, and what was done."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine.models import Commitment, Process, RoomStage
from mitstadt.spine.queries.processes import listed, open_now, public_processes

SHOWN_OPEN = 6
SHOWN_EACH = 3


def open_by_path(now: datetime) -> dict[str, int]:
    """How many processes are open in each area, by the area's path; "" stands for no area at all. One short query."""
    rows = open_now(now).order_by().values_list("area__path").annotate(count=Count("pk"))
    return {path or "": count for path, count in rows}


def shown_first(now: datetime) -> list[Process]:
    """The processes that close first, with all that a card shows."""
    return list(listed(open_now(now))[:SHOWN_OPEN])


def open_by_district(counts: dict[str, int], districts: list[Area]) -> dict[int, int]:
    """How many open processes lie in each district; those of the whole city are counted by `open_in_the_whole_city`."""
    return {
        district.pk: sum(count for path, count in counts.items() if path.startswith(district.path))
        for district in districts
    }


def open_in_the_whole_city(counts: dict[str, int], districts: list[Area]) -> int:
    """How many open processes concern more than one district."""
    return sum(counts.values()) - sum(open_by_district(counts, districts).values())


def the_city() -> Area | None:
    """The area that the whole platform is about, where the city's areas are loaded."""
    return Area.objects.filter(level=Level.CITY, valid_until=None).order_by("path").first()


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
    closed = public_processes().filter(stage=RoomStage.CLOSED)
    return list(listed(kept | closed).order_by("-commitment__kept_at", "-closed_at", "pk")[:SHOWN_EACH])
