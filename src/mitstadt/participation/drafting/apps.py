"""The drafting app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Registers the drafting format."""

    name = "mitstadt.participation.drafting"
    label = "drafting"
