"""For which parts a clerk enters slips: those whose format knows slips, open ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.formats import desk_of
from mitstadt.spine.models import Part, Room
from mitstadt.spine.permits import Permit, permit
from mitstadt.spine.queries.parts import with_phases
from mitstadt.spine.queries.workplaces import rooms_where


@dataclass(frozen=True)
class Enterable:
    """A part with slips, and whether one may enter them now."""

    part: Part
    allowed: Permit


def enterable(rooms: QuerySet[Room] | list[Room], *, actor: Actor, now: datetime) -> list[Enterable]:
    """The parts of these rooms that take slips: four queries, however many there are."""
    parts = with_phases(Part.objects.filter(room__in=rooms)).order_by("pk")
    rows = [Enterable(part, permit(actor, Deed.ENTER_FOR_OTHERS, part, now=now)) for part in parts if desk_of(part)]
    return sorted(rows, key=lambda row: not row.allowed)


def rooms_to_enter_for(actor: Actor) -> QuerySet[Room]:
    """The rooms in which the actor has the task of entering for others."""
    return rooms_where(actor, Deed.ENTER_FOR_OTHERS)
