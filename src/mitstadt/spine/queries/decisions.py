"""Who can decide, and what was decided in processes that are closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.organisations.queries import at_work
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import UP, Decision, Process, Room, RoomStage


def bodies_for(host: Organisation) -> QuerySet[Organisation]:
    """The organisations that may be named as deciding: those at work that have a level, and the host itself."""
    return at_work().filter(~Q(level="") | Q(pk=host.pk))


def require_body(room: Room, slug: str | None) -> None:
    """Refuse who cannot decide about what is asked here; nobody at all is no fault yet."""
    if slug and not bodies_for(room.host).filter(slug=slug).exists():
        raise Refused("decides_nothing")


def latest_decision(room: Room) -> Decision | None:
    """What was decided last about this room, whether it is open again or not."""
    made = Decision.objects.filter(room=room.pk, state__in=UP).select_related("decided_by")
    return made.order_by("-created_at", "-pk").first()


def outcome_of(room: Room) -> Decision | None:
    """What came of a room that is over; nothing of one that is open, or was cancelled."""
    if room.stage != RoomStage.CLOSED or room.cancelled_at is not None:
        return None
    return latest_decision(room)


def outcomes_in(processes: Iterable[Process]) -> Mapping[int, Decision]:
    """The outcomes of these processes by their keys; one query, none where nothing is closed."""
    over = [one.pk for one in processes if one.stage == RoomStage.CLOSED and one.cancelled_at is None]
    if not over:
        return {}
    made = Decision.objects.filter(room__in=over, state__in=UP).select_related("decided_by")
    return {one.room_id: one for one in made.order_by("created_at", "pk") if one.room_id is not None}


def facts_of_decisions(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """Who decided, at which level, when, and where it can be read; for open data."""
    rows = Decision.objects.keyed(keys).select_related("decided_by")
    return {
        row.pk: {
            "decided_by": row.decided_by.name,
            "level": row.decided_by.level,
            "decided_on": row.decided_on.isoformat(),
            "link": row.link,
        }
        for row in rows
    }
