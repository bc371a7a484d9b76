"""Who has which task, is invited or paused; for those who lead, and no further than they lead."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from mitstadt.ground.organisations.models import Membership, Organisation
from mitstadt.ground.people.models import Person, PersonKind
from mitstadt.spine.actions.invitations import is_backed
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Pause, RoleInvitation, Room, RoomRole
from mitstadt.spine.permits import grants_for, permit_leading

MOST_FOUND = 50


def accounts(typed: str) -> QuerySet[Person]:
    """Accounts whose address is this, or whose name has it in it; with nothing typed, those with a task or a pause."""
    rows = Person.objects.filter(kind=PersonKind.ACCOUNT, is_active=True).order_by("display_name", "pk")
    if typed:
        return rows.filter(Q(email__iexact=typed) | Q(display_name__icontains=typed))
    members, roles = Membership.objects.values("person"), RoomRole.objects.values("person")
    return rows.filter(Q(pk__in=members) | Q(pk__in=roles) | Q(is_paused=True))


def tasks_of(people: list[Person]) -> dict[int, list[Membership | RoomRole]]:
    """The roles of these people, by person; two queries."""
    found: dict[int, list[Membership | RoomRole]] = {one.pk: [] for one in people}
    for member in Membership.objects.filter(person__in=people).select_related("organisation").order_by("pk"):
        found[member.person_id].append(member)
    for role in RoomRole.objects.filter(person__in=people).select_related("room").order_by("pk"):
        found[role.person_id].append(role)
    return found


def invitations_to(place: Organisation | Room) -> list[RoleInvitation]:
    """Who is invited there and has not answered, the latest first; lapsed ones are told as such."""
    rows = RoleInvitation.objects.filter(accepted_at=None, revoked_at=None).select_related("invited_by")
    here = rows.filter(room=place) if isinstance(place, Room) else rows.filter(organisation=place)
    return list(here.order_by("-invited_at", "pk"))


def invitation_for(actor: Actor, key: int) -> RoleInvitation | None:
    """One invitation, for those who lead where it leads to."""
    found = RoleInvitation.objects.select_related("organisation", "room__host").filter(pk=key).first()
    if found is None:
        return None
    host = found.organisation_id or (found.room.host_id if found.room else None)
    leads_room = found.room and any(grant.covers(found.room) for grant in grants_for(actor, Deed.ASSIGN_ROLES))
    return found if leads_room or permit_leading(actor, host) else None


def pauses_of(actor: Actor) -> QuerySet[Pause]:
    """The pauses that the actor may end, open ones first; those of the whole platform for its leaders alone."""
    grants = grants_for(actor, Deed.PAUSE)
    rows = Pause.objects.select_related("organisation", "record", "begun_by", "ended_by")
    if any(grant.is_everywhere for grant in grants):
        mine = rows if permit_leading(actor, None) else rows.exclude(organisation=None)
    else:
        mine = rows.filter(organisation__in={grant.organisation_id for grant in grants if grant.organisation_id})
    return mine.order_by("ended_at", "-begun_at", "pk")


def may_pause(actor: Actor) -> bool:
    """Whether the actor may pause anybody anywhere."""
    return bool(grants_for(actor, Deed.PAUSE))


def with_lapse(invitations: list[RoleInvitation], *, now: datetime) -> list[tuple[RoleInvitation, bool]]:
    """These invitations to one place, each with whether its link leads nowhere any more.

    Its time is over, or whoever invited leads there no longer.
    """
    one_of_each = {one.invited_by_id: one for one in invitations}
    backed = {key: is_backed(one, now=now) for key, one in one_of_each.items()}
    return [(one, one.expires_at <= now or not backed[one.invited_by_id]) for one in invitations]
