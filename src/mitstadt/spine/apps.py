"""The spine app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """Registers the spine under its short label."""

    name = "mitstadt.spine"
    label = "spine"
