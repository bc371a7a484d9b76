"""When the city was last checked against its log, and when a backup of it was last restored on trial."""

from __future__ import annotations

from mitstadt.spine.models import CityCheck


def newest_checks() -> dict[str, CityCheck]:
    """The newest check of each kind, by the kind."""
    found = {}
    for what in (CityCheck.CITY, CityCheck.BACKUP):
        check = CityCheck.objects.filter(what=what).order_by("-at").first()
        if check is not None:
            found[what] = check
    return found
