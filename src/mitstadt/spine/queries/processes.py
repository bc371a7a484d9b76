"""Processes as lists and pages need them: with phases, host, area and commitment, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet
from django.http import Http404

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Decision, Phase, Process, Record, RecordState, Room, RoomHost, RoomReader, RoomStage
from mitstadt.spine.queries.decisions import outcomes_in
from mitstadt.spine.queries.shelves import Shelf
from mitstadt.spine.queries.tallies import voices_in
from mitstadt.spine.queries.visibility import visible_to

# The phases of rooms with their parts, as cards show them: one query, however many rooms.
WITH_PHASES = Prefetch("phases", Phase.objects.select_related("part"))
# The same as permits ask for them, each part with all its phases: one query more.
WITH_PARTS = Prefetch("phases", Phase.objects.select_related("part__room").prefetch_related("part__phases"))

# The further hosts of rooms, by name.
WITH_HOSTS = Prefetch(
    "further_hosts", RoomHost.objects.select_related("organisation").order_by("organisation__name", "pk")
)


# More than any city has.
_ALL = 1_000_000


@dataclass(frozen=True)
class OpenRoom:
    """A process in which some phase is running: when the first of them closes, and where it takes place."""

    key: int
    closes_at: datetime
    area_path: str


def listed(keys: Sequence[int]) -> list[Process]:
    """These processes in this order with all that a card shows, `voices_of` included.

    Four queries in all, and one more where some are closed.
    """
    if not keys:
        return []
    found = (
        Process.objects.keyed(keys)
        .select_related("host", "area", "commitment")
        .prefetch_related(WITH_PHASES, WITH_HOSTS)
    )
    rows = {process.pk: process for process in found}
    voices, outcomes = voices_in(keys), outcomes_in(rows.values())
    for key, process in rows.items():
        setattr(process, "voices", voices.get(key, 0))  # noqa: B010  # beside the columns, which no type knows
        setattr(process, "outcome", outcomes.get(key))  # noqa: B010  # likewise
    return [rows[key] for key in keys if key in rows]


def shelf_of(processes: QuerySet[Room]) -> Shelf[Process]:
    """The processes, in their order, for a paginator; rows as `listed` gives them."""
    return Shelf(processes, listed)


def voices_of(process: Process) -> int:
    """How many public contributions a listed process has."""
    return int(getattr(process, "voices"))  # noqa: B009  # beside the columns, which no type knows


def outcome_on_card(process: Process) -> Decision | None:
    """What came of a listed process, where it is over."""
    found: Decision | None = getattr(process, "outcome")  # noqa: B009  # beside the columns, which no type knows
    return found


def public_processes(area: Area | None = None) -> QuerySet[Room]:
    """All processes that opened, about one area where it is given: for keys in an order of the room's own columns.

    It asks the table of rooms alone. The rooms of the kind are found first, by an index that holds nothing else.
    """
    return Room.objects.filter(pk__in=public_keys(area)).exclude(stage=RoomStage.PREPARED)


def public_keys(area: Area | None = None) -> QuerySet[Record, Any]:
    """The keys of the public processes, as a subquery that the database answers by itself: hence the limit.

    Joined with the large table instead, a few rows of one kind are found by walking all others.
    """
    public = _public()
    return (touching(public, area) if area else public).values("pk")[:_ALL]


def internal_processes(actor: Actor) -> QuerySet[Process]:
    """The opened processes that only named offices read, as far as the actor is of them or works there."""
    opened = Process.objects.filter(state=RecordState.INTERNAL).exclude(stage=RoomStage.PREPARED)
    return visible_to(actor, opened).order_by("-opened_at", "pk")


def hosted_by(organisation: Organisation) -> Shelf[Process]:
    """The public processes to which this organisation invites, alone or together with others, the latest first."""
    together = RoomHost.objects.filter(organisation=organisation).values("room")
    hosted = public_processes().filter(Q(host=organisation) | Q(pk__in=together))
    return shelf_of(hosted.order_by("-opened_at", "pk"))


def hosts_beside(room: Room) -> list[Organisation]:
    """The further hosts of a room, by name; with `WITH_HOSTS` nothing is queried."""
    return [one.organisation for one in room.further_hosts.all()]


def readers_of(room: Room) -> list[Organisation]:
    """The offices that read an internal room, by name; one query."""
    readers = RoomReader.objects.filter(room=room).select_related("organisation")
    return [one.organisation for one in readers.order_by("organisation__name", "pk")]


def _public() -> QuerySet[Record]:
    return Record.objects.filter(kind=Process.KIND, state=RecordState.PUBLISHED)


def open_rooms(now: datetime) -> list[OpenRoom]:
    """Every process in which some phase is running, the one that closes first on top; two narrow queries."""
    parts = Record.objects.filter(kind__in=formats.part_kinds(), state=RecordState.PUBLISHED).values("pk")[:_ALL]
    running = Phase.objects.filter(closes_at__gt=now, opens_at__lte=now, room__stage=RoomStage.OPEN, part__in=parts)
    closing = dict(running.order_by().values_list("room_id").annotate(closing=Min("closes_at")))
    paths = _public().values_list("pk", "area__path")
    found = [OpenRoom(key, closing[key], path or "") for key, path in paths if key in closing]
    return sorted(found, key=lambda room: (room.closes_at, room.key))


def touching(processes: QuerySet[Record], area: Area) -> QuerySet[Record]:
    """Processes about this area: in it, below it, or about a larger one that holds it."""
    above = [area.path[:length] for length in range(4, len(area.path), 4)]
    return processes.filter(Q(area__path__startswith=area.path) | Q(area__path__in=above) | Q(area__isnull=True))


def open_in(rooms: Iterable[OpenRoom], area: Area) -> list[OpenRoom]:
    """The same for open ones that were read already."""
    return [
        one
        for one in rooms
        if not one.area_path or one.area_path.startswith(area.path) or area.path.startswith(one.area_path)
    ]


def process_by_ref(ref: str, *, actor: Actor) -> Process:
    """The process with this ref that the actor may see; anything else does not exist."""
    asked = Process.objects.select_related("host", "area", "commitment__decided_by").prefetch_related(
        WITH_PARTS, WITH_HOSTS
    )
    process = visible_to(actor, asked).filter(ref=ref).first()
    if process is None:
        raise Http404
    return process
