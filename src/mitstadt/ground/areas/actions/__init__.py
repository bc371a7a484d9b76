"""Writes: load a shipped city, import areas from a file, import addresses."""

from mitstadt.ground.areas.actions.shipped import load_shipped_city
from mitstadt.ground.areas.actions.store import Stored

__all__ = ["Stored", "load_shipped_city"]
