"""Loads the area file of a city that the project ships."""

import datetime as dt
import re
from importlib import resources

from mitstadt.ground.areas.actions.store import Stored, store
from mitstadt.ground.areas.reading.sets import refuse
from mitstadt.ground.areas.reading.text import json_object
from mitstadt.ground.areas.reading.tree import read_tree


def load_shipped_city(city: str, *, now: dt.datetime) -> Stored:
    """Load the tree of a shipped city; a second time changes nothing, and exact borders are never overwritten."""
    file = resources.files("mitstadt.ground.areas") / "data" / f"{city}.json"
    if not re.fullmatch(r"[a-z-]+", city) or not file.is_file():
        raise refuse("city_unknown", f"No areas of “{city}” are shipped. Load a file with import_areas.")
    document, told = json_object(file.read_bytes())
    return store(read_tree(document, told=told), now=now)
