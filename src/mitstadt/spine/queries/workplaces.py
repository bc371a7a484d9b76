"""Where a person works: the rooms in which one of their roles permits a deed."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Process, Room
from mitstadt.spine.permits import grants_for

AnyRoom = TypeVar("AnyRoom", bound=Room)


def rooms_where(actor: Actor, deed: Deed) -> QuerySet[Room]:
    """The rooms of every kind in which the actor has a role for this deed: the queryset twin of the permits by role.

    Drafts that were put aside are on no list of work.
    """
    return _where(actor, deed, Room.objects.filter(discarded_at=None))


def processes_where(actor: Actor, deed: Deed) -> QuerySet[Process]:
    """The processes among them."""
    return _where(actor, deed, Process.objects.filter(discarded_at=None))


def discarded_drafts(actor: Actor) -> QuerySet[Process]:
    """The drafts that were put aside and that the actor may bring back, the latest first."""
    return _where(actor, Deed.DISCARD, Process.objects.exclude(discarded_at=None)).order_by("-discarded_at", "pk")


def _where(actor: Actor, deed: Deed, rooms: QuerySet[AnyRoom]) -> QuerySet[AnyRoom]:
    grants = grants_for(actor, deed)
    if any(grant.is_everywhere for grant in grants):
        return rooms
    hosts = {grant.organisation_id for grant in grants if grant.organisation_id is not None}
    own = {grant.room_id for grant in grants if grant.room_id is not None}
    return rooms.filter(Q(host_id__in=hosts) | Q(pk__in=own))
