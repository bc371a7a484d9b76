"""What the home page shows: open processes near a place and in the city, promises that are due, and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine.models import Commitment, Process, RoomStage
from mitstadt.spine.queries.processes import OpenRoom, listed, public_keys, public_processes
from mitstadt.spine.queries.tallies import waiting_in

SHOWN_OPEN = 6
SHOWN_EACH = 3
# Among so many that were closed lately, those in which nothing waits are sought.
LOOKED_THROUGH = 24


def open_by_path(rooms: Sequence[OpenRoom]) -> dict[str, int]:
    """How many processes are open in each area, by the area's path; "" stands for no area at all."""
    return Counter(room.area_path for room in rooms)


@dataclass(frozen=True)
class Shown:
    """The processes on the page, each list in its order with all that a row shows; no process stands in two of them."""

    first: list[Process]
    due: list[Process]
    finished: list[Process]


def shown_on_the_page(rooms: Sequence[OpenRoom]) -> Shown:
    """What closes first, what is due first, what was done last: three narrow queries, and the rows of all together.

    What one can take part in is listed once, there; it tells its promise itself.
    """
    first, is_open = [room.key for room in rooms[:SHOWN_OPEN]], {room.key for room in rooms}
    done = _lately_finished()
    due, finished = _most_due(is_open.union(done)), [key for key in done if key not in is_open][:SHOWN_EACH]
    found = {process.pk: process for process in listed([*first, *due, *finished])}
    return Shown(*([found[key] for key in keys if key in found] for keys in (first, due, finished)))


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


def _most_due(told_elsewhere: Collection[int]) -> list[int]:
    """Promises for which an answer is owed, the one that is due first on top; without what the page has already."""
    owed = Commitment.objects.filter(kept_at__isnull=True, released_at__isnull=True, locked_at__isnull=False)
    waiting = _public(owed).exclude(process__in=told_elsewhere)
    return list(waiting.order_by("answer_by", "process_id").values_list("process_id", flat=True)[:SHOWN_EACH])


def _lately_finished() -> list[int]:
    """Processes that kept their promise, or were closed when all had their answer; latest first. None was cancelled."""
    kept = _public(Commitment.objects.filter(kept_at__isnull=False)).order_by("-kept_at", "process_id")
    closed = public_processes().filter(stage=RoomStage.CLOSED, cancelled_at=None).order_by("-closed_at", "pk")
    ended_lately = list(closed.values_list("pk", "closed_at")[:LOOKED_THROUGH])
    waiting = waiting_in(key for key, _at in ended_lately)
    ended: dict[int, datetime] = {}
    for key, at in (
        *kept.values_list("process_id", "kept_at")[:SHOWN_EACH],
        *ended_lately,
    ):
        if at is not None and not waiting.get(key):
            ended[key] = max(at, ended.get(key, at))
    return sorted(ended, key=lambda key: (ended[key], -key), reverse=True)


def _public(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return commitments.filter(process__in=public_keys())
