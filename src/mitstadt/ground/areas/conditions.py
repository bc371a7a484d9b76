"""Whether the city knows its own places."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mitstadt.ground.areas.models import Area
from mitstadt.ground.conditions import Condition, Finding, Verdict, declare


def _areas(_now: datetime) -> Finding:
    if Area.objects.exists():
        return Finding(Verdict.FINE, _("Die Gebiete der Stadt sind geladen."))
    return Finding(
        Verdict.OPEN,
        _("Die Stadt kennt keine Gebiete. Eine Beteiligung kann sagen, für wen sie ist, aber nicht, wo."),
        _("Laden Sie sie: ./mitstadt manage import_areas DATEI.geojson"),
    )


declare(Condition("areas", _("Gebiete"), _areas))
