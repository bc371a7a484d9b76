"""Rooms, parts, phases and people for rules that ask no database: everything stands in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cast import NOW
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.spine.actors import Actor, Grant, HostedRoom
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, CodeOrigin, Part, Phase, Process, Record, RecordState, Room, RoomStage

HERE, ELSEWHERE = 100, 200
HOUSE, OTHER_HOUSE = 1, 2
AUTHOR, SOMEONE, CLERK, MODERATOR = 11, 12, 13, 14
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reader(Actor):
    """An actor of whom it is known which internal rooms their organisations read."""

    room_ids: frozenset[int] = field(default_factory=frozenset)

    def reads(self, room: HostedRoom) -> bool:
        """Whether the room is one of them."""
        return room.pk in self.room_ids


def someone(key: int = SOMEONE, *, grants: Collection[Grant] = (), reads: Collection[int] = ()) -> Reader:
    """A person with an account."""
    person = Person(pk=key, kind=PersonKind.ACCOUNT)
    return Reader(person=person, grants=frozenset(grants), room_ids=frozenset(reads))


def by_code(origin: CodeOrigin, *, room: int = HERE, key: int = SOMEONE) -> Reader:
    """A person who came with a code of this origin for this room."""
    person = Person(pk=key, kind=PersonKind.CODE)
    return Reader(person=person, code_room_id=room, code_origin=origin)


def working(role: Role, **where: Any) -> Reader:
    """A person with this role in the house that hosts, or where it says."""
    return someone(CLERK, grants=[Grant(role, **(where or {"organisation_id": HOUSE}))])


NOBODY = Reader()

ROOMS: dict[str, dict[str, Any]] = {
    "in preparation": {"stage": RoomStage.PREPARED, "state": RecordState.DRAFT},
    "shown too early": {"stage": RoomStage.PREPARED, "state": RecordState.PUBLISHED},
    "open": {"stage": RoomStage.OPEN, "state": RecordState.PUBLISHED},
    "open, internal": {"stage": RoomStage.OPEN, "state": RecordState.INTERNAL},
    "open, hidden": {"stage": RoomStage.OPEN, "state": RecordState.HIDDEN},
    "closed": {"stage": RoomStage.CLOSED, "state": RecordState.PUBLISHED, "closed_at": NOW},
}


def room(how: str = "open", *, model: type[Room] = Process, kind: str = "") -> Room:
    """A room of the house, as it stands."""
    house = Organisation(pk=HOUSE, slug="house")
    return model(pk=HERE, ref="ROOM", kind=kind or model.KIND, host=house, **ROOMS[how])


# What everyone does is in the phases that run; the second phase takes something else.
PHASES = {
    "runs": (-DAY, DAY),
    "begins this moment": (timedelta(0), DAY),
    "ends this moment": (-DAY, timedelta(0)),
    "begins tomorrow": (DAY, 2 * DAY),
    "ended two days ago": (-9 * DAY, -2 * DAY),
    "ended three days ago": (-9 * DAY, -3 * DAY),
}


def part(
    where: Room,
    *,
    state: RecordState = RecordState.PUBLISHED,
    access: Access = Access.ANYONE,
    phases: Collection[tuple[str, Collection[Deed]]] = (),
    now: datetime = NOW,
) -> Part:
    """A part of the room with these phases, each by its time and the deeds that it takes."""
    made = Part(pk=HERE + 1, ref="PART", kind="trial_part", format="trial", room=where, state=state, access=access)
    planned = [
        Phase(
            part=made,
            opens_at=now + PHASES[when][0],
            closes_at=now + PHASES[when][1],
            deeds=[deed.value for deed in deeds],
        )
        for when, deeds in phases
    ]
    made._prefetched_objects_cache = {"phases": planned}  # type: ignore[attr-defined]  # as a prefetch leaves it
    return made


def record(
    where: Room | None, of: Part | None, *, kind: str = "trial", state: RecordState = RecordState.PUBLISHED
) -> Record:
    """A record there, written by the author."""
    return Record(pk=HERE + 2, ref="SAID", kind=kind, state=state, room=where, part=of, author_id=AUTHOR)
