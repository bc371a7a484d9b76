"""The organisations app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Registers the organisations app under its short label."""

    name = "mitstadt.ground.organisations"
    label = "organisations"
