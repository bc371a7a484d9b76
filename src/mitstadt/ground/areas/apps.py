from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Django's entry for the areas."""

    name = "mitstadt.ground.areas"
    label = "areas"
    verbose_name = "Gebiete"
