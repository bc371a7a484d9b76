"""The app of sheets: what somebody has filled in so far is its one table."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Registers sheets under their short label."""

    name = "mitstadt.ground.sheets"
    label = "sheets"
