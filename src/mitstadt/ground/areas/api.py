"""Names that other slices may use."""

from mitstadt.ground.areas.drawing import AreaMap, MapArea, MapShape, Sheet, draw_areas, emphasis_by_value
from mitstadt.ground.areas.models import Area, AreaQuerySet, Level
from mitstadt.ground.areas.queries import (
    AddressAnswer,
    AddressPlace,
    FoundArea,
    ancestors,
    area_at,
    area_by_official_id,
    area_by_slug,
    area_for_address,
    areas_at,
    areas_within,
    children_with_geometry,
    drawn_window,
    find_areas,
    frame_of_the_city,
    map_areas,
    roots,
)
from mitstadt.ground.areas.spelling import slug_text
from mitstadt.ground.areas.windows import Frame, Window, window_around, window_at, window_on

__all__ = [
    "AddressAnswer",
    "AddressPlace",
    "Area",
    "AreaMap",
    "AreaQuerySet",
    "FoundArea",
    "Frame",
    "Level",
    "MapArea",
    "MapShape",
    "Sheet",
    "Window",
    "ancestors",
    "area_at",
    "area_by_official_id",
    "area_by_slug",
    "area_for_address",
    "areas_at",
    "areas_within",
    "children_with_geometry",
    "draw_areas",
    "drawn_window",
    "emphasis_by_value",
    "find_areas",
    "frame_of_the_city",
    "map_areas",
    "roots",
    "slug_text",
    "window_around",
    "window_at",
    "window_on",
]
