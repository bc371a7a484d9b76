"""Who asks: a person with roles, a person with a participation code, or a guest. Loaded once, then passed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from django.db.models import F

from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.spine.models import (
    Channel,
    CodeOrigin,
    Counting,
    ParticipationCode,
    Pause,
    RoomHost,
    RoomReader,
    RoomRole,
)


class HostedRoom(Protocol):
    """What the question “has this person a role here?” needs to know of a room."""

    pk: int
    host_id: int


@dataclass(frozen=True)
class Grant:
    """One role, in one organisation's rooms, in one room, or (with neither) everywhere.

    `answers` is False where the organisation is a further host of the room: its people work there like those of the
    host that answers, but do not speak or decide for it.
    """

    role: str
    organisation_id: int | None = None
    room_id: int | None = None
    answers: bool = True

    @property
    def is_everywhere(self) -> bool:
        """Whether the role holds on the whole platform."""
        return self.organisation_id is None and self.room_id is None

    def covers(self, room: HostedRoom) -> bool:
        """Whether the role holds in this room."""
        return self.is_everywhere or self.organisation_id == room.host_id or self.room_id == room.pk


@dataclass(frozen=True)
class Actor:
    """Who asks or acts, and on which way."""

    person: Person | None = None
    grants: frozenset[Grant] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    # The only room in which a participation code holds, and how that code came about.
    code_room_id: int | None = None
    code_origin: CodeOrigin | None = None
    # Whether what a guest adds counts; while their burst is looked at, it waits.
    counting: Counting = Counting.YES
    burst_id: int | None = None
    channel: Channel = Channel.WEB
    # Since when this person has had a task that asks for a second factor; and whether it is missing for too long.
    works_since: datetime | None = None
    lacks_second_factor: bool = False
    # Where this person may not write for a while: keys of organisations, or None for everywhere.
    paused_in: frozenset[int | None] = frozenset()

    @property
    def is_guest(self) -> bool:
        """Whether nobody is signed in."""
        return self.person is None

    @property
    def is_held(self) -> bool:
        """Whether what this guest says is read by a moderator first, since very many came at once."""
        return self.counting != Counting.YES

    @property
    def is_staff_somewhere(self) -> bool:
        """Whether this person works on anything at all."""
        return any(_is_a_task(grant.role) for grant in self.grants)

    def works_on(self, room: HostedRoom) -> bool:
        """Whether this person sees what is still in preparation there."""
        return any(_is_a_task(grant.role) and grant.covers(room) for grant in self.grants)

    def is_paused_in(self, room: HostedRoom) -> bool:
        """Whether somebody decided that this person may not write there for a while."""
        return bool(self.paused_in) and (None in self.paused_in or room.host_id in self.paused_in)

    def reads(self, room: HostedRoom) -> bool:
        """Whether one of this person's organisations is named among the readers of an internal room."""
        return RoomReader.objects.filter(room_id=room.pk, organisation__in=self.organisation_ids).exists()

    def on_channel(self, channel: Channel) -> Actor:
        """The same person, on another way."""
        return replace(self, channel=channel)


GUEST = Actor()
_OF_CODE = ("room_id", "origin", "person_id", "counting", "burst_id")


def actor_for(person: Person | None, *, channel: Channel = Channel.WEB) -> Actor:
    """The actor with all roles of a person; three queries for members of organisations, none for a guest.

    Roles that rest are left out, and all roles where the person is paused.
    """
    if person is None or not person.is_active:
        return Actor(channel=channel)
    if person.kind == PersonKind.CODE:
        codes = ParticipationCode.objects.filter(person=person, revoked_at=None)
        code = codes.only(*_OF_CODE).first()
        return actor_by_code(code, person, channel) if code else Actor(person=person, channel=channel)
    paused = _pauses(person)
    active = Membership.objects.filter(person=person, paused_at=None).select_related("organisation")
    memberships = [one for one in active if not paused & {None, one.organisation_id}]
    in_rooms = _roles_in_rooms(person, paused)
    return Actor(
        person=person,
        grants=frozenset(_grants(memberships, in_rooms)),
        organisation_ids=frozenset(membership.organisation_id for membership in memberships),
        channel=channel,
        works_since=_works_since([*memberships, *in_rooms]),
        paused_in=paused,
    )


def _works_since(rows: list[Membership | RoomRole]) -> datetime | None:
    return min((row.given_at for row in rows if _is_a_task(row.role)), default=None)


def without_tasks(actor: Actor) -> Actor:
    """The same person with the rights of everyone, until there is a second factor."""
    return replace(actor, grants=frozenset(), organisation_ids=frozenset(), lacks_second_factor=True)


def actor_by_code(code: ParticipationCode, person: Person | None, channel: Channel) -> Actor:
    """The person behind a code, with rights in the room of the code alone."""
    return Actor(
        person=person,
        code_room_id=code.room_id,
        code_origin=CodeOrigin(code.origin),
        counting=Counting(code.counting),
        burst_id=code.burst_id,
        channel=channel,
        paused_in=_pauses(person),
    )


def _is_a_task(role: str) -> bool:
    return role != Role.CONTRIBUTOR


def _pauses(person: Person | None) -> frozenset[int | None]:
    """Where the person is paused; no query for the many who are not."""
    if person is None or not person.is_paused:
        return frozenset()
    return frozenset(Pause.objects.filter(person=person, ended_at=None).values_list("organisation_id", flat=True))


def _roles_in_rooms(person: Person, paused: frozenset[int | None]) -> list[RoomRole]:
    """The roles in single rooms that do not rest."""
    if None in paused:
        return []
    rows = RoomRole.objects.filter(person=person, paused_at=None).annotate(host_id=F("room__host_id"))
    return [role for role in rows if role.host_id not in paused]


def _grants(memberships: list[Membership], in_rooms: list[RoomRole]) -> Iterable[Grant]:
    roles: dict[int, set[str]] = {}
    for membership in memberships:
        if membership.organisation.runs_platform:
            yield Grant(membership.role)
        yield Grant(membership.role, organisation_id=membership.organisation_id)
        roles.setdefault(membership.organisation_id, set()).add(membership.role)
    if roles:
        hosting = RoomHost.objects.filter(organisation__in=roles).values_list("room_id", "organisation_id")
        for room, organisation in hosting:
            yield from (Grant(role, room_id=room, answers=False) for role in roles[organisation])
    for role in in_rooms:
        yield Grant(role.role, room_id=role.room_id)
