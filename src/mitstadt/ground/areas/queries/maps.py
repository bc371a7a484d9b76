"""Areas as a map needs them."""

from collections.abc import Callable, Iterable, Mapping

from mitstadt.ground.areas.drawing import MapArea
from mitstadt.ground.areas.models import Area


def map_areas(
    areas: Iterable[Area],
    *,
    href: Callable[[Area], str] | None = None,
    titles: Mapping[str, str] | None = None,
    emphasis: Mapping[str, str] | None = None,
    language: str = "",
) -> list[MapArea]:
    """Areas with their borders loaded (``children_with_geometry``), ready to draw; keys are slugs."""
    return [
        MapArea(
            key=area.slug,
            name=area.name(language),
            geojson=area.geometry.geojson,
            href=href(area) if href else "",
            title=(titles or {}).get(area.slug, ""),
            emphasis=(emphasis or {}).get(area.slug, ""),
        )
        for area in areas
    ]
