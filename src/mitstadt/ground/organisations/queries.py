"""Which organisation runs the platform, and which can still ask and decide."""

from __future__ import annotations

from django.db.models import QuerySet

from mitstadt.ground.organisations.models import Organisation


def platform() -> Organisation | None:
    """The organisation that answers for the whole city; None before it is founded."""
    return Organisation.objects.filter(runs_platform=True).first()


def at_work() -> QuerySet[Organisation]:
    """All organisations that were not closed, by name."""
    return Organisation.objects.filter(closed_at=None).order_by("name", "pk")
