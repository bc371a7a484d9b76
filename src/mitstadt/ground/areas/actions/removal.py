"""Remove areas that this city does not need: those of another city, or a level loaded by mistake."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from mitstadt.ground.areas.models import Area
from mitstadt.ground.areas.reading.sets import refuse


def remove_areas(slug: str) -> int:
    """Remove an area with everything below it, all or nothing; how many went.

    Refused (AreaFileError) where there is no such area, or where something stands in one of them.
    """
    with transaction.atomic():
        top = Area.objects.select_for_update().filter(slug=slug).first()
        if top is None:
            raise refuse("area_unknown", f"There is no area “{slug}”. Its short name stands in its address.")
        paths = Area.objects.filter(path__startswith=top.path).values_list("path", flat=True)
        removed = 0
        for length in sorted({len(path) for path in paths}, reverse=True):
            removed += _remove_level(top, length)
    return removed


def _remove_level(top: Area, length: int) -> int:
    """The areas so deep below `top`: the deepest go first, since each keeps the one above it."""
    keys = [
        key
        for key, path in Area.objects.filter(path__startswith=top.path).values_list("pk", "path")
        if len(path) == length
    ]
    try:
        Area.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        used = sorted({str(one) for one in error.protected_objects})
        raise refuse(
            "area_in_use",
            f"Something stands there, {len(used)} in all: {', '.join(used[:5])}. Nothing was removed.",
        ) from error
    return len(keys)
