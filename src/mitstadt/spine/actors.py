"""Who asks: a person with roles, a person with a participation code, or a guest. Loaded once, then passed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.spine.models import Channel, ParticipationCode, ProcessRole


class HostedProcess(Protocol):
    """What the question “has this person a role here?” needs to know of a process."""

    pk: int
    host_id: int


@dataclass(frozen=True)
class Grant:
    """One role, in one organisation's processes, in one process, or (with neither) everywhere."""

    role: str
    organisation_id: int | None = None
    process_id: int | None = None

    def covers(self, process: HostedProcess) -> bool:
        """Whether the role holds in this process."""
        if self.organisation_id is None and self.process_id is None:
            return True
        return self.organisation_id == process.host_id or self.process_id == process.pk


@dataclass(frozen=True)
class Actor:
    """Who asks or acts, and on which way."""

    person: Person | None = None
    grants: frozenset[Grant] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    # The only process in which a participation code holds.
    code_process_id: int | None = None
    channel: Channel = Channel.WEB

    @property
    def is_guest(self) -> bool:
        """Whether nobody is signed in."""
        return self.person is None

    @property
    def is_staff_somewhere(self) -> bool:
        """Whether this person works on any process at all."""
        return any(grant.role != Role.CONTRIBUTOR for grant in self.grants)

    def has_role(self, roles: Iterable[str], process: HostedProcess) -> bool:
        """Whether this person has one of the roles in the process."""
        wanted = set(roles)
        return any(grant.role in wanted and grant.covers(process) for grant in self.grants)

    def works_on(self, process: HostedProcess) -> bool:
        """Whether this person sees what is still in preparation there."""
        return any(grant.role != Role.CONTRIBUTOR and grant.covers(process) for grant in self.grants)

    def on_channel(self, channel: Channel) -> Actor:
        """The same person, on another way."""
        return replace(self, channel=channel)


GUEST = Actor()


def actor_for(person: Person | None, *, channel: Channel = Channel.WEB) -> Actor:
    """The actor with all roles of a person; two queries, none for a guest."""
    if person is None or not person.is_active:
        return Actor(channel=channel)
    if person.kind == PersonKind.CODE:
        codes = ParticipationCode.objects.filter(person=person).values_list("process_id", flat=True)
        return Actor(person=person, code_process_id=next(iter(codes), None), channel=channel)
    memberships = list(Membership.objects.filter(person=person).select_related("organisation"))
    return Actor(
        person=person,
        grants=frozenset(_grants(person, memberships)),
        organisation_ids=frozenset(membership.organisation_id for membership in memberships),
        channel=channel,
    )


def _grants(person: Person, memberships: list[Membership]) -> Iterable[Grant]:
    for membership in memberships:
        if membership.organisation.runs_platform:
            yield Grant(membership.role)
        yield Grant(membership.role, organisation_id=membership.organisation_id)
    for role in ProcessRole.objects.filter(person=person):
        yield Grant(role.role, process_id=role.process_id)
