"""Reads: the tree, the area at a point, areas and addresses by what people type."""

from mitstadt.ground.areas.queries.addresses import AddressAnswer, AddressPlace, area_for_address, areas_of_postcode
from mitstadt.ground.areas.queries.maps import map_areas
from mitstadt.ground.areas.queries.names import FoundArea, find_areas
from mitstadt.ground.areas.queries.tree import (
    ancestors,
    area_at,
    area_by_official_id,
    area_by_slug,
    areas_at,
    areas_within,
    children_with_geometry,
    roots,
)
from mitstadt.ground.areas.queries.windows import drawn_window, frame_of_the_city

__all__ = [
    "AddressAnswer",
    "AddressPlace",
    "FoundArea",
    "ancestors",
    "area_at",
    "area_by_official_id",
    "area_by_slug",
    "area_for_address",
    "areas_at",
    "areas_of_postcode",
    "areas_within",
    "children_with_geometry",
    "drawn_window",
    "find_areas",
    "frame_of_the_city",
    "map_areas",
    "roots",
]
