"""The Django app of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, components and static files that every other part builds its pages from."""

    name = "mitstadt.ui"
    label = "ui"
