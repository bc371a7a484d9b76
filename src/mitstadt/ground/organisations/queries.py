"""Which organisation runs the platform."""

from __future__ import annotations

from mitstadt.ground.organisations.models import Organisation


def platform() -> Organisation | None:
    """The organisation that answers for the whole city; None before it is founded."""
    return Organisation.objects.filter(runs_platform=True).first()
