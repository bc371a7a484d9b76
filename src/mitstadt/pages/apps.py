"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Registers the pages that bring slices together."""

    name = "mitstadt.pages"
    label = "pages"
