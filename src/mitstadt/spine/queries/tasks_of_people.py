"""Who has a task where: the people to whom a permit by role would be given, and those who belong to a place."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Room, RoomHost, RoomRole
from mitstadt.spine.permits import by_answering_host_only, roles_for


def people_with(room: Room, deed: Deed) -> QuerySet[Person]:
    """Those who may do this deed in the room by one of their roles; nobody whose role rests or who is paused."""
    roles = roles_for(deed)
    hosts = [room.host_id]
    if not by_answering_host_only(deed):
        hosts += RoomHost.objects.filter(room=room.pk).values_list("organisation_id", flat=True)
    members = Membership.objects.filter(
        Q(organisation__in=hosts) | Q(organisation__runs_platform=True), role__in=roles, paused_at=None
    )
    here = RoomRole.objects.filter(room=room.pk, role__in=roles, paused_at=None)
    return Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=here.values("person")), is_active=True, is_paused=False
    ).exclude(email=None)


def leaders_of(organisation_id: int | None) -> QuerySet[Person]:
    """Those who lead this organisation, with none the platform; who leads the platform leads everywhere."""
    of_it = Q(organisation__runs_platform=True)
    if organisation_id is not None:
        of_it |= Q(organisation=organisation_id)
    leading = Membership.objects.filter(of_it, role=Role.OWNER, paused_at=None)
    return Person.objects.filter(pk__in=leading.values("person"), is_active=True, is_paused=False).exclude(email=None)


def members(organisation: Organisation) -> list[Membership]:
    """Who acts for it in which role, by name; one query."""
    rows = Membership.objects.filter(organisation=organisation).select_related("person")
    return list(rows.order_by("person__display_name", "person__email", "role"))


def roles_in_rooms_of(organisation: Organisation) -> list[RoomRole]:
    """Who has a role in single rooms of this organisation, by room and name; one query."""
    rows = RoomRole.objects.filter(room__host=organisation).select_related("person", "room")
    return list(rows.order_by("room__title", "person__display_name", "role"))
