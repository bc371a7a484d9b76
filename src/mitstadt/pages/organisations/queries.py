"""Organisations as pages need them; everyone may read what an organisation is, only who leads it who belongs to it."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Process, Room
from mitstadt.spine.queries.processes import public_keys, public_processes, shelf_of
from mitstadt.spine.queries.shelves import Shelf


def organisations() -> QuerySet[Organisation]:
    """All organisations by name; `hosted` counts the public processes of each."""
    hosted = Room.objects.filter(host=OuterRef("pk"), pk__in=public_keys()).order_by().values("host")
    return Organisation.objects.annotate(
        hosted=Coalesce(Subquery(hosted.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)
    ).order_by("name", "pk")


def organisation_by_slug(slug: str) -> Organisation:
    """The organisation at this address."""
    found = Organisation.objects.select_related("area").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def hosted_by(organisation: Organisation) -> Shelf[Process]:
    """Its public processes with all that a card shows, the latest first."""
    return shelf_of(public_processes().filter(host=organisation).order_by("-opened_at", "pk"))


def members(organisation: Organisation) -> list[Membership]:
    """Who acts for it in which role, by name; one query."""
    rows = Membership.objects.filter(organisation=organisation).select_related("person")
    return list(rows.order_by("person__display_name", "person__email", "role"))


def led_by(actor: Actor) -> list[Organisation]:
    """The organisations that the actor leads, by name; those who lead the platform have a list of all."""
    keys = [grant.organisation_id for grant in actor.grants if grant.role == Role.OWNER and grant.organisation_id]
    return list(Organisation.objects.filter(pk__in=keys).order_by("name")) if keys else []
