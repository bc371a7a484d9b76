"""Processes as lists and pages need them: with phases, host, area and commitment, in a constant number of queries."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from mitstadt.ground.areas.models import Area
from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Phase, Process, Record, RecordState, Room, RoomHost, RoomReader, RoomStage
from mitstadt.spine.queries.visibility import visible_to

# The phases of rooms with their parts, as cards show them: one query, however many rooms.
WITH_PHASES = Prefetch("phases", Phase.objects.select_related("part"))
# The same as permits ask for them, each part with all its phases: one query more.
WITH_PARTS = Prefetch("phases", Phase.objects.select_related("part__room").prefetch_related("part__phases"))

# The further hosts of rooms, by name.
WITH_HOSTS = Prefetch(
    "further_hosts", RoomHost.objects.select_related("organisation").order_by("organisation__name", "pk")
)


def listed(processes: QuerySet[Process]) -> QuerySet[Process]:
    """The processes with all that a card shows: three queries in all. `voices` counts public contributions."""
    said = (
        Record.objects.filter(room=OuterRef("pk"), kind__in=kinds.answerable_kinds(), state=RecordState.PUBLISHED)
        .order_by()
        .values("room")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        processes.select_related("host", "area", "commitment")
        .prefetch_related(WITH_PHASES, WITH_HOSTS)
        .annotate(voices=Coalesce(Subquery(said, output_field=IntegerField()), 0))
    )


def voices_of(process: Process) -> int:
    """How many public contributions a listed process has."""
    return int(getattr(process, "voices"))  # noqa: B009  # an annotation, which no type knows


def public_processes() -> QuerySet[Process]:
    """All processes that opened."""
    return Process.objects.filter(state=RecordState.PUBLISHED).exclude(stage=RoomStage.PREPARED)


def internal_processes(actor: Actor) -> QuerySet[Process]:
    """The opened processes that only named offices read, as far as the actor is of them or works there."""
    opened = Process.objects.filter(state=RecordState.INTERNAL).exclude(stage=RoomStage.PREPARED)
    return visible_to(actor, opened).order_by("-opened_at", "pk")


def hosted_by(organisation: Organisation) -> QuerySet[Process]:
    """The public processes to which this organisation invites, alone or together with others, the latest first."""
    together = Exists(RoomHost.objects.filter(room=OuterRef("pk"), organisation=organisation))
    return listed(public_processes().filter(Q(host=organisation) | together)).order_by("-opened_at", "pk")


def hosts_beside(room: Room) -> list[Organisation]:
    """The further hosts of a room, by name; with `WITH_HOSTS` nothing is queried."""
    return [one.organisation for one in room.further_hosts.all()]


def readers_of(room: Room) -> list[Organisation]:
    """The offices that read an internal room, by name; one query."""
    readers = RoomReader.objects.filter(room=room).select_related("organisation")
    return [one.organisation for one in readers.order_by("organisation__name", "pk")]


def open_now(now: datetime) -> QuerySet[Process]:
    """Processes in which some phase is running, the one that closes first on top."""
    running = Phase.objects.filter(
        room=OuterRef("pk"), opens_at__lte=now, closes_at__gt=now, part__state=RecordState.PUBLISHED
    )
    closing = running.order_by("closes_at").values("closes_at")[:1]
    return (
        public_processes()
        .filter(Exists(running), stage=RoomStage.OPEN)
        .annotate(closing_at=Subquery(closing))
        .order_by("closing_at", "pk")
    )


def touching(processes: QuerySet[Process], area: Area) -> QuerySet[Process]:
    """Processes about this area: in it, below it, or about a larger one that holds it."""
    above = [area.path[:length] for length in range(4, len(area.path), 4)]
    return processes.filter(Q(area__path__startswith=area.path) | Q(area__path__in=above) | Q(area__isnull=True))


def process_by_ref(ref: str, *, actor: Actor) -> Process:
    """The process with this ref that the actor may see; anything else does not exist."""
    asked = listed(Process.objects.all()).prefetch_related(None).prefetch_related(WITH_PARTS, WITH_HOSTS)
    process = visible_to(actor, asked).filter(ref=ref).first()
    if process is None:
        raise Http404
    return process
