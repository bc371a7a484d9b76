"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the people app under its short label."""

    name = "mitstadt.ground.people"
    label = "people"
