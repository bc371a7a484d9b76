"""A real browser and a served city for every test of this folder."""

from served import browser, opened, served

__all__ = ["browser", "opened", "served"]
