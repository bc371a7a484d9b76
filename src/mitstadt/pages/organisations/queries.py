"""Organisations as pages need them; everyone may read what an organisation is, only who leads it who belongs to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Room, RoomHost
from mitstadt.spine.queries.processes import public_keys


def organisations() -> QuerySet[Organisation]:
    """All organisations by name; `hosted` counts the public processes of each."""
    alone = Room.objects.filter(host=OuterRef("pk"), pk__in=public_keys()).order_by().values("host")
    beside = RoomHost.objects.filter(organisation=OuterRef("pk"), room__in=public_keys())
    together = beside.order_by().values("organisation").annotate(count=Count("pk"))
    counted = _sum(alone.annotate(count=Count("pk"))) + _sum(together)
    return Organisation.objects.annotate(hosted=counted).order_by("name", "pk")


def _sum(counted: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def organisation_by_slug(slug: str) -> Organisation:
    """The organisation at this address."""
    found = Organisation.objects.select_related("area").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def led_by(actor: Actor) -> list[Organisation]:
    """The organisations that the actor leads, by name; those who lead the platform have a list of all."""
    keys = [grant.organisation_id for grant in actor.grants if grant.role == Role.OWNER and grant.organisation_id]
    return list(Organisation.objects.filter(pk__in=keys).order_by("name")) if keys else []
