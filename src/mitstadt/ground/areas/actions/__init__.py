"""Writes: load a shipped city, import areas from a file, import addresses, remove areas."""

from mitstadt.ground.areas.actions.addresses import ImportedAddresses, import_addresses
from mitstadt.ground.areas.actions.imports import Imported, ImportOptions, import_areas
from mitstadt.ground.areas.actions.removal import remove_areas
from mitstadt.ground.areas.actions.shipped import load_shipped_city
from mitstadt.ground.areas.actions.store import Stored

__all__ = [
    "ImportOptions",
    "Imported",
    "ImportedAddresses",
    "Stored",
    "import_addresses",
    "import_areas",
    "load_shipped_city",
    "remove_areas",
]
