"""What two people decide, for each of the two: what waits for one's yes or no, and what one proposed oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.pages.changes import change_of
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import AccountErasure, Amendment, ErasureRequest, Room
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.queries.amendments import waiting_for, waiting_of
from mitstadt.spine.queries.workplaces import rooms_where


@dataclass(frozen=True)
class Asked:
    """One proposal: what it is about, in which place, and where it is decided or taken back."""

    what: str
    place: str
    href: str


def asked_of(actor: Actor, *, now: datetime) -> list[Asked]:
    """What waits for this very person: changes, erasures, ends of accounts."""
    changes = [_change(one, room) for one, room in waiting_for(actor, now=now)]
    others = ~Q(proposed_by=actor.person)
    here = rooms_where(actor, Deed.ERASE_FOR_OTHERS).values("pk")
    erasures = [_erasure(one) for one in _erasures().filter(others, record__room__in=here)]
    ends = _ends().filter(others) if permit_leading(actor, None) else []
    return [*changes, *erasures, *map(_end, ends)]


def proposed_by(actor: Actor) -> list[Asked]:
    """What this person proposed and may still take back."""
    changes = [_change(one, room) for one, room in waiting_of(actor)]
    own = Q(proposed_by=actor.person)
    return [*changes, *map(_erasure, _erasures().filter(own)), *map(_end, _ends().filter(own))]


def _erasures() -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.filter(decided_at=None).select_related("record__room").order_by("pk")


def _ends() -> QuerySet[AccountErasure]:
    return AccountErasure.objects.filter(decided_at=None).order_by("pk")


def _change(made: Amendment, room: Room) -> Asked:
    return Asked(change_of(made).title, room.title, reverse("proposal", args=[room.ref, made.pk]))


def _erasure(asked: ErasureRequest) -> Asked:
    record = asked.record
    place = record.room.title if record.room else ""
    return Asked(_("%(ref)s löschen") % {"ref": record.ref}, place, reverse("erase_for_others", args=[record.ref]))


def _end(asked: AccountErasure) -> Asked:
    return Asked(_("Ein Konto löschen"), "", reverse("person_deletion", args=[asked.person_id]))
