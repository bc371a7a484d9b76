"""The map of the districts with what is open in each, and numbered dots for the questions in the list beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from mitstadt.ground.areas.api import Area, AreaMap, draw_areas, map_areas
from mitstadt.spine.models import Process
from mitstadt.ui import parts

_WIDTH_PX = 640
_KEEP_SECONDS = 3600


def district_links(districts: Sequence[Area], counts: dict[int, int], *, whole_city: int) -> list[parts.Link]:
    """The districts with how much is open in each: the same facts as the map."""
    everywhere = parts.Link(label=gettext("Ganze Stadt"), href=f"{reverse('processes')}?stand=offen", count=whole_city)
    language = get_language() or "de"
    return [
        everywhere,
        *(
            parts.Link(label=district.name(language), href=_href(district), count=counts.get(district.pk, 0))
            for district in districts
        ),
    ]


def district_map(districts: Sequence[Area], counts: dict[int, int], listed: Sequence[Process]) -> parts.AreaMap | None:
    """The map, where the city's areas are loaded."""
    with_borders = [district for district in districts if hasattr(district, "geometry")]
    if not with_borders:
        return None
    drawn = _drawn(with_borders)
    by_slug = {district.slug: district for district in with_borders}
    return parts.AreaMap(
        title=gettext("Karte der Bezirke"),
        description=gettext(
            "Jeder Bezirk führt zu seinen Beteiligungen. Dieselben Angaben stehen weiter unten als Liste."
        ),
        width=drawn.sheet.width,
        height=drawn.sheet.height,
        shapes=[_shape(shape.path, by_slug[shape.key], counts) for shape in drawn.shapes],
        dots=[
            parts.Dot(
                x=round(x), y=round(y), label=f"{number}: {process.title}", href=_process_href(process), number=number
            )
            for number, process in enumerate(listed, 1)
            if process.area and process.area.lon is not None and process.area.lat is not None
            for x, y in [drawn.sheet.at(process.area.lon, process.area.lat)]
        ],
    )


def _drawn(districts: Sequence[Area]) -> AreaMap:
    loaded = max(district.geometry.loaded_at for district in districts)
    key = f"district-map:{len(districts)}:{loaded.timestamp()}:{_WIDTH_PX}"
    drawn: AreaMap | None = caches["drawings"].get(key)
    if drawn is None:
        drawn = draw_areas(map_areas(districts), width_px=_WIDTH_PX)
        caches["drawings"].set(key, drawn, _KEEP_SECONDS)
    return drawn


def _shape(path: str, district: Area, counts: dict[int, int]) -> parts.Shape:
    count = counts.get(district.pk, 0)
    label = ngettext("%(name)s: %(count)s offen", "%(name)s: %(count)s offen", count) % {
        "name": district.name(get_language() or "de"),
        "count": count,
    }
    # Where nothing is open, the map leads nowhere: the list beside it has every district.
    return parts.Shape(path=path, label=label, href=_href(district) if count else "", tone="open" if count else "quiet")


def _href(district: Area) -> str:
    return f"{reverse('processes')}?gebiet={district.slug}"


def _process_href(process: Process) -> str:
    return reverse("process", args=[process.ref])
